import type { CallableBy, Combinator, Method, Param, PrimitiveName, TypeRef } from '../../ir/ir.js'
import { isMoment } from '../../modules/moments.js'
import type { ModulePlan, PlannedType } from '../../modules/plan.js'
import { splitName } from '../../ir/names.js'
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

/** A line per boxed type, in the order of their namespaces: `src/tl/compact/text.ts` says how it reads. */
export function typesText(plan: ModulePlan): string {
  const items = vectorItems(plan)
  const types = plan.typeFiles.flatMap((file) => file.types)
  return inNamespaces(plan, types, ({ type }) => type.namespace, (each) => typeLine(plan, each, items.has(each.type.tlName)))
}

/** A line per method, in the same order. */
export function methodsText(plan: ModulePlan): string {
  const methods = plan.methodFiles.map(({ method }) => method)
  return inNamespaces(plan, methods, ({ namespace }) => namespace, methodLine)
}

/** The lines of the root, then those of each namespace behind its name. */
function inNamespaces<T>({ namespaces }: ModulePlan, all: readonly T[], namespaceOf: (each: T) => string, lineOf: (each: T) => string): string {
  const lines = namespaces.flatMap((namespace) => {
    const own = all.filter((each) => namespaceOf(each) === namespace).map(lineOf)
    return namespace === '' || own.length === 0 ? own : [`${namespace}.`, ...own]
  })
  return lines.join('\n')
}

function typeLine(plan: ModulePlan, { type, constructors }: PlannedType, isItem: boolean): string {
  const begin = splitName(type.tlName).local
  const size = plan.minSize({ kind: 'boxed', type: type.tlName })
  const head = isItem && size !== USUAL_SIZE ? `${begin}:${size}` : begin
  const lines = constructors.map((each) => {
    if (each.namespace !== type.namespace) throw new Error(`${each.tlName} is in another namespace than its type ${type.tlName}`)
    const { className } = each
    const own = className.startsWith(begin) ? className.slice(begin.length) : `=${className}`
    return [own, ...fieldWords(each)].join(' ')
  })
  return [head, ...lines].join('|')
}

function methodLine(method: Method): string {
  const { result, callableBy, className } = method
  return [className, ...fieldWords(method), `${CALLABLE_BY[callableBy]}${codeOf(result)}`].join(' ')
}

function fieldWords(combinator: Combinator): string[] {
  let last = -1
  const words = combinator.params.map((param) => {
    if (param.isFlagWord) return param.tlName === 'flags' ? '#' : `#${param.tlName}`
    const kind = param.flag !== undefined && isTrue(param) ? '' : `:${kindOf(combinator, param)}`
    if (param.flag === undefined) return `${param.name}${kind}`
    const bit = bitOf(combinator, param.flag)
    const stated = bit === last + 1 ? '' : bit
    last = bit
    return `${param.name}${kind}?${stated}`
  })
  const { flagWords } = combinator
  const goesWithoutSaying = words[0] === '#' && flagWords.length === 1 && flagWords[0]!.bits.length > 0
  return goesWithoutSaying ? words.slice(1) : words
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
