import type { Combinator, Constructor, FlagRef, Param, TypeRef } from '../../ir/ir.js'
import { camelCase } from '../../ir/names.js'
import { isMoment } from '../../modules/moments.js'
import type { ModulePlan } from '../../modules/plan.js'
import { hex, isTrue } from '../write-body.js'

const KIND = {
  int: 'int',
  '#': 'uint',
  long: 'long',
  double: 'double',
  string: 'string',
  bytes: 'bytes',
  Bool: 'bool',
  int128: 'int128',
  int256: 'int256',
} as const

/** Collects the names that a file takes from the runtime. */
export type Take = (name: string) => string

/** The class of a constructor as one expression: a call that bundlers may drop. */
export function description(plan: ModulePlan, constructor: Constructor, take: Take): string {
  const { tlName, qualifiedName, type, params } = constructor
  const fields = params.map((param) => fieldText(plan, constructor, param, take))
  const form = plan.peerForms.get(tlName)
  const optional = upToLast([
    fields.length === 0 ? undefined : `[\n${fields.map((each) => `  ${each},\n`).join('')}]`,
    form === undefined ? undefined : `[${quoted(form.type)}, ${hex(form.id)}]`,
    idFollows(constructor) ? undefined : hex(constructor.id),
  ])
  return pure(take('constructor'), [quoted(qualifiedName), quoted(type), ...optional])
}

/** Names that can be told from the class's own: no underscore in that of the class, no lone letters inside that of a field. */
const CLASS_NAME = /^(?:\w+\.)?[a-z][A-Za-z0-9]*$/
const FIELD_NAME = /^[a-z][a-z0-9]*(?:_[a-z][a-z0-9]+)*(?:_[a-z])?$/

/** Whether the class can compute its id: the runtime makes the line out of what is described, which are no type variables. */
export function idFollows(combinator: Combinator): boolean {
  const { crcVerified, tlName, params } = combinator
  if (combinator.kind === 'method' && combinator.generics.length > 0) return false
  const follows = (param: Param): boolean => FIELD_NAME.test(param.tlName) && param.name === camelCase(param.tlName)
  return crcVerified && CLASS_NAME.test(tlName) && params.every(follows)
}

/** Arguments that may be left out, from the last one on. */
function upToLast(args: readonly (string | undefined)[]): string[] {
  const trailing = [...args].reverse().findIndex((each) => each !== undefined)
  return trailing < 0 ? [] : args.slice(0, args.length - trailing).map((each) => each ?? 'undefined')
}

function fieldText(plan: ModulePlan, constructor: Constructor, param: Param, take: Take): string {
  const name = quoted(param.name)
  if (param.isFlagWord) return pure(take('flags'), param.tlName === 'flags' ? [] : [quoted(param.tlName)])
  const bit = param.flag === undefined ? undefined : String(bitOf(constructor, param.flag))
  if (bit !== undefined && isTrue(param)) return pure(take('flag'), [bit, name])
  const type = isMoment(param) ? take('moment') : kindOf(plan, param.type, take)
  return bit === undefined ? pure(take('field'), [name, type]) : pure(take('optional'), [bit, name, type])
}

/** The bits of the second flag word follow those of the first. */
export function bitOf({ flagWords, tlName }: Combinator, { word, bit }: FlagRef): number {
  const index = flagWords.findIndex((each) => each.tlName === word)
  if (index < 0) throw new Error(`${tlName} has no flag word ${word}`)
  return 32 * index + bit
}

function kindOf(plan: ModulePlan, ref: TypeRef, take: Take): string {
  if (ref.kind === 'boxed') return quoted(ref.type)
  if (ref.kind === 'primitive' && ref.name !== 'true') return take(KIND[ref.name])
  if (ref.kind === 'vector' && !ref.bare) {
    const size = Math.max(1, plan.minSize(ref.item))
    const item = kindOf(plan, ref.item, take)
    return pure(take(ref.item.kind === 'boxed' ? 'objects' : 'vector'), size === 4 ? [item] : [item, String(size)])
  }
  throw new Error(`no class is described that has a field of the kind ${ref.kind}`)
}

const quoted = (text: string): string => `'${text}'`
const pure = (name: string, args: readonly string[]): string => `/* @__PURE__ */ ${name}(${args.join(', ')})`
