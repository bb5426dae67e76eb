import { bigIntFromBytesBE } from '../bytes/bigint.js'
import { randomBytes } from '../platform/random.js'
import { systemPlatform } from '../platform/system.js'
import { MILLER_RABIN_ROUNDS } from './limits.js'
import { passesMillerRabin, smallFactor } from './miller-rabin.js'

/**
 * Whether `n` is prime: 64 rounds of Miller-Rabin with random bases, about a second for a prime of 2048 bits. The bases
 * come from the system, for a peer that knew them could choose a composite that passes; the answer does not depend on
 * them, but for one chance in 2^128.
 */
export function isPrime(n: bigint): boolean {
  if (n < 2n) return false
  const factor = smallFactor(n)
  if (factor !== undefined) return factor === n
  const length = Math.ceil(n.toString(16).length / 2)
  for (let round = 0; round < MILLER_RABIN_ROUNDS; round++) {
    const base = (bigIntFromBytesBE(randomBytes(systemPlatform.random, length + 8)) % (n - 3n)) + 2n
    if (!passesMillerRabin(n, base)) return false
  }
  return true
}
