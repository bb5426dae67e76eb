import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import bigInt from 'big-integer'
import type { Combinator } from '../../codegen/ir/ir.js'
import type { Plain, Value } from './random-values.js'
import { isPlain } from './instances.js'

/**
 * Other people's encoders, made for older layers. They know a combinator when its id is the same and none of its `true`
 * fields is new to them, for those do not count for the id.
 */
export interface IndependentCodec {
  readonly name: string
  knows(combinator: Combinator): boolean
  encode(plain: Plain): Uint8Array
}

const require = createRequire(import.meta.url)

interface MtcuteEntry {
  readonly name: string
  readonly id: number
  readonly arguments: readonly { readonly name: string; readonly type: string }[]
}

/** mtcute: plain objects with `_`; some longs are numbers, the others `Long` objects. */
export async function mtcute(): Promise<IndependentCodec> {
  const { Long } = await import('@mtcute/core')
  const { TlBinaryWriter } = (await import(require.resolve('@mtcute/tl-runtime').replace(/cjs$/, 'js'))) as {
    TlBinaryWriter: { serializeObject(map: unknown, object: unknown): Uint8Array }
  }
  const folder = require.resolve('@mtcute/core').replace(/index\.\w+$/, '')
  const { __tlWriterMap: writers } = (await import(`${folder}tl/binary/writer.js`)) as { __tlWriterMap: Record<string, unknown> }
  const { e: entries } = JSON.parse(readFileSync(`${folder}tl/api-schema.json`, 'utf8')) as { e: MtcuteEntry[] }
  const byName = new Map(entries.map((entry) => [entry.name, entry]))
  const convert = (value: Value, type: string | undefined): unknown => {
    if (Array.isArray(value)) return value.map((item: Value) => convert(item, type))
    if (typeof value === 'bigint') return type === 'int53' ? Number(value) : Long.fromString(String(value))
    return isPlain(value) ? toObject(value) : value
  }
  const toObject = ({ combinator, fields }: Plain): object => {
    const types = new Map(byName.get(combinator.tlName)!.arguments.map((each) => [each.name, each.type]))
    const converted = combinator.params.flatMap(({ name, tlName }) =>
      fields[name] === undefined ? [] : [[mtcuteName(tlName), convert(fields[name], types.get(tlName))] as const],
    )
    return { _: combinator.tlName, ...Object.fromEntries(converted) }
  }
  return {
    name: 'mtcute',
    knows: ({ tlName, id, params }) => {
      const entry = byName.get(tlName)
      const names = new Set(entry?.arguments.map((each) => each.name))
      return entry?.id === id && writers[tlName] !== undefined && params.every((param) => names.has(param.tlName))
    },
    encode: (plain) => TlBinaryWriter.serializeObject(writers, toObject(plain)),
  }
}

const mtcuteName = (tlName: string): string => tlName.replace(/_([a-zA-Z])/g, (_, letter: string) => letter.toUpperCase())

interface GramClass {
  new (args: object): { getBytes(): Uint8Array }
  readonly CONSTRUCTOR_ID: number
}

/** GramJS: classes like ours; longs are `big-integer` objects and bytes are `Buffer`s. */
export function gramjs(packageName: 'telegram' | 'teleproto'): IndependentCodec {
  const { Api } = require(packageName) as { Api: Record<string, unknown> }
  const classOf = ({ namespace, className }: Combinator): GramClass | undefined =>
    (namespace === '' ? Api[className] : (Api[namespace] as Record<string, unknown> | undefined)?.[className]) as GramClass | undefined
  const convert = (value: Value): unknown => {
    if (Array.isArray(value)) return value.map(convert)
    if (typeof value === 'bigint') return bigInt(value)
    if (value instanceof Uint8Array) return Buffer.from(value)
    return isPlain(value) ? toInstance(value) : value
  }
  const toInstance = ({ combinator, fields }: Plain): { getBytes(): Uint8Array } => {
    const converted = Object.entries(fields).map(([name, value]) => [name, convert(value)] as const)
    return new (classOf(combinator)!)(Object.fromEntries(converted))
  }
  return {
    name: packageName,
    knows: (combinator) => {
      const known = classOf(combinator)
      if (known?.CONSTRUCTOR_ID !== combinator.id) return false
      const names = Object.keys(new known({ id: 1 }))
      return combinator.params.every((param) => names.includes(param.name))
    },
    encode: (plain) => toInstance(plain).getBytes(),
  }
}
