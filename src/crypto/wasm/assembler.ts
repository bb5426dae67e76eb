/**
 * As much of an assembler for WebAssembly as a cipher and a hash need. An expression is a tree whose leaves are its bytes in
 * order, operands first: it is made flat once, as part of the module.
 * @see https://www.w3.org/TR/wasm-core-1/#binary-format
 */
export type Code = number | readonly Code[]

function flatten(code: Code, bytes: number[] = []): number[] {
  if (typeof code === 'number') bytes.push(code)
  else for (const part of code) flatten(part, bytes)
  return bytes
}

/** An unsigned integer in LEB128 (5.2.2). */
function unsigned(value: number): number[] {
  const bytes: number[] = []
  do {
    const low = value & 127
    value >>>= 7
    bytes.push(value === 0 ? low : low | 128)
  } while (value !== 0)
  return bytes
}

/** A signed integer of 32 bits in LEB128. */
function signed(value: number): number[] {
  const bytes: number[] = []
  for (;;) {
    const low = value & 127
    value >>= 7
    const last = (value === 0 && (low & 64) === 0) || (value === -1 && (low & 64) !== 0)
    bytes.push(last ? low : low | 128)
    if (last) return bytes
  }
}

// As powers of two.
const WORD_ALIGNMENT = 2
const WIDE_ALIGNMENT = 3

export const constant = (value: number): Code => [0x41, signed(value)]
export const get = (local: number): Code => [0x20, unsigned(local)]
export const set = (local: number, value: Code): Code => [value, 0x21, unsigned(local)]
/** Loads the 32-bit word at `address + offset`. */
export const load = (offset: number, address: Code): Code => [address, 0x28, WORD_ALIGNMENT, unsigned(offset)]
/** Loads the byte at `address + offset`. */
export const loadByte = (offset: number, address: Code): Code => [address, 0x2d, 0, unsigned(offset)]
export const store = (offset: number, address: Code, value: Code): Code => [
  address,
  value,
  0x36,
  WORD_ALIGNMENT,
  unsigned(offset),
]
/** Loads the 64-bit word at `address + offset`. */
export const loadWide = (offset: number, address: Code): Code => [address, 0x29, WIDE_ALIGNMENT, unsigned(offset)]
export const storeWide = (offset: number, address: Code, value: Code): Code => [
  address,
  value,
  0x37,
  WIDE_ALIGNMENT,
  unsigned(offset),
]
/** The same, of a word that may begin anywhere. */
export const loadWideAnywhere = (offset: number, address: Code): Code => [address, 0x29, 0, unsigned(offset)]
/** Loads the 16 bytes at an address, which need not be a multiple of anything. */
export const loadBlock = (address: Code): Code => [address, 0xfd, 0x00, 0, 0]
export const storeBlock = (address: Code, block: Code): Code => [address, block, 0xfd, 0x0b, 0, 0]
export const xorBlocks = (a: Code, b: Code): Code => [a, b, 0xfd, 0x51]
export const add = (first: Code, ...rest: readonly Code[]): Code => [first, rest.map((code) => [code, 0x6a])]
export const and = (a: Code, b: Code): Code => [a, b, 0x71]
export const or = (a: Code, b: Code): Code => [a, b, 0x72]
export const xor = (first: Code, ...rest: readonly Code[]): Code => [first, rest.map((code) => [code, 0x73])]
export const turnLeft = (a: Code, bits: number): Code => [a, constant(bits), 0x77]
export const turnRight = (a: Code, bits: number): Code => [a, constant(bits), 0x78]
export const shiftLeft = (a: Code, bits: number): Code => [a, constant(bits), 0x74]
export const shiftRight = (a: Code, bits: number): Code => [a, constant(bits), 0x76]
export const xorWide = (first: Code, ...rest: readonly Code[]): Code => [first, rest.map((code) => [code, 0x85])]
export const orWide = (a: Code, b: Code): Code => [a, b, 0x84]
export const shiftLeftWide = (a: Code, bits: number): Code => [a, 0x42, signed(bits), 0x86]
export const shiftRightWide = (a: Code, bits: number): Code => [a, 0x42, signed(bits), 0x88]
/** The lower half of a 64-bit word. */
export const lowerHalf = (a: Code): Code => [a, 0xa7]
/** A 32-bit word as one of 64 bits. */
export const widen = (a: Code): Code => [a, 0xad]
/** Calls the function of that number, of those that are imported and then those of the module. */
export const call = (fn: number, ...args: readonly Code[]): Code => [args, 0x10, unsigned(fn)]
/** Does `body` while `a < b`, both unsigned; the condition is asked before each turn. */
export const whileLess = (a: Code, b: Code, body: Code): Code => [
  [0x02, 0x40, 0x03, 0x40], // block, loop
  a,
  b,
  [0x4f, 0x0d, 1], // i32.ge_u, br_if block
  body,
  [0x0c, 0, 0x0b, 0x0b], // br loop, end, end
]

/** Does `body`, and again as long as `a` and `b` differ after it. */
export const doWhileDifferent = (a: Code, b: Code, body: Code): Code => [
  [0x03, 0x40], // loop
  body,
  a,
  b,
  [0x47, 0x0d, 0, 0x0b], // i32.ne, br_if loop, end
]

export interface WasmFunction {
  readonly name: string
  /** The first locals. They are integers of 32 bits, as the others are. */
  readonly parameters: number
  readonly locals: number
  /** The last locals, of 64 bits. */
  readonly wideLocals?: number
  readonly body: Code
}

const I32 = 0x7f
const I64 = 0x7e
const PREAMBLE = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]

function sized(code: Code): Code {
  const bytes = flatten(code)
  return [unsigned(bytes.length), bytes]
}
const section = (id: number, entries: readonly Code[]): Code => [id, sized([unsigned(entries.length), entries])]
const name = (text: string): Code => sized([...text].map((character) => character.charCodeAt(0)))

/** What a module has of another one: functions, which come first in the count of functions, and the memory. */
export type Imports = readonly Pick<WasmFunction, 'name' | 'parameters'>[]
/** The name under which a module looks for what it imports. */
const IMPORTED_FROM = 'm'

/**
 * A module that exports its functions and `memory`: `pages` of 64 KiB, its own, or those of the module that it imports
 * from. No function gives a result.
 */
export function wasmModule(
  pages: number,
  functions: readonly WasmFunction[],
  imports?: Imports,
): Uint8Array<ArrayBuffer> {
  const known = [...(imports ?? []), ...functions]
  const limits = [0x01, unsigned(pages), unsigned(pages)]
  const imported = (what: string, kind: Code): Code => [name(IMPORTED_FROM), name(what), kind]
  const firstOwn = known.length - functions.length
  return Uint8Array.from(
    flatten([
      PREAMBLE,
      section(1, known.map(({ parameters }) => [0x60, sized(Array<number>(parameters).fill(I32)), 0])),
      imports
        ? section(2, [
            ...imports.map((fn, index) => imported(fn.name, [0x00, unsigned(index)])),
            imported('memory', [0x02, limits]),
          ])
        : [],
      section(3, functions.map((_, index) => unsigned(firstOwn + index))),
      imports ? [] : section(5, [limits]),
      section(7, [
        ...functions.map((fn, index) => [name(fn.name), 0x00, unsigned(firstOwn + index)]),
        [name('memory'), 0x02, 0],
      ]),
      section(10, functions.map(({ locals, wideLocals = 0, body }) =>
        sized([2, unsigned(locals), I32, unsigned(wideLocals), I64, body, 0x0b]),
      )),
    ]),
  )
}

/** The exports of an instance of a module, which may have `imports` of another one. */
export function instantiate<T>(module: Uint8Array<ArrayBuffer>, imports?: object): T {
  const given = imports && { [IMPORTED_FROM]: imports as WebAssembly.ModuleImports }
  return new WebAssembly.Instance(new WebAssembly.Module(module), given).exports as T
}
