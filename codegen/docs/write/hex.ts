/** Bytes shown in full before the rest is only counted. */
const SHOWN = 8

/** `10736f6d65207374…(+12)`: hex, shortened where it would fill the line. */
export function hexDump(bytes: Uint8Array): string {
  const digits = Array.from(bytes.length > SHOWN ? bytes.subarray(0, SHOWN) : bytes, (byte) =>
    byte.toString(16).padStart(2, '0'),
  )
  return bytes.length > SHOWN ? `${digits.join('')}…(+${bytes.length - SHOWN})` : digits.join('')
}
