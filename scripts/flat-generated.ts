/**
 * The generated code, and the rooms that it stands on, as a few flat files for tests: 1,500 small modules take seconds
 * to load one by one, and every test file loads them anew. What is flat is loaded by Node itself; tests and sources reach
 * the same files, so that a class is the same class wherever it comes from.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { build, type Plugin } from 'esbuild'
import type { Form } from './api-forms.js'
import { root } from './entries.js'
import { listFiles } from './files.js'

const FOLDERS = ['generated', 'src/tl', 'src/bytes', 'src/errors', 'src/platform']
/** Files of generated/ that code outside imports. */
const ENTRY = /^generated\/(?:api|mtproto|tables)\/(?:[^/]+|[^/]+\/index)\.ts$/
const STALE_MS = 600_000

/** Builds what changed, and returns the folder in which `src/tl/x.ts` is `src/tl/x.js`. */
export async function flatGenerated(form: Form = 'spelled'): Promise<string> {
  const files = FOLDERS.flatMap((folder) => listFiles(root, folder, '.ts'))
  const sources = form === 'spelled' ? [] : ['tl/api.tl', ...listFiles(root, 'codegen', '.ts')]
  const hash = createHash('sha256').update(form)
  for (const file of [...files, ...sources]) {
    const { size, mtimeMs } = statSync(join(root, file))
    hash.update(`${file} ${size} ${mtimeMs}\n`)
  }
  const cache = join(root, '.cache')
  const folder = join(cache, `flat-${form}-${hash.digest('hex').slice(0, 16)}`)
  if (existsSync(folder)) return folder
  const unfinished = `${folder}.${process.pid}`
  mkdirSync(unfinished, { recursive: true })
  const instead = await filesInstead(form)
  const entries = new Set([...files, ...instead.keys()].filter((file) => isFlat(file) && !isTooDeep(file)))
  await build({
    entryPoints: [...entries].map((file) => join(root, file)),
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
    plugins: [sourcesInstead(instead)],
  })
  if (existsSync(folder)) rmSync(unfinished, { recursive: true })
  else renameSync(unfinished, folder)
  removeStale(cache, folder, form)
  return folder
}

async function filesInstead(form: Form): Promise<ReadonlyMap<string, string>> {
  if (form === 'spelled') return new Map()
  // Loaded when it is needed: the compiler takes half a second.
  const { apiInForm } = await import('./api-forms.js')
  return apiInForm(form)
}

function sourcesInstead(files: ReadonlyMap<string, string>): Plugin {
  const nameOf = (path: string): string => relative(root, path).replaceAll('\\', '/')
  return {
    name: 'sources-instead',
    setup({ onLoad, onResolve }) {
      onLoad({ filter: /[\\/]generated[\\/]api[\\/].*\.ts$/ }, ({ path }) => {
        const contents = files.get(nameOf(path))
        return contents === undefined ? undefined : { contents, loader: 'ts' }
      })
      // The files that stand for none.
      onResolve({ filter: /\.[jt]s$/ }, ({ path, resolveDir }) => {
        const file = resolve(resolveDir, path).replace(/\.js$/, '.ts')
        return files.has(nameOf(file)) ? { path: file } : undefined
      })
    },
  }
}

const isFlat = (file: string): boolean => FOLDERS.some((folder) => file.startsWith(`${folder}/`))
const isTooDeep = (file: string): boolean => file.startsWith('generated/') && !ENTRY.test(file)

/** Older builds go, unless another run may still be using them. */
function removeStale(cache: string, current: string, form: Form): void {
  for (const name of readdirSync(cache).filter((each) => each.startsWith(`flat-${form}-`))) {
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
