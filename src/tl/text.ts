/** How bytes become text: with the platform's native calls where it has them, and a strict decoder elsewhere. */

interface NativeSlices {
  utf8Slice(this: Uint8Array, start: number, end: number): string
  latin1Slice(this: Uint8Array, start: number, end: number): string
}

const native = (globalThis as { Buffer?: { prototype: NativeSlices } }).Buffer?.prototype
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** UTF-8 as text, or `undefined` where the bytes are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (native !== undefined) {
    const text = native.utf8Slice.call(bytes, start, end)
    // A replacement character was either sent as such or stands for bytes that are no UTF-8: ask the strict decoder.
    if (!text.includes('\ufffd')) return text
  }
  try {
    return strict.decode(bytes.subarray(start, end))
  } catch {
    return undefined
  }
}
