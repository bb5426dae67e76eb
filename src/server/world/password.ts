import { pbkdf2Sync } from 'node:crypto'
import { bigIntFromBytesBE, bigIntToBytesBE } from '../../bytes/bigint.js'
import { concat, xor } from '../../bytes/bytes.js'
import { equalConstantTime } from '../../bytes/equal.js'
import { KNOWN_PRIME } from '../../crypto/known-prime.js'
import { SRP_ITERATIONS } from '../../crypto/limits.js'
import { modPow } from '../../crypto/mod-pow.js'
import { sha256 } from '../../crypto/sha.js'
import { firstPasswordHash, saltedHash } from '../../crypto/srp.js'
import { randomBytes, randomUint64, type Random } from '../../platform/random.js'

const STRETCHED_BYTES = 64
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

/** What a new password is to be made with: the group, and a salt of the server. */
export function freshGroup(random: Random): Pick<PasswordVerifier, 'g' | 'p' | 'salt2'> {
  return { g: GENERATOR, p: bigIntToBytesBE(KNOWN_PRIME, NUMBER_BYTES), salt2: randomBytes(random, 16) }
}

/** One question to one client: it is answered once. */
export interface PasswordChallenge {
  readonly srpId: bigint
  readonly b: bigint
  /** `srp_B`, 256 bytes. */
  readonly B: Uint8Array
}

/** The verifier of a password, as a client would have computed it. */
export function makeVerifier(password: string, random: Random, hint?: string): PasswordVerifier {
  const salt1 = randomBytes(random, 40)
  const { g, p, salt2 } = freshGroup(random)
  const first = firstPasswordHash(new TextEncoder().encode(password), salt1, salt2)
  const stretched = new Uint8Array(pbkdf2Sync(first, salt1, SRP_ITERATIONS, STRETCHED_BYTES, 'sha512'))
  const x = bigIntFromBytesBE(saltedHash(stretched, salt2))
  return {
    salt1,
    salt2,
    g,
    p,
    v: modPow(BigInt(g), x, KNOWN_PRIME),
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
