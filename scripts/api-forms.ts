/** The API's classes in another form than that of `generated/`, by the path of the generated file that each stands for. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compactProject, describeProject } from '../codegen/generate-project.js'
import type { ErrorTable } from '../codegen/ir/error-table.js'
import { root } from './entries.js'

/** The API's classes spelled out, as Node runs them; described, as bundles for browsers have them; or all as one text. */
export type Form = 'spelled' | 'described' | 'compact'

export function apiInForm(form: Form): ReadonlyMap<string, string> {
  if (form === 'spelled') return new Map()
  const read = (path: string): string => readFileSync(join(root, path), 'utf8')
  const texts = { api: read('tl/api.tl'), errors: JSON.parse(read('tl/errors.json')) as ErrorTable }
  const files = form === 'compact' ? compactProject(texts) : describeProject(texts)
  return new Map([...files].map(([path, text]) => [`generated/api/${path}`, text]))
}
