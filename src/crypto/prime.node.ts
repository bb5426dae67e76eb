import { checkPrimeSync } from 'node:crypto'
import { MILLER_RABIN_ROUNDS } from './limits.js'

/** Whether `n` is prime: 64 rounds of Miller-Rabin with random bases, about 0.1 s for a prime of 2048 bits. */
export function isPrime(n: bigint): boolean {
  return n >= 2n && checkPrimeSync(n, { checks: MILLER_RABIN_ROUNDS })
}
