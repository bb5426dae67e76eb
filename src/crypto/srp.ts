import { bigIntFromBytesBE, bigIntToBytesBE } from '../bytes/bigint.js'
import { concat, wipe, xor } from '../bytes/bytes.js'
import { LocalError, RemoteError } from '../errors/errors.js'
import { randomBytes, type Random } from '../platform/random.js'
import { checkDhParameters, dhPower, drawDhKeyPair, isSafeDhValue, type DhKeyPair } from './dh.js'
import { pbkdf2Sha512 } from './digest.node.js'
import { AUTH_KEY_BYTES, SRP_ITERATIONS } from './limits.js'
import { sha256 } from './sha.js'

const STRETCHED_BYTES = 64
const NEW_SALT_BYTES = 32
/** A draw is refused with a chance of about 2^-63. */
const MOST_DRAWS = 16

/**
 * `passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow#3a912d4a salt1:bytes salt2:bytes g:int p:bytes
 * = PasswordKdfAlgo;`
 */
export interface PasswordAlgorithm {
  readonly salt1: Uint8Array
  readonly salt2: Uint8Array
  readonly g: number
  /** 256 bytes, big-endian. */
  readonly p: Uint8Array
}

/** For `inputCheckPasswordSRP#d27ff082 srp_id:long A:bytes M1:bytes = InputCheckPasswordSRP;` */
export interface PasswordAnswer {
  /** 256 bytes. */
  readonly A: Uint8Array
  /** 32 bytes. */
  readonly M1: Uint8Array
}

/** `SH(data, salt) = H(salt | data | salt)` */
export function saltedHash(data: Uint8Array, salt: Uint8Array): Uint8Array {
  return sha256(salt, data, salt)
}

/** `PH1(password, salt1, salt2) = SH(SH(password, salt1), salt2)`; the password as UTF-8. */
export function firstPasswordHash(password: Uint8Array, salt1: Uint8Array, salt2: Uint8Array): Uint8Array {
  return saltedHash(saltedHash(password, salt1), salt2)
}

/** `PH2(password, salt1, salt2) = SH(pbkdf2(sha512, PH1(..), salt1, 100000), salt2)`: x, as 32 bytes. */
export async function passwordHash(password: Uint8Array, salt1: Uint8Array, salt2: Uint8Array): Promise<Uint8Array> {
  const first = firstPasswordHash(password, salt1, salt2)
  const stretched = await pbkdf2Sha512(first, salt1, SRP_ITERATIONS, STRETCHED_BYTES)
  const hash = saltedHash(stretched, salt2)
  wipe(first, stretched)
  return hash
}

/**
 * Answers the server's challenge without telling it the password. The group is checked before the password is touched.
 * @param srpB `srp_B` of account.password
 * @param random a is drawn as 256 bytes, again where g^a would be unsafe
 * @throws {RemoteError} `handshake`, when p, g or srp_B is not what a right server sends
 * @see https://core.telegram.org/api/srp
 */
export async function answerPasswordChallenge(
  algorithm: PasswordAlgorithm,
  srpB: Uint8Array,
  password: string,
  random: Random,
): Promise<PasswordAnswer> {
  const p = bigIntFromBytesBE(algorithm.p)
  checkDhParameters(p, algorithm.g)
  const serverValue = bigIntFromBytesBE(srpB)
  if (srpB.length > AUTH_KEY_BYTES || serverValue <= 0n || serverValue >= p) throw badServerValue('is out of range')
  const x = await passwordExponent(password, algorithm)
  const base = sharedBase(algorithm, serverValue, x)
  if (!isSafeDhValue(base, p)) throw badServerValue('makes no safe shared number')
  for (let draw = 0; draw < MOST_DRAWS; draw++) {
    const answer = provePassword(algorithm, serverValue, x, drawDhKeyPair(algorithm.g, p, random))
    if (answer !== undefined) return answer
  }
  throw new LocalError('state', 'the source of randomness gives no usable exponent')
}

/**
 * The arithmetic of an answer, for numbers that have been checked.
 * @param x the hash of the password, as a number
 * @param pair a and A = g^a mod p
 * @returns `undefined` in the one case of 2^256 where u = H(A | srp_B) is 0, so that x would not count: draw again
 */
export function provePassword(
  algorithm: PasswordAlgorithm,
  serverValue: bigint,
  x: bigint,
  pair: DhKeyPair,
): PasswordAnswer | undefined {
  const p = bigIntFromBytesBE(algorithm.p)
  const A = toBytes(pair.value)
  const B = toBytes(serverValue)
  const u = bigIntFromBytesBE(sha256(A, B))
  if (u === 0n) return undefined
  const K = sha256(toBytes(dhPower(sharedBase(algorithm, serverValue, x), pair.exponent + u * x, p)))
  const group = xor(sha256(toBytes(p)), sha256(toBytes(BigInt(algorithm.g))))
  const M1 = sha256(group, sha256(algorithm.salt1), sha256(algorithm.salt2), A, B, K)
  wipe(K)
  return { A, M1 }
}

/**
 * The salt and verifier of a new password: for `account.passwordInputSettings`.
 * @param algorithm `new_algo` of account.password; its salt1 is lengthened by 32 random bytes
 * @returns the algorithm to send as new_algo, and `new_password_hash`: v = g^x mod p as 256 bytes
 * @throws {RemoteError} `handshake`, when p or g is not what a right server sends
 * @see https://core.telegram.org/api/srp#setting-a-new-2fa-password
 */
export async function newPasswordVerifier(
  algorithm: PasswordAlgorithm,
  password: string,
  random: Random,
): Promise<{ readonly algorithm: PasswordAlgorithm; readonly verifier: Uint8Array }> {
  const p = bigIntFromBytesBE(algorithm.p)
  checkDhParameters(p, algorithm.g)
  const salted = { ...algorithm, salt1: concat(algorithm.salt1, randomBytes(random, NEW_SALT_BYTES)) }
  const x = await passwordExponent(password, salted)
  return { algorithm: salted, verifier: toBytes(dhPower(BigInt(algorithm.g), x, p)) }
}

/** Every number is hashed with all of its 256 bytes, zeros on the left included. */
const toBytes = (value: bigint): Uint8Array => bigIntToBytesBE(value, AUTH_KEY_BYTES)

/** `t = (g_b - k v) mod p` with `k = H(p | g)` and `v = g^x`: what the server's g^b is, if the password is right. */
function sharedBase({ g, p: pBytes }: PasswordAlgorithm, serverValue: bigint, x: bigint): bigint {
  const p = bigIntFromBytesBE(pBytes)
  const k = bigIntFromBytesBE(sha256(toBytes(p), toBytes(BigInt(g))))
  const base = (serverValue - k * dhPower(BigInt(g), x, p)) % p
  return base < 0n ? base + p : base
}

function badServerValue(why: string): RemoteError {
  return new RemoteError('handshake', `srp_B ${why}`, { path: 'srp_B', expected: '0 < srp_B < p' })
}

async function passwordExponent(password: string, { salt1, salt2 }: PasswordAlgorithm): Promise<bigint> {
  const bytes = new TextEncoder().encode(password)
  const hash = await passwordHash(bytes, salt1, salt2)
  const x = bigIntFromBytesBE(hash)
  wipe(bytes, hash)
  return x
}
