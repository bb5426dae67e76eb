import type { Combinator } from '../../codegen/ir/ir.js'
import * as Api from '../../generated/api/index.js'
import * as Service from '../../generated/mtproto/index.js'
import type { TlObject } from '../../src/tl/object.js'
import type { Plain, Value } from './random-values.js'

export type Build = new (args: object) => TlObject
export type Home = Readonly<Record<string, unknown>>

export function classIn(home: Home, { namespace, className }: Combinator): Build {
  return (namespace === '' ? home : (home[namespace] as Home))[className] as Build
}

/** The class that was generated for a combinator of the layer. */
export const apiClass = (combinator: Combinator): Build => classIn(Api as unknown as Home, combinator)
/** The class that was generated for a combinator of the service schema. */
export const serviceClass = (combinator: Combinator): Build => classIn(Service as unknown as Home, combinator)

/** A plain object as an instance of generated classes. */
export function instanceOf(plain: Plain, classOf: (combinator: Combinator) => Build = apiClass): TlObject {
  const convert = (value: Value): unknown => {
    if (Array.isArray(value)) return value.map(convert)
    return isPlain(value) ? instanceOf(value, classOf) : value
  }
  const fields = Object.entries(plain.fields).map(([name, value]) => [name, convert(value)] as const)
  return new (classOf(plain.combinator))(Object.fromEntries(fields))
}

export const isPlain = (value: Value): value is Plain => typeof value === 'object' && 'combinator' in value
