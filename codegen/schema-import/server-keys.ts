import { createHash, createPublicKey } from 'node:crypto'

/** The shape of `tl/server-keys.json`. */
export interface ServerKeys {
  readonly keys: readonly ServerKey[]
}

export interface ServerKey {
  readonly environment: 'production' | 'test'
  /** 16 hexadecimal digits, most significant first. */
  readonly fingerprint: string
  /** PKCS#1. */
  readonly pem: string
}

/**
 * The low 64 bits of SHA-1 over modulus and exponent, both written as TL `bytes`.
 * @see https://core.telegram.org/mtproto/auth_key
 */
export function keyFingerprint(pem: string): string {
  const { n, e } = createPublicKey(pem).export({ format: 'jwk' })
  if (n === undefined || e === undefined) throw new Error('not an RSA key')
  const parts = [n, e].map((number) => tlBytes(Buffer.from(number, 'base64url')))
  const hash = createHash('sha1').update(Buffer.concat(parts)).digest()
  return hash.readBigUInt64LE(12).toString(16).padStart(16, '0')
}

export const keyModulus = (pem: string): string =>
  Buffer.from(createPublicKey(pem).export({ format: 'jwk' }).n ?? '', 'base64url').toString('hex')

function tlBytes(data: Buffer): Buffer {
  const { length } = data
  const head = length < 254 ? Buffer.from([length]) : Buffer.from([254, length & 0xff, length >> 8, 0])
  const padding = (4 - ((head.length + data.length) % 4)) % 4
  return Buffer.concat([head, data, Buffer.alloc(padding)])
}

/** Refuses a key whose fingerprint is wrong, or that the package knows under another modulus, or not at all. */
export function verifyServerKeys(
  keys: ServerKeys,
  known: Readonly<Record<string, { readonly modulus: string }>>,
): void {
  for (const { fingerprint, pem } of keys.keys) {
    const computed = keyFingerprint(pem)
    if (computed !== fingerprint) throw new Error(`server-keys.json: ${fingerprint} is the key ${computed}`)
    if (known[fingerprint]?.modulus === keyModulus(pem)) continue
    throw new Error(`server-keys.json: ${fingerprint} is not a key that the package knows`)
  }
}
