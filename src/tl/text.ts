/** How bytes become text: with the platform's native calls where it has them, and a strict decoder elsewhere. */

interface NativeSlices {
  utf8Slice(this: Uint8Array, start: number, end: number): string
  latin1Slice(this: Uint8Array, start: number, end: number): string
}

const native = (globalThis as { Buffer?: { prototype: NativeSlices } }).Buffer?.prototype
const strict = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
/** Right for ASCII; what else it makes of the bytes is never looked at. */
const latin1 = /* @__PURE__ */ new TextDecoder('latin1')

/**
 * A call into the platform costs about 50 ns a string, most of a decoder's time. So a window of the message is turned
 * into text at once, and ASCII strings are cut out of it (10 to 20 ns). The engine copies a cut of up to 12 characters;
 * a longer one keeps its window alive, which is why the window is small: a name that is kept keeps a kilobyte at most,
 * not its message.
 */
const WINDOW = 1_024
/** Longer strings gain nothing from the window. */
const LONGEST_CUT = 256

/** The highest bits of the bytes in a word: ASCII has none of them. */
const HIGH_BITS = 0x8080_8080

/** The text of a message's strings. */
export class TextSource {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #window = ''
  #windowStart = 0
  #windowEnd = 0

  /** @param view of the same bytes */
  constructor(bytes: Uint8Array, view: DataView = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)) {
    this.#bytes = bytes
    this.#view = view
  }

  /** UTF-8 as text, or `undefined` where the bytes are not UTF-8. */
  decode(start: number, end: number): string | undefined {
    if (start === end) return ''
    if (end - start > LONGEST_CUT) return decodeUtf8(this.#bytes, start, end)
    if (!this.#isAscii(start, end)) return decodeUtf8(this.#bytes, start, end)
    if (start < this.#windowStart || end > this.#windowEnd) this.#moveWindow(start)
    return this.#window.substring(start - this.#windowStart, end - this.#windowStart)
  }

  /** Takes a word at a time; the last one may have been looked at in part. */
  #isAscii(start: number, end: number): boolean {
    const view = this.#view
    const last = end - 4
    let union = 0
    if (last < start) for (let i = start; i < end; i++) union |= view.getInt8(i)
    else {
      for (let i = start; i < last; i += 4) union |= view.getInt32(i, true)
      union |= view.getInt32(last, true)
    }
    return (union & HIGH_BITS) === 0
  }

  #moveWindow(start: number): void {
    const end = Math.min(start + WINDOW, this.#bytes.length)
    this.#window = native === undefined ? latin1.decode(this.#bytes.subarray(start, end)) : native.latin1Slice.call(this.#bytes, start, end)
    this.#windowStart = start
    this.#windowEnd = end
  }
}

function decodeUtf8(bytes: Uint8Array, start: number, end: number): string | undefined {
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
