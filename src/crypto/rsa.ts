import { bigIntFromBytesBE, bigIntToBytesBE, bigIntToMinimalBytesBE } from '../bytes/bigint.js'
import { concat } from '../bytes/bytes.js'
import { LocalError } from '../errors/errors.js'
import { derIntegers, DerReader } from './der.js'
import { modPow } from './mod-pow.js'
import { readPem, writePem } from './pem.js'
import { sha1 } from './sha.js'

export interface RsaPublicKey {
  readonly n: bigint
  readonly e: bigint
  /** Unsigned: the low 64 bits of SHA-1 over `rsa_public_key n:string e:string = RSAPublicKey`, bare. */
  readonly fingerprint: bigint
}

/** A key of a server. Where its secret part lies is the platform's business. */
export interface RsaPrivateKey extends RsaPublicKey {
  /** Raw RSA: `block^d mod n`, both as long as n. @throws {LocalError} `argument`, when the block is not below n. */
  decryptRaw(block: Uint8Array): Uint8Array
  /** The whole key as PEM, PKCS#1: a secret. */
  toPem(): string
}

/** Bytes of n, and of everything that is encrypted under it. */
export function rsaLength({ n }: RsaPublicKey): number {
  return Math.ceil(n.toString(16).length / 2)
}

export function rsaPublicKey(n: bigint, e: bigint): RsaPublicKey {
  return { n, e, fingerprint: fingerprintOf(n, e) }
}

/**
 * Reads a public key from PEM text: PKCS#1 (`RSA PUBLIC KEY`) or SubjectPublicKeyInfo (`PUBLIC KEY`).
 * @throws {LocalError} `argument`, when the text is anything else.
 */
export function parseRsaPublicKey(pem: string): RsaPublicKey {
  const { label, bytes } = readPem(pem)
  const outer = new DerReader(bytes).sequence()
  let key = outer
  if (!outer.atInteger) {
    outer.sequence() // the algorithm: what follows reads as an RSA key or not at all
    key = outer.bitString().sequence()
  }
  const n = key.integer()
  const e = key.integer()
  if (label.includes('PRIVATE') || n < 1n << 511n || (n & 1n) === 0n || e < 3n || (e & 1n) === 0n) {
    throw new LocalError('argument', `the PEM text (${label}) holds no RSA public key`, { path: 'pem' })
  }
  return rsaPublicKey(n, e)
}

/** The public part as PEM, PKCS#1. */
export function rsaPublicKeyToPem({ n, e }: RsaPublicKey): string {
  return writePem({ label: 'RSA PUBLIC KEY', bytes: derIntegers(n, e) })
}

/**
 * Raw RSA: `block^e mod n`. Both have as many bytes as n.
 * @throws {LocalError} `argument`, when the block is not below n.
 */
export function rsaEncryptRaw(block: Uint8Array, key: RsaPublicKey): Uint8Array {
  const value = bigIntFromBytesBE(block)
  if (value >= key.n) throw new LocalError('argument', 'a block for RSA is not below the modulus', { path: 'block' })
  return bigIntToBytesBE(modPow(value, key.e, key.n), rsaLength(key))
}

/** @see https://core.telegram.org/mtproto/auth_key#dh-exchange-initiation */
function fingerprintOf(n: bigint, e: bigint): bigint {
  const hash = sha1(tlString(bigIntToMinimalBytesBE(n)), tlString(bigIntToMinimalBytesBE(e)))
  return new DataView(hash.buffer, hash.byteOffset).getBigUint64(12, true)
}

/** A TL string: the length in one byte, or in three behind fe; zeros to a multiple of 4. */
function tlString(bytes: Uint8Array): Uint8Array {
  const { length } = bytes
  const head = length < 254 ? Uint8Array.of(length) : Uint8Array.of(254, length & 255, length >> 8, length >> 16)
  return concat(head, bytes, new Uint8Array((4 - ((head.length + length) % 4)) % 4))
}
