import {
  add,
  and,
  constant,
  doWhileDifferent,
  get,
  load,
  loadWideAnywhere,
  loadByte,
  loadWide,
  lowerHalf,
  or,
  orWide,
  set,
  shiftLeft,
  shiftLeftWide,
  shiftRight,
  shiftRightWide,
  store,
  storeWide,
  wasmModule,
  whileLess,
  widen,
  xor,
  xorWide,
  type Code,
} from './assembler.js'
import {
  BYTE_AT,
  CHAIN,
  ENTRY,
  FORWARD,
  INNER_KEYS,
  INVERSE,
  INVERSE_SBOX,
  KEYS,
  PAGES,
  ROUND,
  SBOX,
  TABLE,
} from './layout.js'

/**
 * AES-256-IGE in WebAssembly: the module is assembled here, from the functions below, when it is first asked for.
 * Decryption feeds each block into the next, so that no native mode can do it and one call per block costs more than
 * the block; the tables of AES in WebAssembly are the fastest way left.
 */

const ROUNDS = 14
const ZERO = constant(0)
// Locals of a cipher: two parameters, the address of a round key, then the block before the first round and after the
// last, the chain, and the block that came in, as halves, and the columns before and after an inner round.
const AT = 0
const END = 1
const KEY = 2
const LOCALS = 1
const BLOCK = [3, 4] as const
const CIPHER = [5, 6] as const
const PLAIN = [7, 8] as const
const INPUT = [9, 10] as const
const STATE = [11, 12, 13, 14] as const
const NEXT = [15, 16, 17, 18] as const
const WIDE_LOCALS = 16

type Columns = typeof STATE | typeof NEXT
const EACH = [0, 1, 2, 3] as const
const HALVES = [0, 1] as const

/** The offset of the entry for byte `row` of a word. */
const entryOffset = (word: Code, row: number): Code =>
  and(row === 0 ? shiftLeft(word, 3) : shiftRight(word, 8 * row - 3), constant(255 * ENTRY))

/**
 * Between the inner rounds a column has four lanes of 16 bits, each with a byte of it as the offset of its entry, eight
 * times its value: so one or two instructions take it out. The entries of the tables and the inner round keys have the
 * same form.
 */
function laneOffset(lanes: Code, row: number): Code {
  if (row === 1) return shiftRight(lowerHalf(lanes), 16)
  const lane = row === 0 ? lanes : shiftRightWide(lanes, 16 * row)
  return row === 3 ? lowerHalf(lane) : and(lowerHalf(lane), constant(0xffff))
}

const substitute = (word: Code, row: number): Code => loadByte(SBOX + BYTE_AT, entryOffset(word, row))

/** The key schedule of AES-256 (FIPS 197, 5.2): a turn makes 8 words from the 8 before; 4 of the last are not used. */
function expandKey(): Code {
  const [AT_WORD, WORD, CONSTANT] = [0, 1, 2]
  const substituted = (word: Code): Code => EACH.map((row) => shiftLeft(substitute(word, row), 8 * row)).reduce(or)
  const turned = or(shiftRight(get(WORD), 8), shiftLeft(get(WORD), 24))
  const words = Array.from({ length: 8 }, (_, i) => [
    i === 0 ? [set(WORD, turned), set(WORD, xor(substituted(get(WORD)), get(CONSTANT)))] : [],
    i === 4 ? set(WORD, substituted(get(WORD))) : [],
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

/** Makes the inner round keys, in the order of their use, from the words of the key schedule. */
function innerKeys({ order }: Direction, inLanes: (word: Code) => Code): Code {
  const [FROM, TO, WORD] = [0, 1, 2]
  return [
    set(FROM, constant(keyAddress(1, order))),
    set(TO, constant(INNER_KEYS)),
    doWhileDifferent(get(TO), constant(INNER_KEYS + 13 * 32), [
      EACH.map((column) => [
        set(WORD, load(4 * column, get(FROM))),
        storeWide(8 * column, get(TO), inLanes(get(WORD))),
      ]),
      set(FROM, add(get(FROM), constant(16 * order))),
      set(TO, add(get(TO), constant(32))),
    ]),
  ]
}

/** The round keys for encryption, as they are. */
const forwardKey = (): Code =>
  innerKeys(ENCRYPT, (word) =>
    EACH.map((row) => shiftLeftWide(widen(entryOffset(word, row)), 16 * row)).reduce(orWide),
  )

/** Those of the equivalent inverse cipher (5.3.5): InvMixColumns of them, which the tables give. */
const inverseKey = (): Code =>
  innerKeys(DECRYPT, (word) => {
    const [first, ...rest] = EACH.map((row) => loadWide(INVERSE + TABLE * row, shiftLeft(substitute(word, row), 3)))
    return xorWide(first!, ...rest)
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

/** The address of the round key of a round, as words. */
const keyAddress = (round: number, order: 1 | -1): number => KEYS + 16 * (order === 1 ? round : ROUNDS - round)

/** The offset of the entry for byte `row` of a column. */
type EntryOffset = (column: 0 | 1 | 2 | 3, row: number) => Code
const inBlock: EntryOffset = (column, row) => {
  const half = get(BLOCK[column < 2 ? 0 : 1])
  return entryOffset(column % 2 === 0 ? lowerHalf(half) : lowerHalf(shiftRightWide(half, 32)), row)
}
const inColumns =
  (columns: Columns): EntryOffset =>
  (column, row) =>
    laneOffset(get(columns[column]), row)

/**
 * The terms of `column` after a round: what `load` gives for each byte, from the column in which the byte lies before.
 * The columns before are taken in the order in which they were made.
 */
function terms(
  column: number,
  { step }: Direction,
  offset: EntryOffset,
  loadEntry: (row: number, offset: Code) => Code,
): Code[] {
  return EACH.map((from) => {
    const row = ((from - column) * step) & 3 // as step is its own inverse modulo 4
    return loadEntry(row, offset(from, row))
  })
}

/**
 * An inner round, with the round key at `address + keyOffset`. All columns but the last are stored although nobody loads
 * them: an engine orders loads and stores as they stand, but puts off all else until it is needed. V8 would begin to xor
 * after the last load of the round, run out of registers for the terms, and take 50 % longer.
 */
function innerRound(from: EntryOffset, to: Columns, direction: Direction, keyOffset: number, address: Code): Code {
  return EACH.map((column) => {
    const key = loadWide(keyOffset + 8 * column, address)
    const made = terms(column, direction, from, (row, offset) => loadWide(direction.tables + TABLE * row, offset))
    return [
      set(to[column], xorWide(key, ...made)),
      column < 3 ? storeWide(ROUND + 8 * column, ZERO, get(to[column])) : [],
    ]
  })
}

/** The last round. A load from before a byte of the S-box has it where it belongs in a half, and zeros around it. */
function lastRound(from: EntryOffset, direction: Direction): Code {
  return HALVES.map((half) => {
    const key = loadWide(keyAddress(ROUNDS, direction.order) + 8 * half, ZERO)
    const made = HALVES.flatMap((column) =>
      terms(2 * half + column, direction, from, (row, offset) =>
        loadWideAnywhere(direction.sbox + BYTE_AT - row - 4 * column, offset),
      ),
    )
    return set(BLOCK[half], xorWide(key, ...made))
  })
}

/** The block cipher on BLOCK: an inner round on the block as it is, six times two on columns in lanes, and the last. */
function cipher(direction: Direction): Code {
  return [
    HALVES.map((half) =>
      set(BLOCK[half], xorWide(get(BLOCK[half]), loadWide(keyAddress(0, direction.order) + 8 * half, ZERO))),
    ),
    innerRound(inBlock, STATE, direction, INNER_KEYS, ZERO),
    set(KEY, constant(INNER_KEYS + 32)),
    doWhileDifferent(get(KEY), constant(INNER_KEYS + 13 * 32), [
      innerRound(inColumns(STATE), NEXT, direction, 0, get(KEY)),
      innerRound(inColumns(NEXT), STATE, direction, 32, get(KEY)),
      set(KEY, add(get(KEY), constant(64))),
    ]),
    lastRound(inColumns(STATE), direction),
  ]
}

/**
 * IGE over the blocks from AT to END: c_i = E(p_i xor c_(i-1)) xor p_(i-1), or p_i = D(c_i xor p_(i-1)) xor c_(i-1).
 * The two directions differ in the cipher and in which half of the chain the input meets first.
 */
function ige(direction: Direction): Code {
  const [before, after] = direction === ENCRYPT ? [CIPHER, PLAIN] : [PLAIN, CIPHER]
  const chain = [...CIPHER, ...PLAIN]
  return [
    chain.map((half, i) => set(half, loadWide(CHAIN + 8 * i, ZERO))),
    whileLess(get(AT), get(END), [
      HALVES.map((half) => set(INPUT[half], loadWide(8 * half, get(AT)))),
      HALVES.map((half) => set(BLOCK[half], xorWide(get(INPUT[half]), get(before[half])))),
      cipher(direction),
      HALVES.map((half) => set(before[half], xorWide(get(BLOCK[half]), get(after[half])))),
      HALVES.map((half) => set(after[half], get(INPUT[half]))),
      HALVES.map((half) => storeWide(8 * half, get(AT), get(before[half]))),
      set(AT, add(get(AT), constant(16))),
    ]),
    chain.map((half, i) => storeWide(CHAIN + 8 * i, ZERO, get(half))),
  ]
}

/** The bytes of the module: the same on every machine. */
export function aesWasmBytes(): Uint8Array<ArrayBuffer> {
  return wasmModule(PAGES, [
    { name: 'expandKey', parameters: 0, locals: 3, body: expandKey() },
    { name: 'forwardKey', parameters: 0, locals: 3, body: forwardKey() },
    { name: 'inverseKey', parameters: 0, locals: 3, body: inverseKey() },
    { name: 'encrypt', parameters: 2, locals: LOCALS, wideLocals: WIDE_LOCALS, body: ige(ENCRYPT) },
    { name: 'decrypt', parameters: 2, locals: LOCALS, wideLocals: WIDE_LOCALS, body: ige(DECRYPT) },
  ])
}
