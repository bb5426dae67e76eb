import { readFileSync } from 'node:fs'
import { compileSchema } from '../../codegen/compile-schema.js'
import { indexSchema } from '../../codegen/ir/lookup.js'
import type { SchemaIndex } from '../../codegen/ir/lookup.js'
import type { Combinator } from '../../codegen/ir/ir.js'
import { usableCombinators } from '../../codegen/modules/usable.js'

function load(name: string): { index: SchemaIndex; usable: readonly Combinator[] } {
  const text = readFileSync(new URL(`../../tl/${name}`, import.meta.url), 'utf8')
  const { schema } = compileSchema([{ name, text }])
  return { index: indexSchema(schema), usable: usableCombinators(schema) }
}

/** The schemas that generated/ was made from. */
export const api: ReturnType<typeof load> = load('api.tl')
export const mtproto: ReturnType<typeof load> = load('mtproto.tl')
