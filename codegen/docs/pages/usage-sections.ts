import type { Combinator, Method } from '../../ir/ir.js'
import { codeReference, reference, text, type Inline } from '../model/inline.js'
import { paragraph, type Block, type Section } from '../model/page.js'
import type { PageContext } from './context.js'
import { fieldList } from './types.js'

/** Where a list of users of a type is shortened on the pages of definitions; the page of the type has all of them. */
const SHORT_LIST = 12

/** Fields of a constructor that are named where its type is not the subject. */
const SHORT_FIELDS = 14

/** The constructors of a type, with their fields; shortened on every page but that of the type. */
export function constructorTable({ catalog }: PageContext, type: string, short: boolean): Block[] {
  const limit = short ? SHORT_LIST : Number.POSITIVE_INFINITY
  const names = catalog.index.types.get(type)?.constructors ?? []
  const shown = names.slice(0, limit).map((name) => catalog.index.constructors.get(name) as Combinator)
  const rows = shown.map((constructor) => [
    [codeReference('constructor', constructor.tlName)],
    fieldList(constructor, short ? SHORT_FIELDS : undefined),
  ])
  const blocks: Block[] = [{ kind: 'table', head: ['Constructor', 'Fields'], rows }]
  if (names.length > shown.length)
    blocks.push(paragraph(text('And '), reference('type', type, `${names.length - shown.length} more`), text('.')))
  return blocks
}

/** Which methods return a type and which definitions accept it, on every page that is about the type. */
export function usageSections(context: PageContext, type: string, short: boolean): Section[] {
  const { catalog } = context
  const limit = short ? SHORT_LIST : Number.POSITIVE_INFINITY
  const methods = catalog.returning(type)
  const accepted = catalog.accepting(type)
  const returned: Section = {
    id: 'returned-by',
    title: `Methods that return ${type}`,
    blocks: limited(methods.map(methodItem), type, limit, 'No method returns this type: it is part of other objects.'),
  }
  const accepting: Section = {
    id: 'accepted-by',
    title: `Where ${type} is a field`,
    blocks: limited(
      accepted.map(({ combinator, fields }) => [
        codeReference(combinator.kind, combinator.tlName),
        text(` ${fields.join(', ')}`),
      ]),
      type,
      limit,
      'No method and no constructor has a field of this type.',
    ),
  }
  return [returned, accepting]
}

function methodItem({ tlName }: Method): Inline[] {
  return [codeReference('method', tlName)]
}

function limited(items: readonly (readonly Inline[])[], type: string, limit: number, none: string): Block[] {
  if (items.length === 0) return [paragraph(text(none))]
  const blocks: Block[] = [{ kind: 'columns', items: items.slice(0, limit) }]
  if (items.length > limit)
    blocks.push(paragraph(text('All '), reference('type', type, `${items.length}`), text(' on the page of the type.')))
  return blocks
}
