/**
 * The generated code, and the rooms that it stands on, as a few flat files for tests: 1,500 small modules take seconds
 * to load one by one, and every test file loads them anew. What is flat is loaded by Node itself; tests and sources reach
 * the same files, so that a class is the same class wherever it comes from.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { root } from './entries.js'
import { listFiles } from './files.js'

const FOLDERS = ['generated', 'src/tl', 'src/bytes', 'src/errors', 'src/platform']
/** Files of generated/ that code outside imports. */
const ENTRY = /^generated\/(?:api|mtproto|tables)\/(?:[^/]+|[^/]+\/index)\.ts$/
const STALE_MS = 600_000

/** The API's classes spelled out, as Node runs them, or described, as the browser build has them. */
export type Form = 'spelled' | 'described'

/** Builds what changed, and returns the folder in which `src/tl/x.ts` is `src/tl/x.js`. */
export async function flatGenerated(form: Form = 'spelled'): Promise<string> {
  const files = FOLDERS.flatMap((folder) => listFiles(root, folder, '.ts'))
  const described = form === 'described' ? ['tl/api.tl', ...listFiles(root, 'codegen', '.ts')] : []
  const hash = createHash('sha256').update(form)
  for (const file of [...files, ...described]) {
    const { size, mtimeMs } = statSync(join(root, file))
    hash.update(`${file} ${size} ${mtimeMs}\n`)
  }
  const cache = join(root, '.cache')
  const folder = join(cache, `flat-${form}-${hash.digest('hex').slice(0, 16)}`)
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
    plugins: form === 'described' ? [await describedSources()] : [],
  })
  if (existsSync(folder)) rmSync(unfinished, { recursive: true })
  else renameSync(unfinished, folder)
  removeStale(cache, folder, form)
  return folder
}

async function describedSources(): Promise<Plugin> {
  // Loaded when it is needed: the compiler takes half a second.
  const { describedApi } = await import('./described-api.js')
  const files = describedApi()
  return {
    name: 'described',
    setup({ onLoad, onResolve }) {
      onLoad({ filter: /[\\/]generated[\\/]api[\\/].*\.ts$/ }, ({ path }) => {
        const contents = files.get(relative(root, path).replaceAll('\\', '/'))
        return contents === undefined ? undefined : { contents, loader: 'ts' }
      })
      // The files that stand for none.
      onResolve({ filter: /^\..*\.js$/ }, ({ path, resolveDir }) => {
        const file = join(resolveDir, path).replace(/\.js$/, '.ts')
        return files.has(relative(root, file).replaceAll('\\', '/')) ? { path: file } : undefined
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
