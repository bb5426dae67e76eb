import { describe, expect, it, vi } from 'vitest'
import { bigIntFromBytesBE, bigIntToBytesBE } from '../../../src/bytes/bigint.js'
import { toHex } from '../../../src/bytes/hex.js'
import { checkDhParameters, checkDhValue, dhPower, dhSharedKey, drawDhKeyPair } from '../../../src/crypto/dh.js'
import { KNOWN_PRIME as p } from '../../../src/crypto/known-prime.js'
import * as powers from '../../../src/crypto/mod-pow.js'
import { bigIntModPow } from '../../../src/crypto/mod-pow.js'
import { LocalError, RemoteError } from '../../../src/errors/errors.js'
import { seededRandom } from '../../../src/platform/manual.js'
import { bytesOf, givenRandom, thrownBy, vectorsOf } from './vectors.js'

/** The 2048-bit MODP group of RFC 3526: another safe prime, 7 modulo 8. */
const MODP = BigInt(
  '0xffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404dd' +
    'ef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed' +
    'ee386bfb5a899fa5ae9f24117c4b1fe649286651ece45b3dc2007cb8a163bf0598da48361c55d39a69163fa8fd24cf5f' +
    '83655d23dca3ad961c62f356208552bb9ed529077096966d670c354e4abc9804f1746c08ca18217c32905e462e36ce3b' +
    'e39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf6955817183995497cea956ae515d2261898fa0510' +
    '15728e5a8aacaa68ffffffffffffffff',
)

const refused = (action: () => unknown): RemoteError => {
  const error = thrownBy(action)
  expect(error).toBeInstanceOf(RemoteError)
  expect((error as RemoteError).failure).toBe('handshake')
  return error as RemoteError
}

describe('the group of a key exchange', () => {
  it('H6: has a safe prime of 2048 bits, or never meets a modular power', () => {
    const power = vi.spyOn(powers, 'modPow')
    const near = [p - 1n, p + 1n, p / 2n, p - 2n, p ^ 0xffn, p << 1n, p * p]
    const bad = [0n, 1n, 2n, 3n, 4n, -p, ...near, 1n << 2047n, (1n << 2048n) - 1n]
    for (const prime of bad) for (const g of [2, 3, 4, 7]) refused(() => checkDhParameters(prime, g))
    expect(power).not.toHaveBeenCalled()
  })

  it('H6: has a prime whose half is prime too', () => {
    // The first prime above 2^2047 that is 11 modulo 12, as a safe prime has to be, and whose half is composite.
    const half = 1n << 2046n
    let candidate = half * 2n + 11n - ((half * 2n) % 12n)
    while (!passesFermat(candidate)) candidate += 12n
    expect(candidate >> 2047n).toBe(1n)
    expect(passesFermat(candidate >> 1n)).toBe(false)
    expect(refused(() => checkDhParameters(candidate, 3)).message).toMatch(/\(dh_prime - 1\) \/ 2/)
  })

  it('H6: may have another safe prime than the known one', () => {
    for (const g of [2, 4]) expect(() => checkDhParameters(MODP, g)).not.toThrow()
  })

  it('H7: has a generator of the large subgroup, also when the prime is the known one', () => {
    for (const g of [3, 4, 7]) expect(() => checkDhParameters(p, g)).not.toThrow()
    for (const g of [2, 5, 6, 0, 1, 8, 9, -3, 1.5, Number.NaN, 2 ** 31]) refused(() => checkDhParameters(p, g))
  })

  it('H7: decides on a generator as the Legendre symbol does', () => {
    for (const prime of [p, MODP]) {
      for (const g of [2, 3, 4, 5, 6, 7]) {
        const isResidue = bigIntModPow(BigInt(g), (prime - 1n) / 2n, prime) === 1n
        expect(thrownBy(() => checkDhParameters(prime, g)) === undefined, `g = ${g}`).toBe(isResidue)
      }
    }
  })
})

describe('the public numbers of a key exchange', () => {
  it('H8: lie strictly between 1 and p - 1', () => {
    for (const value of [0n, 1n, p - 1n, p, p + 5n, -1n, p * p]) {
      expect(refused(() => checkDhValue(value, p, 'g_a')).message).toMatch(/g_a is out of range/)
    }
  })

  it('H9: keep a distance of 2^1984 from both ends', () => {
    const margin = 1n << 1984n
    for (const value of [2n, margin - 1n, p - margin + 1n, p - 2n]) {
      expect(refused(() => checkDhValue(value, p, 'g_a')).message).toMatch(/too close/)
    }
    for (const value of [margin, margin + 1n, p / 2n, p - margin]) {
      expect(() => checkDhValue(value, p, 'g_a')).not.toThrow()
    }
  })

  it('H9: are drawn again when the own one is outside', () => {
    const small = bigIntToBytesBE(1n, 256) // g^1 is 3
    const good = bytesOf('5a'.repeat(256))
    const random = givenRandom(small, bigIntToBytesBE(0n, 256), good)
    const pair = drawDhKeyPair(3, p, random)
    expect(random.left).toBe(0)
    expect(pair.exponent).toBe(bigIntFromBytesBE(good))
    expect(pair.value).toBe(bigIntModPow(3n, pair.exponent, p))
  })

  it('H9: are given up when the source of randomness is stuck', () => {
    expect(thrownBy(() => drawDhKeyPair(3, p, { fill: (target) => target.fill(0) }))).toBeInstanceOf(LocalError)
  })
})

describe('the shared key', () => {
  it('is the same on both sides, also where an exponent is above the prime', () => {
    const random = seededRandom(5)
    for (let run = 0; run < 3; run++) {
      const a = drawDhKeyPair(3, p, random)
      const b = drawDhKeyPair(3, p, givenRandom(new Uint8Array(256).fill(255 - run)))
      expect(b.exponent).toBeGreaterThan(p)
      expect(toHex(dhSharedKey(a.value, b.exponent, p))).toBe(toHex(dhSharedKey(b.value, a.exponent, p)))
    }
  })

  it('H13: has 256 bytes when the number is shorter', () => {
    const key = dhSharedKey(7n, 3n, p)
    expect(key).toHaveLength(256)
    expect(bigIntFromBytesBE(key)).toBe(343n)
    expect(key.subarray(0, 254).every((byte) => byte === 0)).toBe(true)
  })

  it('is that of the official samples', () => {
    const [sample2013, sample2024] = vectorsOf('exchange').map(({ data }) => data)
    const prime = bigIntFromBytesBE(bytesOf(sample2013!['P']))
    expect(prime).toBe(p)
    const b2013 = bigIntFromBytesBE(bytesOf(sample2013!['B']))
    expect(dhPower(2n, b2013, p)).toBe(bigIntFromBytesBE(bytesOf(sample2013!['GB'])))
    const key2013 = dhSharedKey(bigIntFromBytesBE(bytesOf(sample2013!['GA'])), b2013, p)
    expect(toHex(key2013)).toBe(sample2013!['AuthKey']!.toLowerCase())
    const b2024 = bytesOf(sample2024!['b'])
    expect(drawDhKeyPair(3, p, givenRandom(b2024)).value).toBe(bigIntFromBytesBE(bytesOf(sample2024!['g_b'])))
    const key = dhSharedKey(bigIntFromBytesBE(bytesOf(sample2024!['g_a'])), bigIntFromBytesBE(b2024), p)
    expect(toHex(key)).toBe(sample2024!['auth_key']!.toLowerCase())
  })
})

function passesFermat(n: bigint): boolean {
  return [3n, 5n, 7n, 11n, 13n, 17n].every((prime) => n % prime !== 0n) && powers.modPow(2n, n - 1n, n) === 1n
}
