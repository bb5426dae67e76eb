/**
 * Compares two byte strings in time that depends on their lengths alone: every byte is visited, whatever differs.
 * Used for everything that is secret or that authenticates (msg_key, nonces, hashes).
 */
export function equalConstantTime(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && equalPiecesConstantTime(a, 0, b, 0, a.length)
}

/** Whether `bytes` begin with `prefix`, compared as {@link equalConstantTime} does. */
export function startsWithConstantTime(bytes: Uint8Array, prefix: Uint8Array): boolean {
  return bytes.length >= prefix.length && equalPiecesConstantTime(bytes, 0, prefix, 0, prefix.length)
}

/** Compares `length` bytes of each, from `atA` and `atB` on, as {@link equalConstantTime} does. Both have that many. */
export function equalPiecesConstantTime(a: Uint8Array, atA: number, b: Uint8Array, atB: number, length: number): boolean {
  let difference = 0
  for (let i = 0; i < length; i++) difference |= a[atA + i]! ^ b[atB + i]!
  return difference === 0
}
