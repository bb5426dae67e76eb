/**
 * The generated code, and the rooms that it stands on, as a few flat files for tests: 1,500 small modules take seconds
 * to load one by one, and every test file loads them anew. What is flat is loaded by Node itself; tests and sources reach
 * the same files, so that a class is the same class wherever it comes from.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { build } from 'esbuild'
import { root } from './entries.js'
import { listFiles } from './files.js'

const FOLDERS = ['generated', 'src/tl', 'src/bytes', 'src/errors', 'src/platform']
/** Files of generated/ that code outside imports. */
const ENTRY = /^generated\/(?:api|mtproto|tables)\/(?:[^/]+|[^/]+\/index)\.ts$/
const STALE_MS = 600_000

/** Builds what changed, and returns the folder in which `src/tl/x.ts` is `src/tl/x.js`. */
export async function flatGenerated(): Promise<string> {
  const files = FOLDERS.flatMap((folder) => listFiles(root, folder, '.ts'))
  const hash = createHash('sha256')
  for (const file of files) {
    const { size, mtimeMs } = statSync(join(root, file))
    hash.update(`${file} ${size} ${mtimeMs}\n`)
  }
  const cache = join(root, '.cache')
  const folder = join(cache, `flat-${hash.digest('hex').slice(0, 16)}`)
  if (existsSync(folder)) return folder
  const unfinished = `${folder}.${process.pid}`
  mkdirSync(unfinished, { recursive: true })
  await build({
    entryPoints: files.filter((file) => isFlat(file) && !isTooDeep(file)).map((file) => join(root, file)),
    outbase: root,
    outdir: unfinished,
    bundle: true,
    splitting: true,
    packages: 'external',
    sourcemap: true,
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    logLevel: 'error',
  })
  if (existsSync(folder)) rmSync(unfinished, { recursive: true })
  else renameSync(unfinished, folder)
  removeStale(cache, folder)
  return folder
}

const isFlat = (file: string): boolean => FOLDERS.some((folder) => file.startsWith(`${folder}/`))
const isTooDeep = (file: string): boolean => file.startsWith('generated/') && !ENTRY.test(file)

/** Older builds go, unless another run may still be using them. */
function removeStale(cache: string, current: string): void {
  for (const name of readdirSync(cache).filter((each) => each.startsWith('flat-'))) {
    const path = join(cache, name)
    if (path !== current && Date.now() - statSync(path).mtimeMs > STALE_MS) rmSync(path, { recursive: true, force: true })
  }
}

/** The flat file for a source file, or `undefined` for a file that is loaded as it is. */
export function flatFile(flatFolder: string, source: string): string | undefined {
  const file = relative(root, source)
  if (!isFlat(file)) return undefined
  if (isTooDeep(file)) throw new Error(`${file} is imported from outside generated/; import an index or a registry`)
  return join(flatFolder, file.replace(/\.ts$/, '.js'))
}
