import {
  add,
  and,
  call,
  constant,
  doWhileDifferent,
  get,
  load,
  or,
  set,
  shiftLeft,
  shiftRight,
  store,
  turnLeft,
  turnRight,
  whileLess,
  xor,
  type Code,
  type WasmFunction,
} from './assembler.js'
import { HASH, SCHEDULE, SHA256_CONSTANTS } from './layout.js'

/**
 * SHA-256 (FIPS 180-4) in WebAssembly. A native hash is several times as fast on long messages, but on one of a few
 * blocks the way there and back costs more than the hash.
 */

const BLOCK_BYTES = 64
const ZERO = constant(0)
const PRIMES = /* @__PURE__ */ firstPrimes(64)

function firstPrimes(count: number): readonly number[] {
  const primes: number[] = []
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n)
  return primes
}

/** The first 32 bits of the fraction. */
const fraction = (root: number): number => ((root % 1) * 2 ** 32) | 0

/** A word with its bytes in the opposite order. */
const reversed = (word: Code): Code =>
  or(and(turnLeft(word, 8), constant(0x00ff00ff)), and(turnLeft(word, 24), constant(0xff00ff00 | 0)))

/** The functions of 4.1.2. */
const bigSigma = (word: Code, a: number, b: number, c: number): Code =>
  xor(turnRight(word, a), turnRight(word, b), turnRight(word, c))
const smallSigma = (word: Code, a: number, b: number, c: number): Code =>
  xor(turnRight(word, a), turnRight(word, b), shiftRight(word, c))
const choose = (e: Code, f: Code, g: Code): Code => xor(g, and(e, xor(f, g)))
const majority = (a: Code, b: Code, c: Code): Code => or(and(a, b), and(c, or(a, b)))

/** Takes the block at its parameter into HASH (6.2.2). */
function compress(): Code {
  const AT = 0
  const STATE = [1, 2, 3, 4, 5, 6, 7, 8] as const
  const OFFSET = 9
  const scheduled = (before: number): Code => load(SCHEDULE + 64 - 4 * before, get(OFFSET))
  const round = (i: number): Code => {
    const at = (letter: number): number => STATE[(letter - i + 8) % 8]!
    const [a, b, c, d, e, f, g, h] = [0, 1, 2, 3, 4, 5, 6, 7].map(at) as [number, number, number, number, number, number, number, number]
    return [
      set(
        h,
        add(
          get(h),
          load(SHA256_CONSTANTS + 4 * i, get(OFFSET)),
          load(SCHEDULE + 4 * i, get(OFFSET)),
          choose(get(e), get(f), get(g)),
          bigSigma(get(e), 6, 11, 25),
        ),
      ),
      set(d, add(get(d), get(h))),
      set(h, add(get(h), majority(get(a), get(b), get(c)), bigSigma(get(a), 2, 13, 22))),
    ]
  }
  return [
    set(OFFSET, ZERO),
    doWhileDifferent(get(OFFSET), constant(BLOCK_BYTES), [
      store(SCHEDULE, get(OFFSET), reversed(load(0, add(get(AT), get(OFFSET))))),
      set(OFFSET, add(get(OFFSET), constant(4))),
    ]),
    set(OFFSET, ZERO),
    doWhileDifferent(get(OFFSET), constant(4 * 48), [
      store(
        SCHEDULE + 64,
        get(OFFSET),
        add(scheduled(16), smallSigma(scheduled(15), 7, 18, 3), scheduled(7), smallSigma(scheduled(2), 17, 19, 10)),
      ),
      set(OFFSET, add(get(OFFSET), constant(4))),
    ]),
    STATE.map((word, i) => set(word, load(HASH + 4 * i, ZERO))),
    set(OFFSET, ZERO),
    doWhileDifferent(get(OFFSET), constant(4 * 64), [
      STATE.map((_, i) => round(i)),
      set(OFFSET, add(get(OFFSET), constant(32))),
    ]),
    STATE.map((word, i) => store(HASH + 4 * i, ZERO, add(load(HASH + 4 * i, ZERO), get(word)))),
  ]
}

/** The hash of what lies at the first parameter, as long as the second, into HASH; the padding is written behind it. */
function digest(compressBlock: number): Code {
  const [AT, LENGTH, END, PLACE] = [0, 1, 2, 3]
  const words = Array.from({ length: 8 }, (_, i) => HASH + 4 * i)
  return [
    // The hash begins with the square roots of the first eight primes (5.3.3).
    words.map((address, i) => store(address, ZERO, constant(fraction(Math.sqrt(PRIMES[i]!))))),
    // 0x80, zeros, and the length in bits: 9 bytes at least, up to the end of a block (5.1.1).
    set(END, add(get(AT), and(add(get(LENGTH), constant(72)), constant(-BLOCK_BYTES)))),
    set(PLACE, add(get(AT), get(LENGTH))),
    store(0, get(PLACE), constant(0x80)),
    set(PLACE, add(get(PLACE), constant(4))),
    whileLess(get(PLACE), get(END), [store(0, get(PLACE), ZERO), set(PLACE, add(get(PLACE), constant(4)))]),
    store(0, add(get(END), constant(-4)), reversed(shiftLeft(get(LENGTH), 3))),
    whileLess(get(AT), get(END), [call(compressBlock, get(AT)), set(AT, add(get(AT), constant(BLOCK_BYTES)))]),
    words.map((address) => store(address, ZERO, reversed(load(address, ZERO)))),
  ]
}

/** `compress(block)` and `digest(start, length)`, whole words of bytes; the first of them has the number given. */
export const sha256Functions = (first: number): readonly WasmFunction[] => [
  { name: 'compress', parameters: 1, locals: 9, body: compress() },
  { name: 'digest', parameters: 2, locals: 2, body: digest(first) },
]

/** The cube roots of the first 64 primes (4.2.2). */
export const sha256Constants = (): Int32Array => Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)))
