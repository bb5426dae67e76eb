import { bigIntFromBytesBE, bigIntToBytesBE } from '../bytes/bigint.js'
import { wipe } from '../bytes/bytes.js'
import { LocalError, RemoteError } from '../errors/errors.js'
import { randomBytes, type Random } from '../platform/random.js'
import { KNOWN_PRIME } from './known-prime.js'
import { AUTH_KEY_BYTES, DH_MARGIN_BITS } from './limits.js'
import { modPow } from './mod-pow.js'
import { isPrime } from './prime.node.js'

/** One draw in 2^63 is outside the safe range: many in a row are no accident. */
const MOST_DRAWS = 16

const refuse = (message: string, path: string, expected: string): RemoteError =>
  new RemoteError('handshake', message, { path, expected })

/** For each generator the residues of p that make it generate the subgroup of order (p - 1) / 2. */
const GENERATORS: ReadonlyMap<number, { readonly modulus: bigint; readonly residues: readonly bigint[] }> = new Map([
  [2, { modulus: 8n, residues: [7n] }],
  [3, { modulus: 3n, residues: [2n] }],
  [4, { modulus: 1n, residues: [0n] }],
  [5, { modulus: 5n, residues: [1n, 4n] }],
  [6, { modulus: 24n, residues: [19n, 23n] }],
  [7, { modulus: 7n, residues: [3n, 5n, 6n] }],
])

/**
 * Checks the group that a server proposes: p is a safe prime of exactly 2048 bits and g one of 2..7 that generates the
 * large prime subgroup. The prime that is known to be good is not tested again; its generator is.
 * @throws {RemoteError} `handshake`
 * @see https://core.telegram.org/mtproto/security_guidelines#diffie-hellman-key-exchange
 */
export function checkDhParameters(p: bigint, g: number): void {
  if (p !== KNOWN_PRIME) checkSafePrime(p)
  const rule = GENERATORS.get(g)
  if (rule === undefined) throw refuse(`the generator ${g} is not allowed`, 'g', '2..7')
  if (!rule.residues.includes(p % rule.modulus)) {
    const expected = `p mod ${rule.modulus} in {${rule.residues.join(', ')}}`
    throw refuse(`the generator ${g} does not generate the large subgroup of this prime`, 'g', expected)
  }
}

function checkSafePrime(p: bigint): void {
  if (p >> 2047n !== 1n) throw refuse('dh_prime is not a number of 2048 bits', 'dh_prime', '2^2047 < p < 2^2048')
  // Half of all candidates fall here, before anything costs time: a safe prime is 3 modulo 4 and 2 modulo 3.
  if (p % 12n !== 11n || !isPrime(p)) throw refuse('dh_prime is not prime', 'dh_prime', 'a safe prime')
  if (!isPrime(p >> 1n)) throw refuse('(dh_prime - 1) / 2 is not prime', 'dh_prime', 'a safe prime')
}

/** Whether `value` keeps the distance from 0 and p that security asks for: 2^1984 <= value <= p - 2^1984. */
export function isSafeDhValue(value: bigint, p: bigint): boolean {
  const margin = 1n << DH_MARGIN_BITS
  return value >= margin && value <= p - margin
}

/**
 * Checks a public number (`g_a`, `g_b`, `A`) of an exchange over p.
 * @param name how the number is called, for the message
 * @throws {RemoteError} `handshake`, when it is not in 2..p-2 or closer than 2^1984 to either end.
 */
export function checkDhValue(value: bigint, p: bigint, name: string): void {
  if (value <= 1n || value >= p - 1n) throw refuse(`${name} is out of range`, name, '1 < value < dh_prime - 1')
  if (!isSafeDhValue(value, p)) throw refuse(`${name} is too close to 0 or dh_prime`, name, 'a distance of 2^1984')
}

/** A secret exponent and its public number. */
export interface DhKeyPair {
  /** Secret: 2048 random bits. */
  readonly exponent: bigint
  /** `g^exponent mod p`, in the safe range. */
  readonly value: bigint
}

/**
 * Draws a secret exponent of 2048 bits, again where `g^exponent` lies outside the safe range.
 * @throws {LocalError} `state`, when the source of randomness is broken.
 */
export function drawDhKeyPair(g: number, p: bigint, random: Random): DhKeyPair {
  for (let attempt = 0; attempt < MOST_DRAWS; attempt++) {
    const bytes = randomBytes(random, AUTH_KEY_BYTES)
    const exponent = bigIntFromBytesBE(bytes)
    wipe(bytes)
    const value = dhPower(BigInt(g), exponent, p)
    if (isSafeDhValue(value, p)) return { exponent, value }
  }
  throw new LocalError('state', `the source of randomness gave ${MOST_DRAWS} unusable exponents in a row`)
}

/** The shared key `peer^exponent mod p`, padded with zeros on the left to 256 bytes. */
export function dhSharedKey(peerValue: bigint, exponent: bigint, p: bigint): Uint8Array {
  return bigIntToBytesBE(dhPower(peerValue, exponent, p), AUTH_KEY_BYTES)
}

/** `base^exponent mod p` for a prime p that does not divide base: an exponent counts modulo p - 1 (Fermat). */
export function dhPower(base: bigint, exponent: bigint, p: bigint): bigint {
  return modPow(base, exponent % (p - 1n), p)
}
