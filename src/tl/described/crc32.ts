/** CRC-32 (IEEE 802.3, reflected) of ASCII text, as an unsigned number. Bit by bit: a table would cost more than it saves. */
export function crc32(text: string): number {
  let crc = -1
  for (let i = 0; i < text.length; i++) {
    crc ^= text.charCodeAt(i)
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 && 0xedb88320)
  }
  return ~crc >>> 0
}
