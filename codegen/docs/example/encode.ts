import type { Param, TypeRef } from '../../ir/ir.js'
import type { ByteRow } from '../model/page.js'
import { flagValue, sentObject, type ExampleObject, type ExampleValue } from './value.js'

/**
 * Encodes an example straight from the IR and keeps the meaning of every run of bytes. It shares no code with the
 * generated writers, so that comparing the two tests both.
 */
export function encodeWithSpans(object: ExampleObject): ByteRow[] {
  const encoder = new SpanEncoder()
  encoder.object(object, '', 0, true)
  return encoder.rows
}

export function spanLength(rows: readonly ByteRow[]): number {
  const last = rows.at(-1)
  return last === undefined ? 0 : last.offset + last.bytes.length
}

const VECTOR_ID = 0x1cb5c415
const BOOL_TRUE = 0x997275b5
const BOOL_FALSE = 0xbc799737
/** Longest text that is framed with a single byte of length. */
const SHORT_LENGTH = 253

class SpanEncoder {
  readonly rows: ByteRow[] = []
  #offset = 0

  object(object: ExampleObject, label: string, depth: number, boxed: boolean): void {
    const { combinator, fields } = object
    const prefix = label === '' ? '' : `${label}: `
    if (boxed) {
      this.#add(number32(combinator.id), depth, `${prefix}${combinator.tlName}#${hex32(combinator.id)}`, {
        kind: combinator.kind,
        name: combinator.tlName,
      })
    }
    for (const param of combinator.params) {
      if (param.isFlagWord) this.#flags(object, param, depth + 1)
      else {
        const field = fields.find((candidate) => candidate.param === param)
        if (field !== undefined) this.#value(field.value, param.type, param.tlName, depth + 1)
      }
    }
  }

  #flags(object: ExampleObject, param: Param, depth: number): void {
    const value = flagValue(object, param.tlName)
    const set = object.combinator.params
      .filter(({ flag }) => flag?.word === param.tlName && ((value >>> flag.bit) & 1) === 1)
      .map(({ flag, tlName }) => ({ bit: flag?.bit ?? 0, tlName }))
    const bits = [...new Set(set.map(({ bit }) => bit))].sort((a, b) => a - b)
    const shown = bits.map(
      (bit) =>
        `[${bit} ${set
          .filter((use) => use.bit === bit)
          .map((use) => use.tlName)
          .join(', ')}]`,
    )
    this.#add(number32(value), depth, [`${param.tlName} = ${value}`, ...shown].join(' '))
  }

  #value(value: ExampleValue, type: TypeRef, label: string, depth: number): void {
    if (type.kind === 'vector') {
      const items = value.kind === 'list' ? value.items : []
      if (!type.bare) this.#add(number32(VECTOR_ID), depth, `${label}: vector`, { kind: 'type', name: 'Vector' })
      this.#add(number32(items.length), depth, `${label}: ${items.length} item${items.length === 1 ? '' : 's'}`)
      items.forEach((item, index) => this.#value(item, type.item, `${label}[${index}]`, depth + 1))
      return
    }
    if (type.kind === 'primitive') return this.#primitive(value, type.name, label, depth)
    const object = sentObject(value)
    if (object === undefined) throw new Error(`the example has no object for ${label}`)
    this.object(object, label, depth, type.kind !== 'bare')
  }

  #primitive(value: ExampleValue, type: string, label: string, depth: number): void {
    if (type === 'true') return
    if (type === 'Bool') {
      const on = value.kind === 'boolean' && value.value
      return this.#add(number32(on ? BOOL_TRUE : BOOL_FALSE), depth, `${label}: ${on}`)
    }
    if (value.kind === 'number') {
      const bytes = type === 'double' ? double(value.value) : number32(value.value)
      return this.#add(bytes, depth, `${label}: ${value.value}`)
    }
    if (value.kind === 'long') {
      const size = type === 'long' ? 8 : type === 'int128' ? 16 : 32
      return this.#add(integer(value.value, size), depth, `${label}: ${value.value}`)
    }
    if (value.kind === 'text' || value.kind === 'bytes') {
      const content = new TextEncoder().encode(value.value)
      const shown = value.kind === 'text' ? JSON.stringify(value.value) : `${content.length} bytes`
      return this.#add(framed(content), depth, `${label}: ${shown}`)
    }
    throw new Error(`the example has no ${type} for ${label}`)
  }

  #add(bytes: Uint8Array, depth: number, label: string, to?: ByteRow['to']): void {
    this.rows.push({ offset: this.#offset, bytes, depth, label, ...(to !== undefined && { to }) })
    this.#offset += bytes.length
  }
}

export function hex32(id: number): string {
  return id.toString(16).padStart(8, '0')
}

function number32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setInt32(0, value | 0, true)
  return bytes
}

function double(value: number): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setFloat64(0, value, true)
  return bytes
}

function integer(value: bigint, size: number): Uint8Array {
  let rest = BigInt.asUintN(size * 8, value)
  return Uint8Array.from({ length: size }, () => {
    const byte = Number(rest & 0xffn)
    rest >>= 8n
    return byte
  })
}

/** Length, content, zeros up to a multiple of four. */
function framed(content: Uint8Array): Uint8Array {
  const short = content.length <= SHORT_LENGTH
  const head = short
    ? [content.length]
    : [254, content.length & 0xff, (content.length >> 8) & 0xff, content.length >> 16]
  const bytes = new Uint8Array(Math.ceil((head.length + content.length) / 4) * 4)
  bytes.set(head)
  bytes.set(content, head.length)
  return bytes
}
