/**
 * The generated code as a few flat files, for tests: 1,500 small modules take seconds to load one by one, and every test
 * file loads them anew. The runtime stays outside, so that flat classes and the sources share it.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { build } from 'esbuild'
import { root } from './entries.js'
import { listFiles } from './files.js'

/** Files that code outside generated/ imports; the classes of each are the same wherever they are reached from. */
const ENTRY = /^generated\/(?:api|mtproto|tables)\/(?:[^/]+|[^/]+\/index)\.ts$/
const STALE_MS = 600_000

/** Builds what changed, and returns the folder in which `generated/x.ts` is `x.js`. */
export async function flatGenerated(): Promise<string> {
  const files = listFiles(root, 'generated', '.ts')
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
    entryPoints: files.filter((file) => ENTRY.test(file)).map((file) => join(root, file)),
    outbase: join(root, 'generated'),
    outdir: unfinished,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
    plugins: [
      {
        name: 'sources-stay-outside',
        setup({ onResolve }) {
          onResolve({ filter: /^\..*\/src\// }, ({ path, resolveDir }) => ({
            path: join(resolveDir, path).replace(/\.js$/, '.ts'),
            external: true,
          }))
        },
      },
    ],
  })
  if (existsSync(folder)) rmSync(unfinished, { recursive: true })
  else renameSync(unfinished, folder)
  removeStale(cache, folder)
  return folder
}

/** Older builds go, unless another run may still be using them. */
function removeStale(cache: string, current: string): void {
  for (const name of readdirSync(cache).filter((each) => each.startsWith('flat-'))) {
    const path = join(cache, name)
    if (path !== current && Date.now() - statSync(path).mtimeMs > STALE_MS) rmSync(path, { recursive: true, force: true })
  }
}

/** The flat file for a source file of generated/, or `undefined` for a file elsewhere. */
export function flatFile(flatFolder: string, source: string): string | undefined {
  const path = relative(root, source)
  if (!path.startsWith('generated/')) return undefined
  if (!ENTRY.test(path)) throw new Error(`${path} is imported from outside generated/; import an index or a registry`)
  return join(flatFolder, path.slice('generated/'.length).replace(/\.ts$/, '.js'))
}
