/**
 * `npm run generate`: compiles tl/ into generated/, writes what changed and removes what is no longer generated.
 * With `--check`, writes nothing, lists the files that are stale, and exits with 1 when there are any.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ErrorTable } from '../codegen/ir/error-table.js'
import { generateProject } from '../codegen/generate-project.js'
import { root } from './entries.js'
import { listFiles } from './files.js'

const startedMs = performance.now()
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const files = generateProject({
  api: read('tl/api.tl'),
  mtproto: read('tl/mtproto.tl'),
  errors: JSON.parse(read('tl/errors.json')) as ErrorTable,
})
const wanted = new Map([...files].map(([path, text]) => [`generated/${path}`, text]))
const changed = [...wanted].filter(([path, text]) => !existsSync(join(root, path)) || read(path) !== text)
const orphans = listFiles(root, 'generated', '').filter((path) => !wanted.has(path))
const seconds = (): string => ((performance.now() - startedMs) / 1000).toFixed(2)

if (process.argv.includes('--check')) {
  for (const [path] of changed) console.log(`stale: ${path}`)
  for (const path of orphans) console.log(`not generated any more: ${path}`)
  const stale = changed.length + orphans.length
  console.log(`generate --check: ${wanted.size} files, ${stale} stale, ${seconds()} s`)
  process.exitCode = stale === 0 ? 0 : 1
} else {
  for (const [path, text] of changed) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  for (const path of orphans) rmSync(join(root, path))
  console.log(`generate: ${wanted.size} files, ${changed.length} written, ${orphans.length} removed, ${seconds()} s`)
}
