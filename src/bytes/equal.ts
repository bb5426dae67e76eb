/**
 * Compares two byte strings in time that depends on their lengths alone: every byte is visited, whatever differs.
 * Used for everything that is secret or that authenticates (msg_key, nonces, hashes).
 */
export function equalConstantTime(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ b[i]!
  return difference === 0
}
