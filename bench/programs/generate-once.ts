/** The process that the bench times: both schemas compiled in memory, nothing written. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateProject } from '../../codegen/generate-project.js'
import type { ErrorTable } from '../../codegen/ir/error-table.js'
import { root } from '../../scripts/entries.js'

const read = (path: string): string => readFileSync(join(root, path), 'utf8')
generateProject({ api: read('tl/api.tl'), mtproto: read('tl/mtproto.tl'), errors: JSON.parse(read('tl/errors.json')) as ErrorTable })
