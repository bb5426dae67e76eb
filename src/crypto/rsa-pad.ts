import { bigIntFromBytesBE } from '../bytes/bigint.js'
import { concat, reversed, wipe, xor } from '../bytes/bytes.js'
import { equalConstantTime } from '../bytes/equal.js'
import { LocalError } from '../errors/errors.js'
import { randomBytes, type Random } from '../platform/random.js'
import { aesIgeDecrypt, aesIgeEncrypt } from './aes-ige.js'
import { RSA_BYTES, RSA_PAD_DATA_BYTES, RSA_PAD_PADDED_BYTES } from './limits.js'
import { rsaEncryptRaw, rsaLength, type RsaPrivateKey, type RsaPublicKey } from './rsa.js'
import { sha1, sha256 } from './sha.js'

const TEMP_KEY_BYTES = 32
const ZERO_IV = new Uint8Array(32)
const SHA1_BYTES = 20
/** A temp_key fails with a chance below one half: so many in a row show that the randomness is broken. */
const MOST_ATTEMPTS = 256

/**
 * RSA_PAD(data, server_public_key), a variant of OAEP+: the padded data, reversed, and its hash are encrypted under a
 * random key, the key is masked by the hash of the result, and both go through raw RSA.
 *
 * Draws 224 bytes, of which the first pad the data and the last 32 are temp_key; then 32 bytes of temp_key for each
 * further attempt, until the block is below n.
 * @param data at most 144 bytes
 * @returns 256 bytes
 * @throws {LocalError} `argument`, when the data is too long or the key has not 2048 bits
 * @see https://core.telegram.org/mtproto/auth_key, step 4.1
 */
export function rsaPadEncrypt(data: Uint8Array, key: RsaPublicKey, random: Random): Uint8Array {
  if (data.length > RSA_PAD_DATA_BYTES) {
    const message = `RSA_PAD takes at most ${RSA_PAD_DATA_BYTES} bytes, got ${data.length}`
    throw new LocalError('argument', message, { path: 'data' })
  }
  checkKey(key)
  const dice = randomBytes(random, RSA_PAD_PADDED_BYTES + TEMP_KEY_BYTES)
  const padded = concat(data, dice.subarray(0, RSA_PAD_PADDED_BYTES - data.length))
  const backwards = reversed(padded)
  const tempKey = dice.subarray(RSA_PAD_PADDED_BYTES)
  try {
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      const block = maskedBlock(padded, backwards, tempKey)
      if (bigIntFromBytesBE(block) < key.n) return rsaEncryptRaw(block, key)
      random.fill(tempKey)
    }
  } finally {
    wipe(padded, backwards, dice)
  }
  throw new LocalError('state', `the source of randomness gave ${MOST_ATTEMPTS} unusable keys in a row`)
}

function maskedBlock(padded: Uint8Array, backwards: Uint8Array, tempKey: Uint8Array): Uint8Array {
  const dataWithHash = concat(backwards, sha256(tempKey, padded))
  const encrypted = aesIgeEncrypt(dataWithHash, tempKey, ZERO_IV)
  const block = concat(xor(tempKey, sha256(encrypted)), encrypted)
  wipe(dataWithHash)
  return block
}

/**
 * Undoes RSA_PAD, for a server.
 * @param encrypted 256 bytes
 * @returns the 192 bytes of data and padding, or `undefined` when the hash inside does not fit
 */
export function rsaPadDecrypt(encrypted: Uint8Array, key: RsaPrivateKey): Uint8Array | undefined {
  const block = decryptBlock(encrypted, key)
  if (block === undefined) return undefined
  const inner = block.subarray(TEMP_KEY_BYTES)
  const tempKey = xor(block.subarray(0, TEMP_KEY_BYTES), sha256(inner))
  const dataWithHash = aesIgeDecrypt(inner, tempKey, ZERO_IV)
  const padded = reversed(dataWithHash.subarray(0, RSA_PAD_PADDED_BYTES))
  const matches = equalConstantTime(sha256(tempKey, padded), dataWithHash.subarray(RSA_PAD_PADDED_BYTES))
  wipe(dataWithHash, tempKey)
  return matches ? padded : undefined
}

/**
 * Undoes the padding that RSA_PAD replaced, `SHA1(data) | data | padding` in 255 bytes: a server that tests old clients
 * accepts it. There is no function to make it.
 * @param lengthOf says how many of the bytes that start with the data are data; it may throw
 * @returns the data, or `undefined` when no data of that length fits the hash
 */
export function rsaLegacyDecrypt(
  encrypted: Uint8Array,
  key: RsaPrivateKey,
  lengthOf: (plain: Uint8Array) => number,
): Uint8Array | undefined {
  const block = decryptBlock(encrypted, key)
  if (block === undefined || block[0] !== 0) return undefined
  const hash = block.subarray(1, 1 + SHA1_BYTES)
  const plain = block.subarray(1 + SHA1_BYTES)
  let data: Uint8Array
  try {
    data = plain.subarray(0, lengthOf(plain))
  } catch {
    return undefined
  }
  return equalConstantTime(sha1(data), hash) ? data : undefined
}

function decryptBlock(encrypted: Uint8Array, key: RsaPrivateKey): Uint8Array | undefined {
  checkKey(key)
  if (encrypted.length !== RSA_BYTES || bigIntFromBytesBE(encrypted) >= key.n) return undefined
  return key.decryptRaw(encrypted)
}

function checkKey(key: RsaPublicKey): void {
  const length = rsaLength(key)
  if (length === RSA_BYTES) return
  throw new LocalError('argument', `a server's key has 2048 bits, this one ${8 * length}`, { path: 'key' })
}
