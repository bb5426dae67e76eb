import { describe, expect, it, vi } from 'vitest'
import { bigIntFromBytesBE, bigIntToBytesBE } from '../../../src/bytes/bigint.js'
import { concat, xor } from '../../../src/bytes/bytes.js'
import { toHex } from '../../../src/bytes/hex.js'
import * as digests from '../../../src/crypto/digest.node.js'
import { KNOWN_PRIME as p } from '../../../src/crypto/known-prime.js'
import { bigIntModPow, modPow } from '../../../src/crypto/mod-pow.js'
import { sha256 } from '../../../src/crypto/sha.js'
import {
  answerPasswordChallenge,
  firstPasswordHash,
  newPasswordVerifier,
  passwordHash,
  provePassword,
  saltedHash,
  type PasswordAlgorithm,
  type PasswordAnswer,
} from '../../../src/crypto/srp.js'
import { RemoteError } from '../../../src/errors/errors.js'
import { seededRandom } from '../../../src/platform/manual.js'
import { randomBytes } from '../../../src/platform/random.js'
import { bytesOf, givenRandom, vectorsOf } from './vectors.js'

type Srp = Record<string, string> & { g?: number }

const number256 = (value: bigint): Uint8Array => bigIntToBytesBE(value, 256)
const algorithm: PasswordAlgorithm = {
  salt1: new Uint8Array(8).fill(1),
  salt2: new Uint8Array(16).fill(2),
  g: 3,
  p: number256(p),
}
const hashOf = async (password: string): Promise<bigint> =>
  bigIntFromBytesBE(await passwordHash(new TextEncoder().encode(password), algorithm.salt1, algorithm.salt2))
const k3 = bigIntFromBytesBE(sha256(algorithm.p, number256(3n)))

const algorithmOf = (data: Srp): PasswordAlgorithm => ({
  salt1: bytesOf(data['salt1']),
  salt2: bytesOf(data['salt2']),
  g: data.g!,
  p: bytesOf(data['p']),
})

/** A server as the page describes it, written apart from the client. */
class PasswordServer {
  readonly algorithm: PasswordAlgorithm
  readonly v: bigint
  readonly B: bigint
  readonly #b: bigint

  constructor(algorithm: PasswordAlgorithm, v: bigint, b: bigint) {
    this.algorithm = algorithm
    this.v = v
    this.#b = b
    const k = bigIntFromBytesBE(sha256(algorithm.p, number256(BigInt(algorithm.g))))
    this.B = (k * v + modPow(BigInt(algorithm.g), b, p)) % p
  }

  accepts({ A, M1 }: PasswordAnswer): boolean {
    const u = bigIntFromBytesBE(sha256(A, number256(this.B)))
    const S = modPow((bigIntFromBytesBE(A) * modPow(this.v, u, p)) % p, this.#b, p)
    const { salt1, salt2, g } = this.algorithm
    const hashes = xor(sha256(this.algorithm.p), sha256(number256(BigInt(g))))
    const expected = sha256(concat(hashes, sha256(salt1), sha256(salt2), A, number256(this.B), sha256(number256(S))))
    return toHex(expected) === toHex(M1)
  }
}

const vectors = vectorsOf<Srp>('srp').map(({ name, data }) => [name, data] as const)

describe('the password check', () => {
  it.each(vectors.filter(([, data]) => data['M1']))('gives the published proof: %s', async (_, data) => {
    const published = algorithmOf(data)
    const prime = bigIntFromBytesBE(published.p)
    const a = bigIntFromBytesBE(bytesOf(data['a']))
    const x = bigIntFromBytesBE(await passwordHash(bytesOf(data['password']), published.salt1, published.salt2))
    const pair = { exponent: a, value: bigIntModPow(BigInt(published.g), a, prime) }
    const answer = provePassword(published, bigIntFromBytesBE(bytesOf(data['srp_B'])), x, pair)
    expect(toHex(answer!.A)).toBe(data['A'])
    expect(toHex(answer!.M1)).toBe(data['M1'])
  })

  const whole = vectors.filter(([, data]) => data['M1'] && data['a']?.length === 512 && !data['a'].startsWith('00'))
  it.each(whole)('answers the published challenge from the password alone: %s', async (_, data) => {
    const password = new TextDecoder().decode(bytesOf(data['password']))
    const random = givenRandom(bytesOf(data['a']))
    const answer = await answerPasswordChallenge(algorithmOf(data), bytesOf(data['srp_B']), password, random)
    expect([toHex(answer.A), toHex(answer.M1)]).toEqual([data['A'], data['M1']])
  })

  it.each(vectors.filter(([, data]) => data['x']))('hashes the password as published: %s', async (_, data) => {
    const { password, salt1, salt2, x } = data
    expect(toHex(await passwordHash(bytesOf(password), bytesOf(salt1), bytesOf(salt2)))).toBe(x)
  })

  it.each(vectors.filter(([, data]) => data['ph2']))('takes the published steps: %s', async (_, data) => {
    const password = bytesOf(data['password'])
    const [one, two] = [Uint8Array.of(0x7c), Uint8Array.of(0x2d)]
    expect(toHex(sha256(password))).toBe(data['h'])
    expect(toHex(saltedHash(password, one))).toBe(data['sh'])
    expect(toHex(firstPasswordHash(password, one, two))).toBe(data['ph1'])
    expect(toHex(await digests.pbkdf2Sha512(password, one, 100_000, 64))).toBe(data['pbkdf2'])
    expect(toHex(await passwordHash(password, one, two))).toBe(data['ph2'])
  })

  it('convinces a server that stored the verifier of a new password, and no other password does', async () => {
    const random = seededRandom(8)
    const { algorithm: salted, verifier } = await newPasswordVerifier(algorithm, 'пароль', random)
    expect(salted.salt1).toHaveLength(40)
    expect(toHex(salted.salt1.subarray(0, 8))).toBe(toHex(algorithm.salt1))
    expect(verifier).toHaveLength(256)
    const b = bigIntFromBytesBE(randomBytes(random, 256)) % p
    const server = new PasswordServer(salted, bigIntFromBytesBE(verifier), b)
    const answer = (password: string): Promise<PasswordAnswer> =>
      answerPasswordChallenge(salted, number256(server.B), password, random)
    expect(server.accepts(await answer('пароль'))).toBe(true)
    expect(server.accepts(await answer('Пароль'))).toBe(false)
  })

  it('A1: never touches the password when p or g is unsafe', async () => {
    const stretch = vi.spyOn(digests, 'pbkdf2Sha512')
    const B = number256(p / 2n)
    const bad: PasswordAlgorithm[] = [
      { ...algorithm, p: number256(p - 2n) },
      { ...algorithm, p: number256(p >> 1n) },
      { ...algorithm, p: new Uint8Array(256) },
      { ...algorithm, p: new Uint8Array(0) },
      { ...algorithm, p: concat(Uint8Array.of(1), number256(p)) },
      ...[2, 5, 6, 1, 0, -3].map((g) => ({ ...algorithm, g })),
    ]
    for (const wrong of bad) {
      await expect(answerPasswordChallenge(wrong, B, 'secret', seededRandom(1))).rejects.toBeInstanceOf(RemoteError)
      await expect(newPasswordVerifier(wrong, 'secret', seededRandom(1))).rejects.toBeInstanceOf(RemoteError)
    }
    expect(stretch).not.toHaveBeenCalled()
    stretch.mockRestore()
  })

  it('A2: refuses an srp_B that is 0, not below p, or too long', async () => {
    const tooLong = [new Uint8Array(257), concat(Uint8Array.of(0), number256(5n))]
    for (const B of [new Uint8Array(0), new Uint8Array(256), number256(p), number256(p + 1n), ...tooLong]) {
      const answer = answerPasswordChallenge(algorithm, B, 'secret', seededRandom(1))
      await expect(answer).rejects.toThrow(/srp_B is out of range/)
    }
  })

  it('A3: draws a again when A is unsafe, and refuses an srp_B that makes the shared number unsafe', async () => {
    const server = new PasswordServer(algorithm, 9n, 1n << 2000n)
    const good = new Uint8Array(256).fill(0x5a)
    const random = givenRandom(number256(0n), number256(1n), number256(2n), good)
    const { A } = await answerPasswordChallenge(algorithm, number256(server.B), 'secret', random)
    expect(toHex(A)).toBe(toHex(number256(modPow(3n, bigIntFromBytesBE(good), p))))
    expect(random.left).toBe(0)

    // t = g_b - k v is 5 when the server sends k v + 5.
    const B = number256((k3 * modPow(3n, await hashOf('secret'), p) + 5n) % p)
    const refused = answerPasswordChallenge(algorithm, B, 'secret', seededRandom(1))
    await expect(refused).rejects.toThrow(/no safe shared number/)
  })

  it('A4: hashes numbers with all of their 256 bytes, also when srp_B comes without its zeros', async () => {
    const x = await hashOf('secret')
    const short = 1n << 2030n
    const t = (((short - k3 * modPow(3n, x, p)) % p) + p) % p
    const random = seededRandom(3)
    const answer = await answerPasswordChallenge(algorithm, number256(short), 'secret', random)
    const trimmed = await answerPasswordChallenge(algorithm, number256(short).subarray(2), 'secret', seededRandom(3))
    expect(toHex(trimmed.M1)).toBe(toHex(answer.M1))
    expect(answer.A).toHaveLength(256)
    const a = bigIntFromBytesBE(randomBytes(seededRandom(3), 256))
    const u = bigIntFromBytesBE(sha256(answer.A, number256(short)))
    const K = sha256(number256(bigIntModPow(t, a + u * x, p)))
    const group = xor(sha256(algorithm.p), sha256(number256(3n)))
    const M1 = sha256(group, sha256(algorithm.salt1), sha256(algorithm.salt2), answer.A, number256(short), K)
    expect(toHex(answer.M1)).toBe(toHex(M1))
  })
})
