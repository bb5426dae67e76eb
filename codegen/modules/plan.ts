import type { BoxedType, Combinator, Constructor, Method, Schema } from '../ir/ir.js'
import { typesBehindEntities } from './entity-like.js'
import { FreePaths } from './free-paths.js'
import { filePath, indexPath } from './file-names.js'
import { minSizes } from './min-size.js'
import type { MinSizeOf } from './min-size.js'
import type { ModuleOptions } from './options.js'
import { peerForms } from './peer-forms.js'
import { usableCombinators } from './usable.js'

/** A file with one boxed type, or with several that refer to each other in a circle. */
export interface TypeFile {
  readonly path: string
  readonly types: readonly PlannedType[]
}

export interface PlannedType {
  readonly type: BoxedType
  readonly constructors: readonly Constructor[]
}

/** A file with one method. */
export interface MethodFile {
  readonly path: string
  readonly method: Method
}

/** Which files there are and what is in each: every decision that concerns more than one of them. */
export interface ModulePlan {
  readonly layer: number | undefined
  readonly options: ModuleOptions
  readonly typeFiles: readonly TypeFile[]
  readonly methodFiles: readonly MethodFile[]
  /** The root (`''`) first. */
  readonly namespaces: readonly string[]
  /** Where each boxed type's file is, by TL name. */
  readonly typePath: ReadonlyMap<string, string>
  readonly types: ReadonlyMap<string, BoxedType>
  readonly constructors: ReadonlyMap<string, Constructor>
  /** Constructors that some field holds without an id in front. */
  readonly bare: ReadonlySet<string>
  /** `inputUser` to `inputPeerUser`. */
  readonly peerForms: ReadonlyMap<string, Constructor>
  /** Types whose fields cannot take `EntityLike`. */
  readonly behindEntities: ReadonlySet<string>
  readonly minSize: MinSizeOf
  /** Types of errors that any call can raise, without their arguments. */
  readonly generalErrors: readonly string[]
  /** Definitions that no code is generated for, because only a hand-written parser can read them. */
  readonly skipped: readonly string[]
}

/** Total: every schema without errors has a plan. */
export function planModules(schema: Schema, options: ModuleOptions): ModulePlan {
  const usable = usableCombinators(schema)
  const constructors = new Map<string, Constructor>()
  const methods: Method[] = []
  for (const combinator of usable) {
    if (combinator.kind === 'constructor') constructors.set(combinator.tlName, combinator)
    else methods.push(combinator)
  }
  const types = new Map(schema.types.map((type) => [type.tlName, type]))
  const paths = new FreePaths(schema.namespaces.map(indexPath))
  const typeFiles: TypeFile[] = []
  const typePath = new Map<string, string>()
  for (const group of schema.groups) {
    const planned = group.types.map((name): PlannedType => {
      const type = types.get(name)!
      return { type, constructors: type.constructors.flatMap((each) => constructors.get(each) ?? []) }
    })
    const filled = planned.filter((each) => each.constructors.length > 0)
    if (filled.length === 0) continue
    const path = paths.take(filePath(filled[0]!.type.tlName, 'types'))
    typeFiles.push({ path, types: filled })
    for (const { type } of filled) typePath.set(type.tlName, path)
  }
  const methodFiles = methods.map((method): MethodFile => ({ path: paths.take(filePath(method.tlName, 'methods')), method }))
  const used = new Set(usable.map((combinator) => combinator.namespace))
  const kept = new Set(usable.map((combinator) => combinator.tlName))
  return {
    layer: schema.layer,
    options,
    typeFiles: typeFiles.sort(byPath),
    methodFiles: methodFiles.sort(byPath),
    namespaces: schema.namespaces.filter((namespace) => namespace === '' || used.has(namespace)),
    typePath,
    types,
    constructors,
    bare: bareConstructors(usable),
    peerForms: peerForms(usable),
    behindEntities: typesBehindEntities(usable),
    minSize: minSizes(usable),
    generalErrors: schema.errors.filter((error) => error.general).map((error) => error.name),
    skipped: schema.combinators.map((combinator) => combinator.tlName).filter((name) => !kept.has(name)),
  }
}

const byPath = (a: { readonly path: string }, b: { readonly path: string }): number => (a.path < b.path ? -1 : 1)

function bareConstructors(combinators: readonly Combinator[]): ReadonlySet<string> {
  const bare = new Set<string>()
  for (const { params } of combinators) {
    for (let { type } of params) {
      while (type.kind === 'vector') type = type.item
      if (type.kind === 'bare') bare.add(type.combinator)
    }
  }
  return bare
}
