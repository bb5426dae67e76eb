import type { Combinator, Constructor, Param, TypeRef } from '../../ir/ir.js'
import type { SchemaIndex } from '../../ir/lookup.js'
import { typesBehindEntities } from '../../modules/entity-like.js'
import { constructorDepths } from './depth.js'
import { isOmitted, NAMED_PEERS, primitiveValue } from './tables.js'
import type { ExampleField, ExampleObject, ExampleValue } from './value.js'

/** What differs between the examples of this reference and those of the archived one. */
export interface ExampleStyle {
  /** How a type is written when the client has a shorter form for it; undefined for the constructor in full. */
  shorthand(type: string, owner: Combinator, builder: ExampleBuilder): ExampleValue | undefined
  /** What stands for `!X`. */
  query(builder: ExampleBuilder): ExampleValue
  /** Whether optional fields of objects inside the call are written too. */
  readonly nestedOptionals: boolean
  /** Whether optional objects are left out where there are very many fields. */
  readonly sparse: boolean
  /** Whether to prefer, among the constructors of a type, the first that has a field, however deep it goes. */
  readonly firstWithFields: boolean
}

export interface ExampleBuilder {
  object(combinator: Combinator): ExampleObject
  /** The object behind a TL name, with nothing optional in it. */
  named(tlName: string): ExampleObject | undefined
}

/** Nesting of objects at which optional fields stop being written. */
const MAX_OPTIONAL_DEPTH = 3
/** Fields beyond which an example would be too long to read with all its optional objects. */
const CROWDED = 24
/** How deep a constructor may go that is chosen for having fields; less by one with every level, so that it ends. */
const MAX_SHALLOW_DEPTH = 1
/** Nesting at which only the shallowest constructor of a type is still chosen: some types contain themselves. */
const MAX_DEPTH = 5

/**
 * @param since the layer in which a constructor appeared: of several that would do, the oldest is the most ordinary one
 */
export function exampleBuilder(
  index: SchemaIndex,
  style: ExampleStyle,
  since: (constructor: string) => number = () => 0,
): ExampleBuilder {
  const depths = constructorDepths(index)

  const valueOf = (owner: Combinator, name: string, type: TypeRef, depth: number): ExampleValue | undefined => {
    switch (type.kind) {
      case 'primitive':
        return primitiveValue(name, type.name)
      case 'boxed': {
        const short = style.shorthand(type.type, owner, builder)
        if (short !== undefined) return short
        const chosen = choose(type.type, depth)
        return chosen === undefined ? undefined : objectOf(chosen, depth + 1)
      }
      case 'bare': {
        const constructor = index.constructors.get(type.combinator)
        return constructor === undefined ? undefined : objectOf(constructor, depth + 1)
      }
      case 'vector': {
        const item = valueOf(owner, name, type.item, depth)
        return item === undefined ? undefined : { kind: 'list', items: [item] }
      }
      case 'generic':
        return type.query ? style.query(builder) : undefined
      case 'object':
        return undefined
    }
  }

  const isWritten = (param: Param, depth: number, crowded: boolean): boolean => {
    if (param.isFlagWord || (param.type.kind === 'primitive' && param.type.name === '#')) return false
    if (param.flag === undefined) return true
    if (isOmitted(param.name) || (crowded && param.type.kind !== 'primitive')) return false
    return depth === 0 || (style.nestedOptionals && depth < MAX_OPTIONAL_DEPTH)
  }

  const objectOf = (combinator: Combinator, depth: number): ExampleObject => {
    const fields: ExampleField[] = []
    const tied = new Set<string>()
    const crowded = style.sparse && combinator.params.length > CROWDED
    for (const param of combinator.params) {
      if (!isWritten(param, depth, crowded)) continue
      const value = valueOf(combinator, param.name, param.type, depth)
      if (value === undefined) continue
      fields.push({ param, value })
      if (param.flag !== undefined) tied.add(`${param.flag.word}.${param.flag.bit}`)
    }
    const complete = fields.concat(
      missingPartners(combinator, fields, tied, (param) => valueOf(combinator, param.name, param.type, depth)),
    )
    const inWireOrder = combinator.params.flatMap((param) => complete.filter((field) => field.param === param))
    const isOptional = ({ param }: ExampleField): boolean => param.flag !== undefined
    return {
      kind: 'object',
      combinator,
      fields: [...inWireOrder.filter((field) => !isOptional(field)), ...inWireOrder.filter(isOptional)],
    }
  }

  const choose = (type: string, depth: number): Constructor | undefined => {
    const names = [...(index.types.get(type)?.constructors ?? [])].sort((a, b) => since(a) - since(b))
    const all = names.map((name) => index.constructors.get(name) as Constructor)
    const withFields = all.filter(({ params }) => params.some(({ isFlagWord }) => !isFlagWord))
    if (style.firstWithFields && depth < MAX_DEPTH && withFields[0] !== undefined) return withFields[0]
    const depthOf = ({ tlName }: Constructor): number => depths.get(tlName) ?? Number.POSITIVE_INFINITY
    const allowed = Math.max(0, MAX_SHALLOW_DEPTH - depth)
    const shallow = withFields.filter(
      (constructor) => depthOf(constructor) <= allowed && !constructor.tlName.endsWith('Empty'),
    )
    if (shallow[0] !== undefined) return shallow[0]
    return all.reduce<Constructor | undefined>(
      (best, next) => (best === undefined || depthOf(next) < depthOf(best) ? next : best),
      undefined,
    )
  }

  const builder: ExampleBuilder = {
    object: (combinator) => objectOf(combinator, 0),
    named: (tlName) => {
      const combinator = index.constructors.get(tlName) ?? index.methods.get(tlName)
      return combinator === undefined ? undefined : objectOf(combinator, 1)
    },
  }
  return builder
}

/** Fields that share a bit are one decision: where one of them is written, the others have to be. */
function missingPartners(
  combinator: Combinator,
  fields: readonly ExampleField[],
  bits: ReadonlySet<string>,
  value: (param: Param) => ExampleValue | undefined,
): ExampleField[] {
  const written = new Set(fields.map(({ param }) => param))
  return combinator.params.flatMap((param) => {
    if (param.flag === undefined || written.has(param) || !bits.has(`${param.flag.word}.${param.flag.bit}`)) return []
    const partner = value(param)
    return partner === undefined ? [] : [{ param, value: partner }]
  })
}

/** The style of this reference: what compiles under `strict` and reads well. */
export function ownStyle({ schema }: SchemaIndex): ExampleStyle {
  const withoutNames = typesBehindEntities(schema.combinators)
  return {
    nestedOptionals: false,
    sparse: true,
    firstWithFields: false,
    query: (builder) => builder.named('help.getConfig') ?? { kind: 'verbatim', source: 'request' },
    shorthand: (type, owner, builder) => {
      const value = peerName(type, type === 'InputChannel' ? 'channelname' : 'username', builder)
      const takesNames = owner.kind === 'method' || !withoutNames.has(owner.type)
      return takesNames || value?.kind !== 'shorthand' ? value : value.sent
    },
  }
}

/** The style of the archived reference, whose values people know by heart. */
export function archivedStyle(): ExampleStyle {
  return {
    nestedOptionals: true,
    sparse: false,
    firstWithFields: true,
    query: () => ({ kind: 'verbatim', source: 'new Api.AnyRequest({/*...*/})' }),
    shorthand: (type, _owner, builder) => {
      if (type === 'InputFile' || type === 'InputChatPhoto') return { kind: 'verbatim', source: UPLOAD }
      if (type === 'InputMessage') return { kind: 'verbatim', source: '43' }
      if (type === 'InputDialogPeer' || type === 'InputNotifyPeer') return { kind: 'verbatim', source: "'username'" }
      return peerName(type, 'username', builder)
    },
  }
}

const UPLOAD =
  'await client.uploadFile({file:new CustomFile("file.bin", fs.statSync("../file.bin").size, "../file.bin"),workers:1})'

function peerName(type: string, name: string, builder: ExampleBuilder): ExampleValue | undefined {
  const constructor = NAMED_PEERS.get(type)
  const sent = constructor === undefined ? undefined : builder.named(constructor)
  return sent === undefined ? undefined : { kind: 'shorthand', written: { kind: 'text', value: name }, sent }
}
