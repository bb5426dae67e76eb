import { definitionsOf } from '../text/ast.js'
import type { DefinitionNode, SchemaAst } from '../text/ast.js'
import { printSchema } from '../text/printer.js'
import { canonicalItems } from './canonical.js'
import { isForeignName } from './foreign.js'

export interface TdlibSchema {
  readonly text: string
  /** Names of the definitions that were left out. */
  readonly foreign: readonly string[]
}

/** What the text begins with: how values are made, before what they are used for. */
const CORE = new Set(['int', 'long', 'double', 'string', 'bytes', 'int128', 'int256', 'boolFalse', 'boolTrue', 'true', 'vector'])

/**
 * tdlib's text of the API as canonical TL. It states no layer, opens with a section of methods of its own, and has parts
 * of calls as constructors under the numbers of the calls; what is left is the schema of the layer, unchanged.
 */
export function importTdlib(ast: SchemaAst, layer: number): TdlibSchema {
  const all = definitionsOf(ast)
  const own = all.filter(({ name }) => !isForeignName(name.text))
  const isCore = ({ name, section }: DefinitionNode): boolean => section === 'types' && CORE.has(name.text)
  const header = ["Telegram's API, after tdlib's text of it.", `LAYER ${layer}`]
  const items = canonicalItems(header, own.filter((each) => !isCore(each)), own.filter(isCore))
  const foreign = all.map(({ name }) => name.text).filter(isForeignName)
  return { text: printSchema({ items }), foreign }
}
