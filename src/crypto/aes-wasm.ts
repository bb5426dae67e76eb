import { LocalError } from '../errors/errors.js'
import { aesTables } from './aes-tables.js'
import {
  add,
  and,
  constant,
  get,
  load,
  loadByte,
  or,
  set,
  shiftLeft,
  shiftRight,
  store,
  wasmModule,
  whileLess,
  xor,
  type Code,
} from './wasm-code.js'

/**
 * AES-256-IGE in WebAssembly: the module is assembled here, from the functions below, when it is first asked for.
 * Decryption feeds each block into the next, so that no native mode can do it and one call per block costs more than
 * the block; the tables of AES in unrolled WebAssembly are the fastest way left.
 */

// Where things lie in the memory of the module.
const FORWARD = 0 // four tables of 256 words
const INVERSE = 4096
const SBOX = 8192 // 256 bytes
const INVERSE_SBOX = 8448
const KEYS = 8704 // 60 words: 15 round keys; the key itself is the first 8
const CHAIN = 8944 // 8 words: the ciphertext before, then the plaintext before
const DATA = 8976
const PAGES = 2
/** How much one call works on. */
const DATA_BYTES = PAGES * 65536 - DATA

const KEY_BYTES = 32
const ROUNDS = 14
const ZERO = constant(0)

// Locals of each function: two parameters, the state before and after a round, and the chain.
const AT = 0
const END = 1
const STATE = [2, 3, 4, 5] as const
const NEXT = [6, 7, 8, 9] as const
const CIPHER = [10, 11, 12, 13] as const
const PLAIN = [14, 15, 16, 17] as const
const INPUT = [18, 19, 20, 21] as const
const LOCALS = 20

type Words = readonly [number, number, number, number]
const EACH = [0, 1, 2, 3] as const

/** Byte `row` of a word, times 4: the offset of its entry in a table of words. */
function entryOffset(word: Code, row: number): Code {
  const turned = row === 0 ? shiftLeft(word, 2) : shiftRight(word, 8 * row - 2)
  return and(turned, constant(0x3fc))
}

const byteOf = (word: Code, row: number): Code => and(shiftRight(word, 8 * row), constant(0xff))
const key = (round: number, column: number): Code => load(KEYS + 16 * round + 4 * column, ZERO)
const keyWord = (index: number): Code => load(KEYS + 4 * index, ZERO)

/** The key schedule of AES-256 (FIPS 197, 5.2) behind the 8 words of the key. */
function expandKey(): Code {
  const WORD = 0
  const code: Code[] = [set(WORD, keyWord(7))]
  const substitute = (word: Code): Code =>
    EACH.map((row) => shiftLeft(loadByte(SBOX, byteOf(word, row)), 8 * row)).reduce(or)
  for (let i = 8; i < 4 * (ROUNDS + 1); i++) {
    if (i % 8 === 0) {
      code.push(set(WORD, or(shiftRight(get(WORD), 8), shiftLeft(get(WORD), 24))))
      code.push(set(WORD, xor(substitute(get(WORD)), constant(1 << (i / 8 - 1)))))
    } else if (i % 8 === 4) {
      code.push(set(WORD, substitute(get(WORD))))
    }
    code.push(set(WORD, xor(get(WORD), keyWord(i - 8))), store(KEYS + 4 * i, ZERO, get(WORD)))
  }
  return code.flat()
}

/** InvMixColumns on the inner round keys: those of the equivalent inverse cipher (5.3.5), read from the last to the first. */
function invertKey(): Code {
  const ADDRESS = 0
  const WORD = 1
  const terms = EACH.map((row) => load(INVERSE + 1024 * row, shiftLeft(loadByte(SBOX, byteOf(get(WORD), row)), 2)))
  return [
    ...set(ADDRESS, constant(KEYS + 16)),
    ...whileLess(get(ADDRESS), constant(KEYS + 16 * ROUNDS), [
      ...set(WORD, load(0, get(ADDRESS))),
      ...store(0, get(ADDRESS), xor(terms[0]!, ...terms.slice(1))),
      ...set(ADDRESS, add(get(ADDRESS), constant(4))),
    ]),
  ]
}

/** What tells the directions apart; ShiftRows takes row r from r columns to the right, its inverse to the left. */
interface Direction {
  readonly tables: number
  readonly sbox: number
  readonly step: 1 | 3
  /** The round key of a round. */
  readonly keyOf: (round: number) => number
}
const ENCRYPT: Direction = { tables: FORWARD, sbox: SBOX, step: 1, keyOf: (round) => round }
const DECRYPT: Direction = { tables: INVERSE, sbox: INVERSE_SBOX, step: 3, keyOf: (round) => ROUNDS - round }

/** The byte in `row` of what becomes `column`, as a word that holds it in that row. */
const source = (words: Words, column: number, row: number, step: number): Code =>
  get(words[((column + row * step) & 3) as 0])

/** One of the 13 inner rounds, from one set of locals to the other. */
function innerRound(number: number, from: Words, to: Words, { tables, step, keyOf }: Direction): Code {
  return EACH.flatMap((column) => {
    const terms = EACH.map((row) => load(tables + 1024 * row, entryOffset(source(from, column, row, step), row)))
    return set(to[column], xor(key(keyOf(number), column), ...terms))
  })
}

function lastRound(from: Words, to: Words, { sbox, step, keyOf }: Direction): Code {
  return EACH.flatMap((column) => {
    const terms = EACH.map((row) => shiftLeft(loadByte(sbox, byteOf(source(from, column, row, step), row)), 8 * row))
    return set(to[column], xor(key(keyOf(ROUNDS), column), ...terms))
  })
}

/** The block cipher on STATE, unrolled; round keys are at fixed addresses. The result is in STATE again. */
function cipher(direction: Direction): Code {
  const rounds = Array.from({ length: ROUNDS - 1 }, (_, index) =>
    index % 2 === 0 ? innerRound(index + 1, STATE, NEXT, direction) : innerRound(index + 1, NEXT, STATE, direction),
  )
  return [
    ...EACH.flatMap((column) => set(STATE[column], xor(get(STATE[column]), key(direction.keyOf(0), column)))),
    ...rounds.flat(),
    ...lastRound(NEXT, STATE, direction),
  ]
}

/**
 * IGE over the blocks from AT to END: c_i = E(p_i xor c_(i-1)) xor p_(i-1), or p_i = D(c_i xor p_(i-1)) xor c_(i-1).
 * The two directions differ in the cipher and in which half of the chain the input meets first.
 */
function ige(direction: Direction): Code {
  const [before, after] = direction === ENCRYPT ? [CIPHER, PLAIN] : [PLAIN, CIPHER]
  const inChain = (word: number): number => CHAIN + 4 * word
  return [
    ...EACH.flatMap((i) => set(CIPHER[i], load(inChain(i), ZERO))),
    ...EACH.flatMap((i) => set(PLAIN[i], load(inChain(4 + i), ZERO))),
    ...whileLess(get(AT), get(END), [
      ...EACH.flatMap((i) => set(INPUT[i], load(4 * i, get(AT)))),
      ...EACH.flatMap((i) => set(STATE[i], xor(get(INPUT[i]), get(before[i])))),
      ...cipher(direction),
      ...EACH.flatMap((i) => set(before[i], xor(get(STATE[i]), get(after[i])))),
      ...EACH.flatMap((i) => set(after[i], get(INPUT[i]))),
      ...EACH.flatMap((i) => store(4 * i, get(AT), get(before[i]))),
      ...set(AT, add(get(AT), constant(16))),
    ]),
    ...EACH.flatMap((i) => store(inChain(i), ZERO, get(CIPHER[i]))),
    ...EACH.flatMap((i) => store(inChain(4 + i), ZERO, get(PLAIN[i]))),
  ]
}

/** The bytes of the module: the same on every machine. */
export function aesWasmBytes(): Uint8Array<ArrayBuffer> {
  return wasmModule(PAGES, [
    { name: 'expandKey', parameters: 0, locals: 1, body: expandKey() },
    { name: 'invertKey', parameters: 0, locals: 2, body: invertKey() },
    { name: 'encrypt', parameters: 2, locals: LOCALS, body: ige(ENCRYPT) },
    { name: 'decrypt', parameters: 2, locals: LOCALS, body: ige(DECRYPT) },
  ])
}

interface Exports {
  readonly memory: WebAssembly.Memory
  expandKey(): void
  invertKey(): void
  encrypt(start: number, end: number): void
  decrypt(start: number, end: number): void
}

/** One instance of the module, with its memory. Between two calls it holds no key and no data. */
export class AesWasm {
  readonly #exports: Exports
  readonly #memory: Uint8Array

  /** @throws where the platform has no WebAssembly, or a content security policy forbids it */
  constructor() {
    this.#exports = new WebAssembly.Instance(new WebAssembly.Module(aesWasmBytes())).exports as unknown as Exports
    this.#memory = new Uint8Array(this.#exports.memory.buffer)
    const { sbox, inverseSbox, forward, inverse } = aesTables()
    const words = new Int32Array(this.#exports.memory.buffer)
    forward.forEach((table, row) => words.set(table, FORWARD / 4 + 256 * row))
    inverse.forEach((table, row) => words.set(table, INVERSE / 4 + 256 * row))
    this.#memory.set(sbox, SBOX)
    this.#memory.set(inverseSbox, INVERSE_SBOX)
  }

  /** AES-256-IGE of whole blocks: `key` and `iv` have 32 bytes. */
  ige(direction: 'encrypt' | 'decrypt', data: Uint8Array, key: Uint8Array, iv: Uint8Array): Uint8Array {
    if (key.length !== KEY_BYTES) throw new LocalError('argument', 'the module takes keys of 256 bits', { path: 'key' })
    const memory = this.#memory
    memory.set(key, KEYS)
    memory.set(iv, CHAIN)
    this.#exports.expandKey()
    if (direction === 'decrypt') this.#exports.invertKey()
    const output = data.length <= DATA_BYTES ? this.#piece(direction, data) : this.#pieces(direction, data)
    memory.fill(0, KEYS, DATA + Math.min(data.length, DATA_BYTES))
    return output
  }

  #piece(direction: 'encrypt' | 'decrypt', data: Uint8Array): Uint8Array {
    this.#memory.set(data, DATA)
    this.#exports[direction](DATA, DATA + data.length)
    return this.#memory.slice(DATA, DATA + data.length)
  }

  #pieces(direction: 'encrypt' | 'decrypt', data: Uint8Array): Uint8Array {
    const output = new Uint8Array(data.length)
    for (let start = 0; start < data.length; start += DATA_BYTES) {
      output.set(this.#piece(direction, data.subarray(start, start + DATA_BYTES)), start)
    }
    return output
  }
}
