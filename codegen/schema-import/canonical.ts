import { splitName } from '../ir/names.js'
import type { CommentNode, DefinitionNode, Item, SectionNode } from '../text/ast.js'
import { printType } from '../text/printer.js'

const NOWHERE = { start: 0, end: 0 }

const comment = (text: string): CommentNode => ({ kind: 'comment', text, span: NOWHERE })
const section = (name: 'types' | 'functions'): SectionNode => ({ kind: 'section', section: name, span: NOWHERE })

/**
 * One order for every import, so that two layers differ only where the schema does: types, then functions; within them
 * by namespace with the root first; constructors beside those of the same type, and otherwise by name.
 */
export function canonicalItems(
  header: readonly string[],
  definitions: readonly DefinitionNode[],
  core: readonly DefinitionNode[],
): Item[] {
  const items: Item[] = [...header.map(comment), ...core]
  items.push(...sectionItems(definitions.filter((definition) => definition.section === 'types'), typeKey))
  items.push(section('functions'))
  items.push(...sectionItems(definitions.filter((definition) => definition.section === 'functions'), nameKey))
  return items
}

const nameKey = (definition: DefinitionNode): string => definition.name.text
const typeKey = (definition: DefinitionNode): string => `${printType(definition.result)} ${definition.name.text}`

function sectionItems(definitions: readonly DefinitionNode[], key: (definition: DefinitionNode) => string): Item[] {
  const spaces = new Map<string, DefinitionNode[]>()
  for (const definition of definitions) {
    const { namespace } = splitName(definition.name.text)
    const members = spaces.get(namespace)
    if (members === undefined) spaces.set(namespace, [definition])
    else members.push(definition)
  }
  return [...spaces]
    .sort(([a], [b]) => compare(a, b))
    .flatMap(([namespace, members]) => {
      const sorted = [...members].sort((a, b) => compare(key(a), key(b)))
      return namespace === '' ? sorted : [comment(namespace), ...sorted]
    })
}

/** By code unit: the same on every machine, whatever its locale. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
