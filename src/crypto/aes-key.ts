import { LocalError } from '../errors/errors.js'
import { aesTables } from './aes-tables.js'

/** The words of a key of 128 or 256 bits: 4 for each of 11 or 15 round keys. */
export type RoundKeys = Int32Array

/**
 * The key schedule of AES-128 or AES-256 (FIPS 197, 5.2).
 * @throws {LocalError} `argument`, when the key has another length than 16 or 32 bytes.
 */
export function expandKey(key: Uint8Array): RoundKeys {
  if (key.length !== 32 && key.length !== 16) {
    throw new LocalError('argument', `an AES key of ${key.length} bytes`, { path: 'key', expected: '32 or 16 bytes' })
  }
  const { sbox } = aesTables()
  const keyWords = key.length / 4
  const words = new Int32Array(4 * (keyWords + 7))
  for (let i = 0; i < keyWords; i++) {
    words[i] = key[4 * i]! | (key[4 * i + 1]! << 8) | (key[4 * i + 2]! << 16) | (key[4 * i + 3]! << 24)
  }
  const substitute = (word: number): number => {
    const low = sbox[word & 255]! | (sbox[(word >>> 8) & 255]! << 8)
    return low | (sbox[(word >>> 16) & 255]! << 16) | (sbox[word >>> 24]! << 24)
  }
  let constant = 1
  for (let i = keyWords; i < words.length; i++) {
    let word = words[i - 1]!
    if (i % keyWords === 0) {
      word = substitute((word >>> 8) | (word << 24)) ^ constant
      constant = ((constant << 1) ^ (constant & 0x80 ? 0x11b : 0)) & 255
    } else if (keyWords === 8 && i % keyWords === 4) {
      word = substitute(word)
    }
    words[i] = words[i - keyWords]! ^ word
  }
  return words
}

/** The keys of the equivalent inverse cipher (FIPS 197, 5.3.5): last first, the inner ones through InvMixColumns. */
export function invertRoundKeys(keys: RoundKeys): RoundKeys {
  const { sbox, inverse } = aesTables()
  const [row0, row1, row2, row3] = inverse
  const mix = (word: number): number => {
    const low = row0[sbox[word & 255]!]! ^ row1[sbox[(word >>> 8) & 255]!]!
    return low ^ row2[sbox[(word >>> 16) & 255]!]! ^ row3[sbox[word >>> 24]!]!
  }
  const inverted = new Int32Array(keys.length)
  for (let i = 0; i < keys.length; i++) {
    const word = keys[keys.length - 4 - (i & ~3) + (i & 3)]!
    inverted[i] = i < 4 || i >= keys.length - 4 ? word : mix(word)
  }
  return inverted
}
