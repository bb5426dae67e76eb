/** A source of random bytes. The system one is cryptographic; tests pass a seeded one, or bytes of their choice. */
export interface Random {
  /** Fills all of `target` and returns it. */
  fill(target: Uint8Array): Uint8Array
}

/** `length` fresh random bytes. */
export function randomBytes(random: Random, length: number): Uint8Array {
  return random.fill(new Uint8Array(length))
}

/** A random unsigned 64-bit integer. */
export function randomUint64(random: Random): bigint {
  const bytes = randomBytes(random, 8)
  return new DataView(bytes.buffer).getBigUint64(0, true)
}
