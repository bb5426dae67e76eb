import { aesTables, type AesTables } from '../aes-tables.js'
import { BYTE_AT, ENTRY, FORWARD, INVERSE, INVERSE_SBOX, SBOX, SHA256_CONSTANTS, TABLE } from './layout.js'

/** The tables of AES as they lie in the memory, from its beginning on. */
export function wasmTables(): Uint8Array {
  const { sbox, inverseSbox, forward, inverse } = aesTables()
  const bytes = new Uint8Array(SHA256_CONSTANTS)
  const lanes = new Uint16Array(bytes.buffer)
  const setColumns = (at: number, tables: AesTables['forward']): void =>
    tables.forEach((words, row) =>
      words.forEach((word, byte) => {
        const entry = at + TABLE * row + ENTRY * byte
        for (let lane = 0; lane < 4; lane++) lanes[entry / 2 + lane] = ENTRY * ((word >>> (8 * lane)) & 255)
      }),
    )
  setColumns(FORWARD, forward)
  setColumns(INVERSE, inverse)
  sbox.forEach((value, byte) => (bytes[SBOX + ENTRY * byte + BYTE_AT] = value))
  inverseSbox.forEach((value, byte) => (bytes[INVERSE_SBOX + ENTRY * byte + BYTE_AT] = value))
  return bytes
}
