import { readFileSync } from 'node:fs'
import { fromHex } from '../../../src/bytes/hex.js'
import type { Random } from '../../../src/platform/random.js'

/** One published vector; what `data` holds depends on the group. */
export interface Vector<Data = Record<string, string>> {
  readonly group: string
  readonly name: string
  readonly source: string
  readonly data: Data
}

const file = JSON.parse(readFileSync(new URL('../../golden/vectors.json', import.meta.url), 'utf8')) as {
  readonly vectors: readonly Vector<unknown>[]
}

/** The published vectors of a group; it is a mistake to ask for one that has none. */
export function vectorsOf<Data = Record<string, string>>(group: string): Vector<Data>[] {
  const found = file.vectors.filter((vector) => vector.group === group)
  if (found.length === 0) throw new Error(`no vectors of the group ${group}`)
  return found as Vector<Data>[]
}

/** Bytes of a vector: hex, or text behind `ascii:`. */
export function bytesOf(text: string | undefined): Uint8Array {
  if (text === undefined) throw new Error('the vector lacks a field')
  return text.startsWith('ascii:') ? new TextEncoder().encode(text.slice(6)) : fromHex(text)
}

/** Randomness that gives exactly these bytes, and fails where more are asked for. */
export function givenRandom(...parts: readonly Uint8Array[]): Random & { readonly left: number } {
  let bytes = Uint8Array.from(parts.flatMap((part) => [...part]))
  return {
    get left() {
      return bytes.length
    },
    fill(target) {
      if (target.length > bytes.length) {
        throw new Error(`${target.length} random bytes are asked for, ${bytes.length} are given`)
      }
      target.set(bytes.subarray(0, target.length))
      bytes = bytes.slice(target.length)
      return target
    },
  }
}

/** TDLib's source of test data: see the `generator` field of its vectors. */
export function tdlibBytes(seed: number): (length: number) => Uint8Array {
  let state = seed >>> 0
  return (length) =>
    Uint8Array.from({ length }, () => {
      state = (Math.imul(state, 123457567) + 987651241) >>> 0
      return (state >>> 23) & 255
    })
}

export function crc32(bytes: Uint8Array): number {
  let crc = -1
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1))
  }
  return ~crc >>> 0
}

/** The error that `action` throws, or undefined. */
export function thrownBy(action: () => unknown): unknown {
  try {
    action()
  } catch (error) {
    return error
  }
  return undefined
}
