import type { CallableBy, Combinator, Method, Param, PrimitiveName, TypeRef } from '../../ir/ir.js'
import { isMoment } from '../../modules/moments.js'
import type { ModulePlan, PlannedType } from '../../modules/plan.js'
import { hasDefault } from '../arguments-type.js'
import { bitOf } from '../described/description.js'
import { isTrue } from '../write-body.js'

/** One letter per kind of field, as `src/tl/compact/kinds.ts` reads them. */
const CODES: Readonly<Record<Exclude<PrimitiveName, 'true'>, string>> = {
  int: 'i',
  '#': 'u',
  long: 'l',
  double: 'd',
  string: 's',
  bytes: 'b',
  Bool: 'o',
  int128: 'h',
  int256: 'w',
}
const MOMENT = 't'
const RANDOM_ID = 'r'
const QUERY = 'q'
/** The sign before a method's answer. */
const CALLABLE_BY: Readonly<Record<CallableBy, string>> = { user: '=', both: '&', bot: '!', unknown: '?' }
const USUAL_SIZE = 4

/** A line per boxed type: the runtime says how it reads. */
export function typesText(plan: ModulePlan): string {
  const items = vectorItems(plan)
  const types = plan.typeFiles.flatMap((file) => file.types)
  return types.map((each) => typeLine(plan, each, items.has(each.type.tlName))).join('\n')
}

/** A line per method. */
export function methodsText(plan: ModulePlan): string {
  return plan.methodFiles.map(({ method }) => methodLine(plan, method)).join('\n')
}

function typeLine(plan: ModulePlan, { type, constructors }: PlannedType, isItem: boolean): string {
  const { tlName } = type
  const size = plan.minSize({ kind: 'boxed', type: tlName })
  const head = isItem && size !== USUAL_SIZE ? `${tlName}:${size}` : tlName
  const lines = constructors.map((each) => {
    const { qualifiedName: name } = each
    const own = name.startsWith(tlName) ? name.slice(tlName.length) : `=${name}`
    return [own, ...fieldWords(plan, each)].join(' ')
  })
  return [head, ...lines].join('|')
}

function methodLine(plan: ModulePlan, method: Method): string {
  const { result, callableBy, qualifiedName } = method
  return [qualifiedName, ...fieldWords(plan, method), `${CALLABLE_BY[callableBy]}${codeOf(result)}`].join(' ')
}

function fieldWords(plan: ModulePlan, combinator: Combinator): string[] {
  return combinator.params.map((param) => {
    if (param.isFlagWord) return param.tlName === 'flags' ? '#' : `#${param.tlName}`
    const kind = param.flag !== undefined && isTrue(param) ? '' : `:${kindOf(combinator, param)}`
    const bit = param.flag === undefined ? '' : `?${bitOf(combinator, param.flag)}`
    return `${param.name}${kind}${bit}`
  })
}

function kindOf(combinator: Combinator, param: Param): string {
  if (isMoment(param)) return MOMENT
  if (hasDefault(combinator, param)) return param.type.kind === 'vector' ? `*${RANDOM_ID}` : RANDOM_ID
  return codeOf(param.type)
}

function codeOf(ref: TypeRef): string {
  if (ref.kind === 'boxed') return ref.type
  if (ref.kind === 'vector' && !ref.bare) return `*${codeOf(ref.item)}`
  if (ref.kind === 'generic') return ref.query ? QUERY : ref.name
  if (ref.kind === 'primitive' && ref.name !== 'true') return CODES[ref.name]
  throw new Error(`no compact schema has a field of the kind ${ref.kind}`)
}

/** The boxed types that some vector holds. */
function vectorItems(plan: ModulePlan): ReadonlySet<string> {
  const items = new Set<string>()
  const methods = plan.methodFiles.map(({ method }) => method)
  const refs = [...plan.constructors.values(), ...methods].flatMap(({ params }) => params.map(({ type }) => type))
  for (let ref of [...refs, ...methods.map(({ result }) => result)]) {
    const isVector = ref.kind === 'vector'
    while (ref.kind === 'vector') ref = ref.item
    if (isVector && ref.kind === 'boxed') items.add(ref.type)
  }
  return items
}
