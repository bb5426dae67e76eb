/**
 * The memory of one long, as itself and as its two words. A long read from or written to a `DataView` is a call that
 * V8 does not inline, and was a tenth of a decoder's time; words and typed arrays it does.
 */
export const longs: BigInt64Array = /* @__PURE__ */ new BigInt64Array(1)
export const words: Int32Array = /* @__PURE__ */ wordsOf(longs)
/** Which of the words is the lower one on this machine. */
export const LOW: 0 | 1 = /* @__PURE__ */ lowerWord()

function wordsOf({ buffer }: BigInt64Array): Int32Array {
  return new Int32Array(buffer)
}

function lowerWord(): 0 | 1 {
  longs[0] = 1n
  return words[0] ? 0 : 1
}
