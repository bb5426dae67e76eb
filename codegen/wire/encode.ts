import type { Combinator, Param, TypeRef } from '../ir/ir.js'
import { camelCase } from '../ir/names.js'
import { typeText } from '../ir/type-text.js'
import { didYouMean } from '../text/suggest.js'
import { BOOL_FALSE_ID, BOOL_TRUE_ID, VECTOR_ID } from './definitions.js'
import type { Definitions } from './definitions.js'
import { printValue, WireRefusal } from './value.js'
import type { WireField, WireValue } from './value.js'

const SHORT_STRING_MAX = 253
/** A length is three bytes long. */
const STRING_LIMIT = 1 << 24

/**
 * Writes a value by the schema itself: an object with its number in front, or a value of the given type.
 * @throws {WireRefusal} with the path of what does not fit
 */
export function encodeValue(
  value: WireValue,
  definitions: Definitions,
  type: TypeRef = { kind: 'object' },
): Uint8Array {
  const parts: Uint8Array[] = []
  new ValueEncoder(definitions, parts).value(value, type, '')
  return Buffer.concat(parts)
}

class ValueEncoder {
  readonly #definitions: Definitions
  readonly #parts: Uint8Array[]

  constructor(definitions: Definitions, parts: Uint8Array[]) {
    this.#definitions = definitions
    this.#parts = parts
  }

  /** `near` is the definition that asks for the type: the type is one of its schema. */
  value(value: WireValue, type: TypeRef, path: string, near?: Combinator): void {
    switch (type.kind) {
      case 'primitive':
        return this.#primitive(value, type.name, path)
      case 'vector': {
        if (value.kind !== 'list') throw refusal(path, type, value)
        if (!type.bare) this.#uint32(VECTOR_ID)
        this.#uint32(value.items.length)
        value.items.forEach((item, index) => this.value(item, type.item, `${path}[${index}]`, near))
        return
      }
      default:
        return this.#object(value, type, path, near)
    }
  }

  #object(value: WireValue, type: TypeRef, path: string, near: Combinator | undefined): void {
    if (value.kind !== 'object') throw refusal(path, type, value)
    const candidates = this.#definitions.byName(value.name, near)
    const fitting = candidates.filter((each) => fits(each, type))
    // Of namesakes, the one that has the fields.
    const combinator = fitting.find((each) => hasFields(each, value.fields)) ?? fitting[0] ?? candidates[0]
    if (combinator === undefined) {
      throw new WireRefusal(path, `unknown name '${value.name}'${didYouMean(value.name, this.#definitions.names())}`)
    }
    if (!fits(combinator, type)) throw refusal(path, type, value)
    if (type.kind !== 'bare') this.#uint32(combinator.id)
    this.#fields(combinator, value.fields, path === '' ? combinator.tlName : path)
  }

  #fields(combinator: Combinator, given: readonly WireField[], path: string): void {
    const fields = new Map<string, WireValue>()
    for (const { name, value } of given) {
      const param = paramNamed(combinator, name)
      if (param === undefined) {
        const known = combinator.params.filter((each) => !each.isFlagWord).map((each) => each.tlName)
        throw new WireRefusal(path, `there is no field '${name}'${didYouMean(name, known)}`)
      }
      if (fields.has(param.tlName)) throw new WireRefusal(path, `the field '${param.tlName}' is given twice`)
      if (isPresent(param, value)) fields.set(param.tlName, value)
    }
    for (const param of combinator.params) {
      const where = `${path}.${param.tlName}`
      const value = fields.get(param.tlName)
      if (param.isFlagWord) this.#uint32(flagValue(combinator, param, fields, path))
      else if (value !== undefined) this.value(value, param.type, where, combinator)
      else if (param.flag === undefined) throw new WireRefusal(where, `expected ${typeText(param.type)}, got nothing`)
    }
  }

  #primitive(value: WireValue, name: (TypeRef & { kind: 'primitive' })['name'], path: string): void {
    const wrong = (): WireRefusal => refusal(path, { kind: 'primitive', name }, value)
    const integer = (bits: number, signed: boolean): bigint => {
      if (value.kind !== 'integer') throw wrong()
      const low = signed ? -(1n << BigInt(bits - 1)) : 0n
      if (value.value < low || value.value >= low + (1n << BigInt(bits))) throw wrong()
      return BigInt.asUintN(bits, value.value)
    }
    switch (name) {
      case 'int':
        return this.#uint32(Number(integer(32, true)))
      case '#':
        return this.#uint32(Number(integer(32, false)))
      case 'long': {
        const part = Buffer.alloc(8)
        part.writeBigUInt64LE(integer(64, true))
        return void this.#parts.push(part)
      }
      case 'double': {
        if (value.kind !== 'double' && value.kind !== 'integer') throw wrong()
        const part = Buffer.alloc(8)
        part.writeDoubleLE(Number(value.value))
        return void this.#parts.push(part)
      }
      case 'int128':
      case 'int256':
        if (value.kind !== 'bytes' || value.value.length * 8 !== Number(name.slice(3))) throw wrong()
        return void this.#parts.push(value.value)
      case 'bytes':
      case 'string':
        if (value.kind === 'text') {
          const bytes = Buffer.from(value.value)
          if (bytes.toString() !== value.value) throw new WireRefusal(path, 'the text has a lone surrogate, which UTF-8 cannot say')
          return this.#string(bytes, path)
        }
        if (value.kind !== 'bytes' || name === 'string') throw wrong()
        return this.#string(value.value, path)
      case 'Bool':
        if (value.kind !== 'boolean') throw wrong()
        return this.#uint32(value.value ? BOOL_TRUE_ID : BOOL_FALSE_ID)
      case 'true':
        if (value.kind !== 'boolean') throw wrong()
    }
  }

  #string(bytes: Uint8Array, path: string): void {
    const { length } = bytes
    if (length >= STRING_LIMIT) throw new WireRefusal(path, `${length} bytes are more than a string can hold`)
    const head = length <= SHORT_STRING_MAX ? [length] : [254, length & 0xff, (length >> 8) & 0xff, length >> 16]
    this.#parts.push(Uint8Array.from(head), bytes, new Uint8Array((4 - ((head.length + length) % 4)) % 4))
  }

  #uint32(value: number): void {
    const part = Buffer.alloc(4)
    part.writeUInt32LE(value)
    this.#parts.push(part)
  }
}

const paramNamed = ({ params }: Combinator, name: string): Param | undefined =>
  params.find((each) => !each.isFlagWord && (each.tlName === name || each.name === camelCase(name)))

const hasFields = (combinator: Combinator, fields: readonly WireField[]): boolean =>
  fields.every(({ name }) => paramNamed(combinator, name) !== undefined)

function fits(combinator: Combinator, type: TypeRef): boolean {
  if (type.kind === 'object') return true
  if (type.kind === 'generic') return combinator.kind === 'method' || !type.query
  if (type.kind === 'bare') return combinator.tlName === type.combinator
  return type.kind === 'boxed' && combinator.kind === 'constructor' && combinator.type === type.type
}

/** `revoked: false` is how a person says that a `true` field is absent. */
const isPresent = (param: Param, value: WireValue): boolean =>
  !(typeText(param.type) === 'true' && value.kind === 'boolean' && !value.value)

function flagValue(combinator: Combinator, word: Param, fields: ReadonlyMap<string, WireValue>, path: string): number {
  let value = 0
  const optional = combinator.params.filter(({ flag }) => flag?.word === word.tlName)
  for (const { tlName, flag } of optional) if (fields.has(tlName)) value |= 1 << flag!.bit
  for (const { tlName, flag, type } of optional) {
    if (((value >>> flag!.bit) & 1) === 0 || fields.has(tlName) || typeText(type) === 'true') continue
    const given = optional.find((other) => other.flag!.bit === flag!.bit && fields.has(other.tlName))!
    const bit = `${word.tlName}.${flag!.bit}`
    throw new WireRefusal(`${path}.${tlName}`, `'${tlName}' and '${given.tlName}' share ${bit}: give both or neither`)
  }
  return value >>> 0
}

const refusal = (path: string, type: TypeRef, value: WireValue): WireRefusal =>
  new WireRefusal(path, `expected ${typeText(type)}, got ${printValue(value).slice(0, 60)}`)
