const STRETCHES = 16
const STRETCH_BYTES = 64
/** Two bytes drawn from uniform ones are alike one time in 256; in base64 one time in 64, in text one in 15. */
const ALIKE_BY_CHANCE = 1 / 256
/** What is less alike than this times chance is compressed or encrypted already. JPEG and MP4 stay below 1.2. */
const MARGIN = 1.5

const counts = new Uint16Array(256)

/**
 * Whether gzip is likely to make `bytes` shorter, judged by how often the same byte values come in a sample of 1 kB.
 * It takes a hundredth of the time that gzip needs to find out, and may be wrong about bytes that repeat themselves as a
 * whole: they are then sent as they are.
 */
export function isCompressible(bytes: Uint8Array): boolean {
  const whole = bytes.length <= STRETCHES * STRETCH_BYTES
  const sampled = whole ? bytes.length : STRETCHES * STRETCH_BYTES
  const step = whole ? STRETCH_BYTES : Math.floor((bytes.length - STRETCH_BYTES) / (STRETCHES - 1))
  counts.fill(0)
  for (let start = 0, left = sampled; left > 0; start += step, left -= STRETCH_BYTES) {
    const end = start + Math.min(STRETCH_BYTES, left)
    for (let i = start; i < end; i++) counts[bytes[i]!]!++
  }
  let alike = 0
  for (let value = 0; value < 256; value++) alike += counts[value]! * (counts[value]! - 1)
  return alike > MARGIN * ALIKE_BY_CHANCE * sampled * (sampled - 1)
}
