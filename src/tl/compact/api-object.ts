import type { CompactSchema } from './schema.js'

type Members = Record<string, () => unknown>

/**
 * What stands for a namespace of modules, with the same names in the same order, and makes a class when it is first asked
 * for: `Api.User`, `Api.messages.SendMessage`. `others` add what the schema does not have.
 */
export function apiObject(schema: CompactSchema, ...others: readonly Readonly<Record<string, unknown>>[]): object {
  const root: Members = {}
  const namespaces: Record<string, Members> = {}
  for (const name of schema.index.lines.keys()) {
    const [namespace, own] = name.split('.') as [string, string?]
    const members = own === undefined ? root : (namespaces[namespace] ??= {})
    members[own ?? namespace] = () => schema.classOf(name)
  }
  for (const [name, members] of Object.entries(namespaces)) {
    const object = namespaceObject(members)
    root[name] = () => object
  }
  for (const [name, value] of others.flatMap((each) => Object.entries(each))) root[name] ??= () => value
  return namespaceObject(root)
}

/** As modules are: nothing is inherited, nothing can be changed. */
function namespaceObject(members: Members): object {
  const object = Object.create(null, { [Symbol.toStringTag]: { value: 'Module' } }) as object
  for (const name of Object.keys(members).sort()) Object.defineProperty(object, name, { enumerable: true, get: members[name]! })
  return Object.freeze(object)
}
