import { modPow } from './mod-pow.js'

const SIEVE_LIMIT = 1000

/** The primes below 1000. */
export const SMALL_PRIMES: readonly bigint[] = (() => {
  const primes: bigint[] = []
  for (let n = 2n; n < SIEVE_LIMIT; n++) if (primes.every((prime) => n % prime !== 0n)) primes.push(n)
  return primes
})()

/** The least prime below 1000 that divides `n`. */
export function smallFactor(n: bigint): bigint | undefined {
  return SMALL_PRIMES.find((prime) => n % prime === 0n)
}

/** One round of the Miller-Rabin test of an odd `n` > 3: false says composite, true says perhaps prime. */
export function passesMillerRabin(n: bigint, base: bigint): boolean {
  const last = n - 1n
  let odd = last
  let twos = 0
  while ((odd & 1n) === 0n) {
    odd >>= 1n
    twos++
  }
  let power = modPow(base, odd, n)
  if (power === 1n || power === last) return true
  for (let i = 1; i < twos; i++) {
    power = (power * power) % n
    if (power === last) return true
  }
  return false
}
