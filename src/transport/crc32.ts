const POLYNOMIAL = 0xedb88320 // CRC-32 of ISO 3309, bits reversed
const TABLES = tables()

/** `TABLES[k][byte]`: what `byte` adds to the sum when `k` bytes follow it, so that four bytes take one step. */
function tables(): readonly Uint32Array[] {
  const first = new Uint32Array(256)
  for (let byte = 0; byte < 256; byte++) {
    let sum = byte
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ POLYNOMIAL : sum >>> 1
    first[byte] = sum
  }
  const all = [first]
  for (let k = 1; k < 4; k++) all.push(first.map((_, byte) => (all[k - 1]![byte]! >>> 8) ^ first[all[k - 1]![byte]! & 255]!))
  return all
}

/** CRC-32 of `bytes` as an unsigned number, as zlib and the full transport use it. */
export function crc32(bytes: Uint8Array): number {
  const [zero, one, two, three] = TABLES as [Uint32Array, Uint32Array, Uint32Array, Uint32Array]
  let sum = -1
  let i = 0
  for (; i + 4 <= bytes.length; i += 4) {
    sum ^= bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24)
    sum = three[sum & 255]! ^ two[(sum >>> 8) & 255]! ^ one[(sum >>> 16) & 255]! ^ zero[sum >>> 24]!
  }
  for (; i < bytes.length; i++) sum = (sum >>> 8) ^ zero[(sum ^ bytes[i]!) & 255]!
  return ~sum >>> 0
}
