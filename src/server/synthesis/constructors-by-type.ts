import { crc32 } from 'node:zlib'
import * as Api from '../../../generated/api/index.js'
import { TlObject, type TlClass } from '../../tl/object.js'

/** The constructors of every boxed type, found through the number of the type that their classes carry. */
export type ConstructorsByType = (type: string) => readonly TlClass[]

let table: ReadonlyMap<number, readonly TlClass[]> | undefined

/** @returns the constructors of `type` (`messages.Messages`); empty for a name that is no type of the layer. */
export const constructorsByType: ConstructorsByType = (type) => {
  table ??= collect()
  return table.get(crc32(type)) ?? []
}

/** Every type number that some constructor has. */
export function allConstructors(): Iterable<TlClass> {
  table ??= collect()
  return [...table.values()].flat()
}

function collect(): Map<number, TlClass[]> {
  const byType = new Map<number, TlClass[]>()
  for (const constructor of classesIn(Api)) {
    const siblings = byType.get(constructor.SUBCLASS_OF_ID)
    if (siblings === undefined) byType.set(constructor.SUBCLASS_OF_ID, [constructor])
    else siblings.push(constructor)
  }
  return byType
}

/** The constructor classes of a namespace and of those inside it. */
function classesIn(namespace: object): TlClass[] {
  return Object.values(namespace).flatMap((member: unknown): TlClass[] => {
    if (isConstructorClass(member)) return [member]
    return typeof member === 'object' && member !== null ? classesIn(member) : []
  })
}

function isConstructorClass(member: unknown): member is TlClass {
  if (typeof member !== 'function' || !(member.prototype instanceof TlObject)) return false
  return (member as unknown as TlClass).classType === 'constructor'
}
