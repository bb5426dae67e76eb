import type { Inline } from '../model/inline.js'
import { code, text } from '../model/inline.js'

/** A type that every schema has and none declares. */
export interface Builtin {
  readonly name: string
  /** What it is, and what stands on the wire. */
  readonly description: readonly Inline[]
  /** As TypeScript sees it, on the way in. */
  readonly typescript: string
  readonly bytes: string
}

const BUILTINS: readonly Builtin[] = [
  {
    name: 'int',
    description: [text('A signed 32-bit number, lowest byte first. Dates are seconds since 1970 in this type.')],
    typescript: 'number',
    bytes: '4',
  },
  {
    name: 'long',
    description: [
      text('A signed 64-bit number, lowest byte first. It comes out as a '),
      code('big-integer'),
      text(' object; going in, a '),
      code('bigint'),
      text(', a safe integer, a decimal string or a '),
      code('big-integer'),
      text(' is accepted.'),
    ],
    typescript: 'Api.long',
    bytes: '8',
  },
  {
    name: 'int128',
    description: [text('128 bits, such as a nonce of the key exchange.')],
    typescript: 'Api.int128',
    bytes: '16',
  },
  {
    name: 'int256',
    description: [text('256 bits, such as a nonce of the key exchange.')],
    typescript: 'Api.int256',
    bytes: '32',
  },
  {
    name: 'double',
    description: [text('A 64-bit floating point number (IEEE 754), lowest byte first.')],
    typescript: 'number',
    bytes: '8',
  },
  {
    name: 'string',
    description: [
      text('UTF-8 text: one byte of length up to 253, or '),
      code('fe'),
      text(' and three bytes of length, then the text, then zeros up to a multiple of four.'),
    ],
    typescript: 'string',
    bytes: '4, 8, 12, …',
  },
  {
    name: 'bytes',
    description: [text('Arbitrary bytes, framed like a string. They come out as a Buffer where the platform has it.')],
    typescript: 'Buffer | Uint8Array',
    bytes: '4, 8, 12, …',
  },
  {
    name: 'Bool',
    description: [
      text('True or false, each with a number of its own: '),
      code('boolTrue#997275b5'),
      text(' or '),
      code('boolFalse#bc799737'),
      text('.'),
    ],
    typescript: 'boolean',
    bytes: '4',
  },
  {
    name: 'true',
    description: [text('A flag without a value: it is true when its bit in the flag word is set, and takes no bytes.')],
    typescript: 'boolean',
    bytes: '0',
  },
  {
    name: '#',
    description: [
      text('A flag word: 32 bits that say which of the conditional fields are there. It is computed, never given.'),
    ],
    typescript: 'number',
    bytes: '4',
  },
  {
    name: 'Vector',
    description: [
      text('A list: '),
      code('1cb5c415'),
      text(', the number of items, then the items. Written with a small letter ('),
      code('vector'),
      text(') it goes without its number.'),
    ],
    typescript: 'Array',
    bytes: '8 and more',
  },
]

const byName = new Map(BUILTINS.map((builtin) => [builtin.name, builtin]))

export function builtins(): readonly Builtin[] {
  return BUILTINS
}

export function isBuiltin(name: string): boolean {
  return byName.has(name)
}
