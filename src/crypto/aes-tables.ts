/**
 * The tables of AES (FIPS 197), computed once when first asked for. A column of the state is a word whose lowest byte
 * is the first row, so that words can be read from little-endian memory as they lie.
 */
export interface AesTables {
  /** SubBytes (5.1.1) and its inverse (5.3.2). */
  readonly sbox: Uint8Array
  readonly inverseSbox: Uint8Array
  /** SubBytes and MixColumns (5.1.3) of a byte in row r, for r = 0..3. */
  readonly forward: readonly [Int32Array, Int32Array, Int32Array, Int32Array]
  /** InvSubBytes and InvMixColumns (5.3.3) of a byte in row r. */
  readonly inverse: readonly [Int32Array, Int32Array, Int32Array, Int32Array]
}

let tables: AesTables | undefined

export function aesTables(): AesTables {
  tables ??= computeTables()
  return tables
}

/** Multiplication by x in GF(2^8) modulo x^8 + x^4 + x^3 + x + 1 (FIPS 197, 4.2.1). */
const double = (byte: number): number => ((byte << 1) ^ (byte & 0x80 ? 0x11b : 0)) & 255

function computeTables(): AesTables {
  const sbox = computeSbox()
  const inverseSbox = new Uint8Array(256)
  for (let byte = 0; byte < 256; byte++) inverseSbox[sbox[byte]!] = byte
  return {
    sbox,
    inverseSbox,
    forward: rows((byte) => {
      const s = sbox[byte]!
      const s2 = double(s)
      return s2 | (s << 8) | (s << 16) | ((s2 ^ s) << 24)
    }),
    inverse: rows((byte) => {
      const s = inverseSbox[byte]!
      const s2 = double(s)
      const s4 = double(s2)
      const s8 = double(s4)
      return (s8 ^ s4 ^ s2) | ((s8 ^ s) << 8) | ((s8 ^ s4 ^ s) << 16) | ((s8 ^ s2 ^ s) << 24)
    }),
  }
}

/** The S-box from its definition: the inverse in GF(2^8), then an affine map. 3 generates the field's units. */
function computeSbox(): Uint8Array {
  const sbox = new Uint8Array(256)
  let power = 1 // 3^i
  let inverse = 1 // 3^-i
  do {
    power ^= double(power)
    inverse ^= inverse << 1 // multiplication by f6, the inverse of 3
    inverse ^= inverse << 2
    inverse ^= inverse << 4
    inverse &= 255
    if (inverse & 0x80) inverse ^= 9
    const turned = inverse * 0x101
    sbox[power] = (inverse ^ (turned >> 7) ^ (turned >> 6) ^ (turned >> 5) ^ (turned >> 4) ^ 0x63) & 255
  } while (power !== 1)
  sbox[0] = 0x63
  return sbox
}

function rows(column: (byte: number) => number): AesTables['forward'] {
  const first = Int32Array.from({ length: 256 }, (_, byte) => column(byte))
  const turned = (bits: number): Int32Array => first.map((word) => (word << bits) | (word >>> (32 - bits)))
  return [first, turned(8), turned(16), turned(24)]
}
