import {
  add,
  and,
  constant,
  doWhileDifferent,
  get,
  load,
  loadByte,
  or,
  set,
  shiftLeft,
  shiftRight,
  store,
  turnLeft,
  wasmModule,
  whileLess,
  xor,
  type Code,
} from './assembler.js'
import { CHAIN, FORWARD, INVERSE, INVERSE_SBOX, KEYS, PAGES, ROUND, SBOX } from './layout.js'

/**
 * AES-256-IGE in WebAssembly: the module is assembled here, from the functions below, when it is first asked for.
 * Decryption feeds each block into the next, so that no native mode can do it and one call per block costs more than
 * the block; the tables of AES in WebAssembly are the fastest way left.
 */

const ROUNDS = 14
const ZERO = constant(0)

// Locals of a cipher: two parameters, the state before and after a round, the chain, the block that came in, and the
// address of a round key.
const AT = 0
const END = 1
const STATE = [2, 3, 4, 5] as const
const NEXT = [6, 7, 8, 9] as const
const CIPHER = [10, 11, 12, 13] as const
const PLAIN = [14, 15, 16, 17] as const
const INPUT = [18, 19, 20, 21] as const
const KEY = 22
const LOCALS = 21

type Words = readonly [number, number, number, number]
const EACH = [0, 1, 2, 3] as const

/**
 * The state is kept with its words turned left by two bits, as the entries of the tables and the inner round keys are:
 * so a byte stands where the offset of its entry in a table of words is wanted, four times its value.
 */
export const TURN = 2

/** Byte `row` of a turned word, times 4. */
function entryOffset(word: Code, row: number): Code {
  return and(row === 0 ? word : row === 3 ? turnLeft(word, 8) : shiftRight(word, 8 * row), constant(0x3fc))
}

/** Byte `row` of a word as it is, times 4. */
const plainOffset = (word: Code, row: number): Code => entryOffset(turnLeft(word, TURN), row)

/** The key schedule of AES-256 (FIPS 197, 5.2): a turn makes 8 words from the 8 before; 4 of the last are not used. */
function expandKey(): Code {
  const [AT_WORD, WORD, CONSTANT] = [0, 1, 2]
  const substitute = (word: Code): Code =>
    EACH.map((row) => shiftLeft(loadByte(SBOX, plainOffset(word, row)), 8 * row)).reduce(or)
  const turned = or(shiftRight(get(WORD), 8), shiftLeft(get(WORD), 24))
  const words = Array.from({ length: 8 }, (_, i) => [
    i === 0 ? [set(WORD, turned), set(WORD, xor(substitute(get(WORD)), get(CONSTANT)))] : [],
    i === 4 ? set(WORD, substitute(get(WORD))) : [],
    set(WORD, xor(get(WORD), load(4 * i, get(AT_WORD)))),
    store(32 + 4 * i, get(AT_WORD), get(WORD)),
  ])
  return [
    set(AT_WORD, constant(KEYS)),
    set(WORD, load(KEYS + 28, ZERO)),
    set(CONSTANT, constant(1)),
    doWhileDifferent(get(AT_WORD), constant(KEYS + 7 * 32), [
      words,
      set(CONSTANT, shiftLeft(get(CONSTANT), 1)),
      set(AT_WORD, add(get(AT_WORD), constant(32))),
    ]),
  ]
}

/** Does something with each word of the inner round keys. */
function forEachInnerKey(become: (word: Code) => Code): Code {
  const ADDRESS = 0
  const WORD = 1
  return [
    set(ADDRESS, constant(KEYS + 16)),
    whileLess(get(ADDRESS), constant(KEYS + 16 * ROUNDS), [
      set(WORD, load(0, get(ADDRESS))),
      store(0, get(ADDRESS), become(get(WORD))),
      set(ADDRESS, add(get(ADDRESS), constant(4))),
    ]),
  ]
}

/** The round keys for encryption: turned like the state. */
const turnKey = (): Code => forEachInnerKey((word) => turnLeft(word, TURN))

/**
 * Those of the equivalent inverse cipher (5.3.5), but in the same order: InvMixColumns of them, which the tables give
 * turned.
 */
const invertKey = (): Code =>
  forEachInnerKey((word) => {
    const substituted = (row: number): Code => shiftLeft(loadByte(SBOX, plainOffset(word, row)), 2)
    const [first, ...rest] = EACH.map((row) => load(INVERSE + 1024 * row, substituted(row)))
    return xor(first!, ...rest)
  })

/** What tells the directions apart; ShiftRows takes row r from r columns to the right, its inverse to the left. */
interface Direction {
  readonly tables: number
  readonly sbox: number
  readonly step: 1 | 3
  /** Encryption uses the round keys from the first to the last, decryption from the last to the first. */
  readonly order: 1 | -1
}
const ENCRYPT: Direction = { tables: FORWARD, sbox: SBOX, step: 1, order: 1 }
const DECRYPT: Direction = { tables: INVERSE, sbox: INVERSE_SBOX, step: 3, order: -1 }

/** The address of the round key of a round. */
const keyAddress = (round: number, { order }: Direction): number => KEYS + 16 * (order === 1 ? round : ROUNDS - round)

/** The word in which the byte in `row` of what becomes `column` lies. */
const source = (words: Words, column: number, row: number, step: number): Code =>
  get(words[((column + row * step) & 3) as 0])

/**
 * A word of the state as a round makes it. It is stored although nobody loads it: an engine orders loads and stores as
 * they stand, but puts off all else until it is needed. V8 would begin to xor after the last load of the round, run out
 * of registers for the terms, and take 45 % longer.
 */
const setAtOnce = (to: Words, column: 0 | 1 | 2 | 3, word: Code): Code => [
  set(to[column], word),
  store(ROUND + 4 * column, ZERO, get(to[column])),
]

/** One of the 13 inner rounds, from one set of locals to the other, with the round key at `address + offset`. */
function innerRound(from: Words, to: Words, { tables, step }: Direction, offset: number, address: Code): Code {
  return EACH.map((column) => {
    const terms = EACH.map((row) => load(tables + 1024 * row, entryOffset(source(from, column, row, step), row)))
    return setAtOnce(to, column, xor(load(offset + 4 * column, address), ...terms))
  })
}

function lastRound(from: Words, to: Words, direction: Direction): Code {
  const { sbox, step } = direction
  return EACH.map((column) => {
    const terms = EACH.map((row) => shiftLeft(loadByte(sbox, entryOffset(source(from, column, row, step), row)), 8 * row))
    return setAtOnce(to, column, xor(load(keyAddress(ROUNDS, direction) + 4 * column, ZERO), ...terms))
  })
}

/** The block cipher on STATE: six times two inner rounds, one more, and the last. The result is in STATE again. */
function cipher(direction: Direction): Code {
  const { order } = direction
  const lower = keyAddress(order === 1 ? 1 : 2, direction) // of the two keys that a turn uses, the one further down
  const [first, second] = order === 1 ? [0, 16] : [16, 0]
  return [
    EACH.map((column) => {
      const key = load(keyAddress(0, direction) + 4 * column, ZERO)
      return set(STATE[column], turnLeft(xor(get(STATE[column]), key), TURN))
    }),
    set(KEY, constant(lower)),
    doWhileDifferent(get(KEY), constant(lower + 6 * 32 * order), [
      innerRound(STATE, NEXT, direction, first, get(KEY)),
      innerRound(NEXT, STATE, direction, second, get(KEY)),
      set(KEY, add(get(KEY), constant(32 * order))),
    ]),
    innerRound(STATE, NEXT, direction, keyAddress(13, direction), ZERO),
    lastRound(NEXT, STATE, direction),
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
    EACH.map((i) => set(CIPHER[i], load(inChain(i), ZERO))),
    EACH.map((i) => set(PLAIN[i], load(inChain(4 + i), ZERO))),
    whileLess(get(AT), get(END), [
      EACH.map((i) => set(INPUT[i], load(4 * i, get(AT)))),
      EACH.map((i) => set(STATE[i], xor(get(INPUT[i]), get(before[i])))),
      cipher(direction),
      EACH.map((i) => set(before[i], xor(get(STATE[i]), get(after[i])))),
      EACH.map((i) => set(after[i], get(INPUT[i]))),
      EACH.map((i) => store(4 * i, get(AT), get(before[i]))),
      set(AT, add(get(AT), constant(16))),
    ]),
    EACH.map((i) => store(inChain(i), ZERO, get(CIPHER[i]))),
    EACH.map((i) => store(inChain(4 + i), ZERO, get(PLAIN[i]))),
  ]
}

/** The bytes of the module: the same on every machine. */
export function aesWasmBytes(): Uint8Array<ArrayBuffer> {
  return wasmModule(PAGES, [
    { name: 'expandKey', parameters: 0, locals: 3, body: expandKey() },
    { name: 'turnKey', parameters: 0, locals: 2, body: turnKey() },
    { name: 'invertKey', parameters: 0, locals: 2, body: invertKey() },
    { name: 'encrypt', parameters: 2, locals: LOCALS, body: ige(ENCRYPT) },
    { name: 'decrypt', parameters: 2, locals: LOCALS, body: ige(DECRYPT) },
  ])
}
