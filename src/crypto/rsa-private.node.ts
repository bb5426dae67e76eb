import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  privateDecrypt,
  type KeyObject,
} from 'node:crypto'
import { bigIntFromBytesBE } from '../bytes/bigint.js'
import { LocalError } from '../errors/errors.js'
import { rsaPublicKey, type RsaPrivateKey } from './rsa.js'

/** A new key; 2048 bits take about a tenth of a second. */
export function generateRsaPrivateKey(bits = 2048): RsaPrivateKey {
  return wrap(generateKeyPairSync('rsa', { modulusLength: bits, publicExponent: 0x10001 }).privateKey)
}

/**
 * Reads a private key from PEM text: PKCS#1 (`RSA PRIVATE KEY`) or PKCS#8 (`PRIVATE KEY`), not encrypted.
 * @throws {LocalError} `argument`, when the text is anything else.
 */
export function parseRsaPrivateKey(pem: string): RsaPrivateKey {
  let key: KeyObject
  try {
    key = createPrivateKey(pem)
  } catch {
    throw new LocalError('argument', 'the PEM text holds no private key', { path: 'pem' })
  }
  if (key.asymmetricKeyType !== 'rsa') {
    const got = String(key.asymmetricKeyType)
    throw new LocalError('argument', 'the PEM text holds no RSA key', { path: 'pem', got })
  }
  return wrap(key)
}

function wrap(key: KeyObject): RsaPrivateKey {
  const { n, e } = createPublicKey(key).export({ format: 'jwk' })
  const publicPart = rsaPublicKey(fromBase64Url(n!), fromBase64Url(e!))
  return {
    ...publicPart,
    decryptRaw(block) {
      if (bigIntFromBytesBE(block) >= publicPart.n) {
        throw new LocalError('argument', 'a block for RSA is not below the modulus', { path: 'block' })
      }
      return new Uint8Array(privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, block))
    },
    toPem: () => key.export({ format: 'pem', type: 'pkcs1' }).toString(),
  }
}

function fromBase64Url(text: string): bigint {
  return bigIntFromBytesBE(Buffer.from(text, 'base64url'))
}
