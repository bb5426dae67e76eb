/**
 * What byte strings are on the public surface: `Buffer` where the platform has it, `Uint8Array` elsewhere.
 * The type follows the platform without a dependency on `@types/node`.
 */
export type Bytes = typeof globalThis extends { Buffer: { from(data: string): infer B } } ? B : Uint8Array

interface BufferConstructorLike {
  from(buffer: ArrayBufferLike, byteOffset: number, length: number): Uint8Array
}

/** `Buffer`, where the platform has it. */
export const platformBuffer: BufferConstructorLike | undefined = (globalThis as { Buffer?: BufferConstructorLike }).Buffer

/** The same memory as `bytes`, seen as the platform's byte-string type. Nothing is copied. */
export function asBytes(bytes: Uint8Array): Bytes {
  return (platformBuffer === undefined
    ? bytes
    : platformBuffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)) as Bytes
}

/** Joins `parts` into one new array. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const joined = new Uint8Array(length)
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

/** Writes `a xor b` into a new array. @throws {RangeError} when the lengths differ. */
export function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length !== b.length) throw new RangeError(`xor of ${a.length} and ${b.length} bytes: the lengths must be equal`)
  const out = new Uint8Array(a.length)
  for (let i = 0; i < a.length; i++) out[i] = a[i]! ^ b[i]!
  return out
}

/** A reversed copy. */
export function reversed(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes).reverse()
}

/** Overwrites a secret with zeros, as far as the language lets us: copies made by the engine are out of reach. */
export function wipe(...secrets: readonly Uint8Array[]): void {
  for (const secret of secrets) secret.fill(0)
}
