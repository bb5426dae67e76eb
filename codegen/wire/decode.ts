import type { Combinator, Param, TypeRef } from '../ir/ir.js'
import { formatId } from '../text/printer.js'
import { ByteSource } from './byte-source.js'
import { BOOL_FALSE_ID, BOOL_TRUE_ID, MAX_DEPTH, VECTOR_ID } from './definitions.js'
import type { Definitions } from './definitions.js'
import { printValue, WireRefusal } from './value.js'
import type { Span, WireField, WireValue } from './value.js'

export interface Decoded {
  readonly value: WireValue
  /** Every byte of the input belongs to exactly one. */
  readonly spans: readonly Span[]
}

/**
 * Reads bytes by the schema itself, and keeps what each byte means. Slow and plain on purpose: it shares nothing with
 * the generated readers and writers, so that each can be checked against the other.
 * @throws {WireRefusal} for bytes that the schema does not allow, and for bytes that are left over
 */
export function decodeWithSpans(bytes: Uint8Array, definitions: Definitions, type?: TypeRef): Decoded {
  const decoder = new SpanDecoder(new ByteSource(bytes), definitions)
  const value = type === undefined ? decoder.anyObject('', '', 0) : decoder.value(type, '', '', 0)
  if (decoder.source.remaining > 0) {
    throw new WireRefusal('', `${decoder.source.remaining} bytes are left over`, { offset: decoder.source.position })
  }
  return { value, spans: decoder.spans }
}

class SpanDecoder {
  readonly source: ByteSource
  readonly spans: Span[] = []
  readonly #definitions: Definitions

  constructor(source: ByteSource, definitions: Definitions) {
    this.source = source
    this.#definitions = definitions
  }

  /** Any constructor or method, told by its number. */
  anyObject(path: string, field: string, depth: number): WireValue {
    const offset = this.source.position
    const id = this.source.uint32(path)
    const combinator = this.#definitions.byId(id)
    if (combinator === undefined) {
      throw new WireRefusal(path, `unknown constructor #${formatId(id)}`, { offset, unknownId: id })
    }
    return this.#boxed(combinator, offset, path, field, depth)
  }

  /** `near` is the definition that asks for the type: the type is one of its schema. */
  value(type: TypeRef, path: string, field: string, depth: number, near?: Combinator): WireValue {
    if (depth > MAX_DEPTH) {
      throw new WireRefusal(path, `nested deeper than ${MAX_DEPTH}`, { offset: this.source.position })
    }
    switch (type.kind) {
      case 'primitive':
        return this.#primitive(type.name, path, field, depth)
      case 'vector':
        return this.#vector(type, path, field, depth, near)
      case 'boxed':
        return this.#ofType(type.type, path, field, depth, near)
      case 'bare':
        return this.#fields(this.#definitions.constructorByName(type.combinator, near)!, path, depth)
      case 'generic':
      case 'object':
        return this.anyObject(path, field, depth)
    }
  }

  #ofType(type: string, path: string, field: string, depth: number, near?: Combinator): WireValue {
    const offset = this.source.position
    const id = this.source.uint32(path)
    const combinator = this.#definitions.byId(id)
    const expected = this.#definitions.constructorsOf(type, near) ?? []
    if (combinator === undefined) {
      throw new WireRefusal(path, `unknown constructor #${formatId(id)}, expected ${type}`, { offset, unknownId: id })
    }
    if (combinator.kind !== 'constructor' || !expected.includes(combinator.tlName)) {
      throw new WireRefusal(path, `expected ${type}, got ${combinator.tlName}`, { offset })
    }
    return this.#boxed(combinator, offset, path, field, depth)
  }

  #boxed(combinator: Combinator, offset: number, path: string, field: string, depth: number): WireValue {
    const meaning = depth === 0 ? `${combinator.tlName}#${formatId(combinator.id)}` : combinator.tlName
    this.#note(offset, path === '' ? combinator.tlName : path, field, depth, meaning)
    return this.#fields(combinator, path === '' ? combinator.tlName : path, depth)
  }

  #fields(combinator: Combinator, path: string, depth: number): WireValue {
    const words = new Map<string, number>()
    const fields: WireField[] = []
    for (const param of combinator.params) {
      const where = `${path}.${param.tlName}`
      if (param.isFlagWord) {
        const offset = this.source.position
        const word = this.source.uint32(where)
        words.set(param.tlName, word)
        this.#note(offset, where, '', depth + 1, flagMeaning(combinator, param, word))
      } else if (param.flag === undefined || isSet(words, param)) {
        fields.push({ name: param.tlName, value: this.value(param.type, where, param.tlName, depth + 1, combinator) })
      }
    }
    return { kind: 'object', name: combinator.tlName, fields }
  }

  #vector(type: TypeRef & { kind: 'vector' }, path: string, field: string, depth: number, near?: Combinator): WireValue {
    const { bare, item } = type
    const offset = this.source.position
    const id = bare ? VECTOR_ID : this.source.uint32(path)
    if (id !== VECTOR_ID) throw new WireRefusal(path, `expected a vector, got #${formatId(id)}`, { offset })
    const count = this.source.uint32(path)
    // Refused before anything is kept: no item of a known schema takes less than four bytes.
    if (count * 4 > this.source.remaining) {
      throw new WireRefusal(path, `${count} items do not fit into ${this.source.remaining} bytes`, { offset })
    }
    this.#note(offset, path, field, depth, `${bare ? 'vector' : 'Vector'} of ${count}`)
    const items: WireValue[] = []
    for (let index = 0; index < count; index++) {
      items.push(this.value(item, `${path}[${index}]`, `[${index}]`, depth + 1, near))
    }
    return { kind: 'list', items }
  }

  #primitive(name: (TypeRef & { kind: 'primitive' })['name'], path: string, field: string, depth: number): WireValue {
    const offset = this.source.position
    const value = this.#readPrimitive(name, path)
    if (name !== 'true') this.#note(offset, path, field, depth, printValue(value))
    return value
  }

  #readPrimitive(name: (TypeRef & { kind: 'primitive' })['name'], path: string): WireValue {
    const { source } = this
    switch (name) {
      case 'int':
        return { kind: 'integer', value: BigInt(source.int32(path)) }
      case '#':
        return { kind: 'integer', value: BigInt(source.uint32(path)) }
      case 'long':
        return { kind: 'integer', value: source.int64(path) }
      case 'double':
        return { kind: 'double', value: source.double(path) }
      case 'int128':
        return { kind: 'bytes', value: source.raw(16, path) }
      case 'int256':
        return { kind: 'bytes', value: source.raw(32, path) }
      case 'bytes':
        return { kind: 'bytes', value: source.string(path) }
      case 'true':
        return { kind: 'boolean', value: true }
      case 'string':
        return { kind: 'text', value: source.text(path) }
      case 'Bool': {
        const offset = source.position
        const id = source.uint32(path)
        if (id === BOOL_TRUE_ID || id === BOOL_FALSE_ID) return { kind: 'boolean', value: id === BOOL_TRUE_ID }
        throw new WireRefusal(path, `expected Bool, got #${formatId(id)}`, { offset })
      }
    }
  }

  #note(offset: number, path: string, field: string, depth: number, meaning: string): void {
    this.spans.push({ offset, length: this.source.position - offset, depth, path, field, meaning })
  }
}

const isSet = (words: ReadonlyMap<string, number>, { flag }: Param): boolean =>
  flag !== undefined && (((words.get(flag.word) ?? 0) >>> flag.bit) & 1) === 1

/** `flags = 12  [2 offset_date,offset_link] [3 revoked]`; a bit that nothing is known about stands alone. */
function flagMeaning(combinator: Combinator, word: Param, value: number): string {
  const shown: string[] = []
  for (let bit = 0; bit < 32; bit++) {
    if (((value >>> bit) & 1) === 0) continue
    const names = combinator.params.filter(({ flag }) => flag?.word === word.tlName && flag.bit === bit)
    shown.push(`[${[bit, names.map((param) => param.tlName).join()].join(' ').trim()}]`)
  }
  return [`${word.tlName} = ${value}`, shown.join(' ')].join('  ').trimEnd()
}

/** A type by its text: `InputPeer`, `Vector<long>`, a primitive. Undefined when the definitions have no such type. */
export function typeByText(text: string, definitions: Definitions): TypeRef | undefined {
  const vector = /^(Vector|vector)<(.+)>$/.exec(text)
  if (vector !== null) {
    const item = typeByText(vector[2]!, definitions)
    return item && { kind: 'vector', bare: vector[1] === 'vector', item }
  }
  const primitives = ['int', 'long', 'double', 'string', 'bytes', 'int128', 'int256', 'Bool', '#'] as const
  const primitive = primitives.find((name) => name === text)
  if (primitive !== undefined) return { kind: 'primitive', name: primitive }
  if (definitions.constructorsOf(text) !== undefined) return { kind: 'boxed', type: text }
  return definitions.constructorByName(text) === undefined ? undefined : { kind: 'bare', combinator: text }
}

