/** Less is left to the garbage collector, which has it for nothing. */
const LEAST_BYTES = 32_768

const marked = new WeakSet<ArrayBufferLike>()

/** Says that the memory under `bytes`, all of it, is of no use to anybody once these are used. */
export function markDisposable(bytes: Uint8Array): void {
  if (bytes.buffer.byteLength >= LEAST_BYTES) marked.add(bytes.buffer)
}

export function isDisposable(bytes: Uint8Array): boolean {
  return bytes.length >= LEAST_BYTES && marked.has(bytes.buffer)
}
