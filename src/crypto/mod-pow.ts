import { LocalError } from '../errors/errors.js'
import { nativeModPow } from './native-mod-pow.node.js'

const WINDOW_BITS = 5

/**
 * `base^exponent mod modulus`, natively where the platform can.
 * @throws {LocalError} `argument`, when the exponent is negative or the modulus is less than 2: numbers from a peer
 * are checked before they come here.
 */
export function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  if (exponent < 0n || modulus < 2n) {
    throw new LocalError('argument', 'a modular power wants an exponent >= 0 and a modulus >= 2')
  }
  const reduced = ((base % modulus) + modulus) % modulus
  return nativeModPow(reduced, exponent, modulus) ?? bigIntModPow(reduced, exponent, modulus)
}

/** The same in BigInt alone, with a fixed window: five squarings and one product for every five bits. */
export function bigIntModPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  const powers = [1n % modulus, base % modulus]
  const digits = exponent.toString(1 << WINDOW_BITS)
  if (digits.length > 1) {
    for (let i = 2; i < 1 << WINDOW_BITS; i++) powers.push((powers[i - 1]! * powers[1]!) % modulus)
  } else {
    for (let i = 2; i <= Number(exponent); i++) powers.push((powers[i - 1]! * powers[1]!) % modulus)
  }
  let result = 1n % modulus
  for (const digit of digits) {
    for (let bit = 0; bit < WINDOW_BITS; bit++) result = (result * result) % modulus
    const power = Number.parseInt(digit, 1 << WINDOW_BITS)
    if (power !== 0) result = (result * powers[power]!) % modulus
  }
  return result
}
