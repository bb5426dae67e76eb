import { createHash, pbkdf2Sync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { bigIntFromBytesBE, bigIntToBytesBE } from '../../../src/bytes/bigint.js'
import { seededRandom } from '../../../src/platform/manual.js'
import {
  checkAnswer,
  makeChallenge,
  makeVerifier,
  type PasswordChallenge,
  type PasswordVerifier,
} from '../../../src/server/world/password.js'

const H = (...parts: Uint8Array[]): Uint8Array => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return new Uint8Array(hash.digest())
}
const power = (base: bigint, exponent: bigint, modulus: bigint): bigint => {
  let [result, square] = [1n, base % modulus]
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}
const wide = (n: bigint): Uint8Array => bigIntToBytesBE(n, 256)

/** The client's half, written from the formulas of core.telegram.org/api/srp and nothing of this package. */
function answer(
  password: string,
  { salt1, salt2, g, p }: PasswordVerifier,
  { B }: PasswordChallenge,
  a: bigint,
): { A: Uint8Array; M1: Uint8Array } {
  const prime = bigIntFromBytesBE(p)
  const salted = (data: Uint8Array, salt: Uint8Array): Uint8Array => H(salt, data, salt)
  const inner = salted(salted(Buffer.from(password), salt1), salt2)
  const x = bigIntFromBytesBE(salted(pbkdf2Sync(inner, salt1, 100_000, 64, 'sha512'), salt2))
  const k = bigIntFromBytesBE(H(p, wide(BigInt(g))))
  const A = wide(power(BigInt(g), a, prime))
  const u = bigIntFromBytesBE(H(A, B))
  const t = (((bigIntFromBytesBE(B) - k * power(BigInt(g), x, prime)) % prime) + prime) % prime
  const K = H(wide(power(t, a + u * x, prime)))
  const mixed = H(p).map((byte, i) => byte ^ H(wide(BigInt(g)))[i]!)
  return { A, M1: H(mixed, H(salt1), H(salt2), A, B, K) }
}

describe('the server half of two-step verification', () => {
  const random = seededRandom(11)
  const verifier = makeVerifier('correct horse', random, 'battery')
  const a = bigIntFromBytesBE(random.fill(new Uint8Array(256)))

  it('takes the proof of the right password and no other', () => {
    const challenge = makeChallenge(verifier, random)
    expect(checkAnswer(verifier, challenge, answer('correct horse', verifier, challenge, a))).toBe(true)
    expect(checkAnswer(verifier, challenge, answer('correct house', verifier, challenge, a))).toBe(false)
  })

  it('a proof for one question does not answer another', () => {
    const [first, second] = [makeChallenge(verifier, random), makeChallenge(verifier, random)]
    expect(checkAnswer(verifier, second, answer('correct horse', verifier, first, a))).toBe(false)
  })

  it('refuses A = 0 and A = p, with which nobody would need the password', () => {
    const challenge = makeChallenge(verifier, random)
    const { M1 } = answer('correct horse', verifier, challenge, a)
    expect(checkAnswer(verifier, challenge, { A: new Uint8Array(256), M1 })).toBe(false)
    expect(checkAnswer(verifier, challenge, { A: verifier.p, M1 })).toBe(false)
  })
})
