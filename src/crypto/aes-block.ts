import type { RoundKeys } from './aes-key.js'
import { aesTables, type AesTables } from './aes-tables.js'

/** Encrypts the 4 words of `state` in place (FIPS 197, 5.1); `keys` from expandKey. */
export function encryptBlock(keys: RoundKeys, state: Int32Array): void {
  const { forward, sbox } = aesTables()
  cipher(forward, sbox, keys, state, 1)
}

/** Decrypts the 4 words of `state` in place (FIPS 197, 5.3.5); `keys` from invertRoundKeys. */
export function decryptBlock(keys: RoundKeys, state: Int32Array): void {
  const { inverse, inverseSbox } = aesTables()
  cipher(inverse, inverseSbox, keys, state, 3)
}

/** Both directions are one: only the tables differ, and whether row r comes from r columns to the right or the left. */
function cipher(
  rows: AesTables['forward'],
  sbox: Uint8Array,
  keys: RoundKeys,
  state: Int32Array,
  shift: 1 | 3,
): void {
  const row0 = rows[0]
  const row1 = rows[1]
  const row2 = rows[2]
  const row3 = rows[3]
  let a = state[0]! ^ keys[0]!
  let b = state[1]! ^ keys[1]!
  let c = state[2]! ^ keys[2]!
  let d = state[3]! ^ keys[3]!
  const right = shift === 1
  let at = 4
  for (; at < keys.length - 4; at += 4) {
    const a1 = right ? b : d
    const c1 = right ? d : b
    const b1 = right ? c : a
    const d1 = right ? a : c
    const nextA = row0[a & 255]! ^ row1[(a1 >>> 8) & 255]! ^ row2[(c >>> 16) & 255]! ^ row3[c1 >>> 24]! ^ keys[at]!
    const nextB = row0[b & 255]! ^ row1[(b1 >>> 8) & 255]! ^ row2[(d >>> 16) & 255]! ^ row3[d1 >>> 24]! ^ keys[at + 1]!
    const nextC = row0[c & 255]! ^ row1[(c1 >>> 8) & 255]! ^ row2[(a >>> 16) & 255]! ^ row3[a1 >>> 24]! ^ keys[at + 2]!
    d = row0[d & 255]! ^ row1[(d1 >>> 8) & 255]! ^ row2[(b >>> 16) & 255]! ^ row3[b1 >>> 24]! ^ keys[at + 3]!
    a = nextA
    b = nextB
    c = nextC
  }
  const a1 = right ? b : d
  const c1 = right ? d : b
  const b1 = right ? c : a
  const d1 = right ? a : c
  state[0] = word(sbox, a, a1, c, c1) ^ keys[at]!
  state[1] = word(sbox, b, b1, d, d1) ^ keys[at + 1]!
  state[2] = word(sbox, c, c1, a, a1) ^ keys[at + 2]!
  state[3] = word(sbox, d, d1, b, b1) ^ keys[at + 3]!
}

function word(sbox: Uint8Array, first: number, second: number, third: number, fourth: number): number {
  const low = sbox[first & 255]! | (sbox[(second >>> 8) & 255]! << 8)
  return low | (sbox[(third >>> 16) & 255]! << 16) | (sbox[fourth >>> 24]! << 24)
}
