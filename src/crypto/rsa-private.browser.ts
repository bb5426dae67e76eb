import { bigIntFromBytesBE, bigIntToBytesBE } from '../bytes/bigint.js'
import { LocalError } from '../errors/errors.js'
import { randomBytes } from '../platform/random.js'
import { systemPlatform } from '../platform/system.js'
import { derIntegers, DerReader } from './der.js'
import { modPow } from './mod-pow.js'
import { readPem, writePem } from './pem.js'
import { isPrime } from './prime.node.js'
import { rsaLength, rsaPublicKey, type RsaPrivateKey } from './rsa.js'

const PUBLIC_EXPONENT = 0x10001n

/** A new key; 2048 bits take some seconds in a browser. */
export function generateRsaPrivateKey(bits = 2048): RsaPrivateKey {
  const half = bits / 2
  const p = drawPrime(half)
  let q = drawPrime(half)
  while (q === p) q = drawPrime(half)
  const d = inverse(PUBLIC_EXPONENT, (p - 1n) * (q - 1n))
  return wrap(p * q, PUBLIC_EXPONENT, d, p, q)
}

/**
 * Reads a private key from PEM text: PKCS#1 (`RSA PRIVATE KEY`) or PKCS#8 (`PRIVATE KEY`), not encrypted.
 * @throws {LocalError} `argument`, when the text is anything else.
 */
export function parseRsaPrivateKey(pem: string): RsaPrivateKey {
  let key = new DerReader(readPem(pem).bytes).sequence()
  key.integer() // the version, 0 in both forms
  if (!key.atInteger) {
    key.sequence() // the algorithm: what follows reads as an RSA key or not at all
    key = key.octetString().sequence()
    key.integer()
  }
  const [n, e, d, p, q] = [key.integer(), key.integer(), key.integer(), key.integer(), key.integer()]
  if (p < 3n || q < 3n || p * q !== n) {
    throw new LocalError('argument', 'the PEM text holds no RSA private key', { path: 'pem' })
  }
  return wrap(n, e, d, p, q)
}

function wrap(n: bigint, e: bigint, d: bigint, p: bigint, q: bigint): RsaPrivateKey {
  const publicPart = rsaPublicKey(n, e)
  const dp = d % (p - 1n)
  const dq = d % (q - 1n)
  const qInverse = inverse(q, p)
  return {
    ...publicPart,
    decryptRaw(block) {
      const value = bigIntFromBytesBE(block)
      if (value >= n) throw new LocalError('argument', 'a block for RSA is not below the modulus', { path: 'block' })
      const modQ = modPow(value, dq, q)
      const difference = modPow(value, dp, p) - modQ
      const modP = (((difference * qInverse) % p) + p) % p
      return bigIntToBytesBE(modQ + q * modP, rsaLength(publicPart))
    },
    toPem: () => writePem({ label: 'RSA PRIVATE KEY', bytes: derIntegers(0n, n, e, d, p, q, dp, dq, qInverse) }),
  }
}

/** A prime whose two highest bits are set, so that the product of two has all its bits, and that suits the exponent. */
function drawPrime(bits: number): bigint {
  const top = 3n << BigInt(bits - 2)
  for (;;) {
    const candidate = (bigIntFromBytesBE(randomBytes(systemPlatform.random, bits / 8)) | top | 1n)
    if (candidate % PUBLIC_EXPONENT !== 1n && isPrime(candidate)) return candidate
  }
}

/** The inverse of `value` modulo `modulus`, by Euclid's algorithm. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b] = [modulus, value % modulus]
  let [x, y] = [0n, 1n]
  while (b !== 0n) {
    const quotient = a / b
    ;[a, b] = [b, a - quotient * b]
    ;[x, y] = [y, x - quotient * y]
  }
  return ((x % modulus) + modulus) % modulus
}
