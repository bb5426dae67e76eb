import { pbkdf2Sync } from 'node:crypto'
import { bigIntFromBytesBE, bigIntToBytesBE } from '../../bytes/bigint.js'
import { concat, xor } from '../../bytes/bytes.js'
import { equalConstantTime } from '../../bytes/equal.js'
import { KNOWN_PRIME } from '../../crypto/known-prime.js'
import { modPow } from '../../crypto/mod-pow.js'
import { sha256 } from '../../crypto/sha.js'
import { randomBytes, randomUint64, type Random } from '../../platform/random.js'

const ITERATIONS = 100_000 // passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow
const NUMBER_BYTES = 256
const GENERATOR = 3

/** What a server keeps of a password: never the password, only `g^x mod p` and the salts that x was made with. */
export interface PasswordVerifier {
  readonly salt1: Uint8Array
  readonly salt2: Uint8Array
  readonly g: number
  /** 256 bytes, big-endian. */
  readonly p: Uint8Array
  readonly v: bigint
  readonly hint: string | undefined
}

/** One question to one client: it is answered once. */
export interface PasswordChallenge {
  readonly srpId: bigint
  readonly b: bigint
  /** `srp_B`, 256 bytes. */
  readonly B: Uint8Array
}

const saltedHash = (data: Uint8Array, salt: Uint8Array): Uint8Array => sha256(salt, data, salt)

/**
 * The server's half of two-step verification.
 * @see https://core.telegram.org/api/srp
 */
export function makeVerifier(password: string, random: Random, hint?: string): PasswordVerifier {
  const salt1 = randomBytes(random, 40)
  const salt2 = randomBytes(random, 16)
  const inner = saltedHash(saltedHash(new TextEncoder().encode(password), salt1), salt2)
  const stretched = new Uint8Array(pbkdf2Sync(inner, salt1, ITERATIONS, 64, 'sha512'))
  const x = bigIntFromBytesBE(saltedHash(stretched, salt2))
  return {
    salt1,
    salt2,
    g: GENERATOR,
    p: bigIntToBytesBE(KNOWN_PRIME, NUMBER_BYTES),
    v: modPow(BigInt(GENERATOR), x, KNOWN_PRIME),
    hint,
  }
}

export function makeChallenge(verifier: PasswordVerifier, random: Random): PasswordChallenge {
  const p = bigIntFromBytesBE(verifier.p)
  const k = bigIntFromBytesBE(sha256(verifier.p, bigIntToBytesBE(BigInt(verifier.g), NUMBER_BYTES)))
  const b = bigIntFromBytesBE(randomBytes(random, NUMBER_BYTES)) % p
  const B = (k * verifier.v + modPow(BigInt(verifier.g), b, p)) % p
  return { srpId: randomUint64(random) >> 1n, b, B: bigIntToBytesBE(B, NUMBER_BYTES) }
}

/** Whether `M1` shows that the sender of `A` knows the password. */
export function checkAnswer(
  verifier: PasswordVerifier,
  challenge: PasswordChallenge,
  answer: { readonly A: Uint8Array; readonly M1: Uint8Array },
): boolean {
  const p = bigIntFromBytesBE(verifier.p)
  const a = bigIntFromBytesBE(answer.A)
  if (a <= 0n || a >= p) return false
  const A = bigIntToBytesBE(a, NUMBER_BYTES)
  const u = bigIntFromBytesBE(sha256(A, challenge.B))
  const S = modPow((a * modPow(verifier.v, u, p)) % p, challenge.b, p)
  const K = sha256(bigIntToBytesBE(S, NUMBER_BYTES))
  const g = bigIntToBytesBE(BigInt(verifier.g), NUMBER_BYTES)
  const M1 = sha256(
    concat(
      xor(sha256(verifier.p), sha256(g)),
      sha256(verifier.salt1),
      sha256(verifier.salt2),
      A,
      challenge.B,
      K,
    ),
  )
  return equalConstantTime(M1, answer.M1)
}
