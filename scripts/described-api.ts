/** The API's classes as descriptions, by the path of the generated file that each stands for. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeProject } from '../codegen/generate-project.js'
import type { ErrorTable } from '../codegen/ir/error-table.js'
import { root } from './entries.js'

export function describedApi(): ReadonlyMap<string, string> {
  const read = (path: string): string => readFileSync(join(root, path), 'utf8')
  const files = describeProject({ api: read('tl/api.tl'), errors: JSON.parse(read('tl/errors.json')) as ErrorTable })
  return new Map([...files].map(([path, text]) => [`generated/api/${path}`, text]))
}
