import { generateRsaPrivateKey, parseRsaPrivateKey } from '../crypto/rsa-private.node.js'
import { rsaLength, type RsaPrivateKey } from '../crypto/rsa.js'
import { LocalError } from '../errors/errors.js'
import { DEVELOPMENT_CDN_RSA_KEY, DEVELOPMENT_RSA_KEY } from './development-keys.js'

const KEY_BYTES = 256 // encrypted_data has exactly so many (mtproto/auth_key)

export interface ServerRsaKeys {
  readonly main: RsaPrivateKey
  /** Caching data centres are run by strangers, and so have another key. */
  readonly cdn: RsaPrivateKey
}

/**
 * The keys that a server proves itself with.
 * @param rsaKey a PEM of a private key, `'generate'`, or nothing for the fixed development key.
 * @throws {LocalError} `argument`, when the PEM holds no RSA key of 2048 bits.
 */
export function loadRsaKeys(rsaKey: string | undefined): ServerRsaKeys {
  return { main: load(rsaKey, DEVELOPMENT_RSA_KEY), cdn: parseRsaPrivateKey(DEVELOPMENT_CDN_RSA_KEY) }
}

function load(rsaKey: string | undefined, development: string): RsaPrivateKey {
  if (rsaKey === 'generate') return generateRsaPrivateKey()
  const key = parseRsaPrivateKey(rsaKey ?? development)
  if (rsaLength(key) === KEY_BYTES) return key
  throw new LocalError('argument', `the server's RSA key has ${rsaLength(key) * 8} bits, 2048 are needed`, {
    path: 'rsaKey',
    expected: '2048 bits',
    got: `${rsaLength(key) * 8} bits`,
  })
}
