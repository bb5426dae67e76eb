import type { Combinator, Param } from '../../ir/ir.js'

/** An argument of an example, before it is written as TypeScript or as bytes. */
export type ExampleValue =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'long'; readonly value: bigint }
  | { readonly kind: 'text'; readonly value: string }
  /** Bytes that are text, as `Buffer.from('...')` writes them. */
  | { readonly kind: 'bytes'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'list'; readonly items: readonly ExampleValue[] }
  | ExampleObject
  /** What a user writes for a peer or a message, and the object that the client makes of it before it is sent. */
  | { readonly kind: 'shorthand'; readonly written: ExampleValue; readonly sent: ExampleObject }
  /** Source text that stands for a value which only a running client has; it has no bytes. */
  | { readonly kind: 'verbatim'; readonly source: string }

export interface ExampleObject {
  readonly kind: 'object'
  readonly combinator: Combinator
  /** In the order in which they are written; without flag words. */
  readonly fields: readonly ExampleField[]
}

export interface ExampleField {
  readonly param: Param
  readonly value: ExampleValue
}

/** The object that goes over the wire, where a shorthand stands for one. */
export function sentObject(value: ExampleValue): ExampleObject | undefined {
  if (value.kind === 'object') return value
  return value.kind === 'shorthand' ? value.sent : undefined
}

/** The bits that the fields of an object set in one of its flag words, as an unsigned number. */
export function flagValue(object: ExampleObject, word: string): number {
  let bits = 0
  for (const { param, value } of object.fields) {
    const off =
      param.type.kind === 'primitive' && param.type.name === 'true' && value.kind === 'boolean' && !value.value
    if (param.flag?.word === word && !off) bits |= 1 << param.flag.bit
  }
  return bits >>> 0
}
