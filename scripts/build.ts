/**
 * `npm run build`: dist/node and dist/browser (flat ES modules that share their classes through chunks), dist/types
 * (declarations), dist/cli. With `--check`, only says whether the `exports` of package.json are those of the entries.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { entries, exportsMap, root } from './entries.js'

const manifestPath = join(root, 'package.json')
const manifest = JSON.parse(readFileSync(manifestPath, 'utf8')) as Record<string, unknown> & {
  dependencies: Record<string, string>
  peerDependencies?: Record<string, string>
}

/** In the browser build every `x.node.js` is its twin `x.browser.js`. */
const browserTwins: Plugin = {
  name: 'browser-twins',
  setup({ onResolve }) {
    onResolve({ filter: /^\..*\.node\.js$/ }, ({ path, resolveDir }) => {
      const twin = join(resolveDir, path.replace(/\.node\.js$/, '.browser.ts'))
      if (!existsSync(twin)) throw new Error(`${join(resolveDir, path)} is part of the browser build and has no twin ${twin}`)
      return { path: twin }
    })
  },
}

async function buildFor(platform: 'node' | 'browser'): Promise<void> {
  const own = entries().filter(({ nodeOnly }) => platform === 'node' || !nodeOnly)
  const entryPoints: Record<string, string> = Object.fromEntries(own.map(({ output, source }) => [output, join(root, source)]))
  if (platform === 'node') entryPoints['cli'] = join(root, 'src/cli/main.ts')
  await build({
    entryPoints,
    outdir: join(root, 'dist', platform),
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    platform: platform === 'node' ? 'node' : 'browser',
    chunkNames: 'chunks/[name]-[hash]',
    external: [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies ?? {})],
    plugins: platform === 'browser' ? [browserTwins] : [],
    minifySyntax: true,
    legalComments: 'none',
    logLevel: 'warning',
  })
}

function buildTypes(): void {
  const tsc = join(root, 'node_modules', '.bin', 'tsc')
  const { status, stdout, stderr } = spawnSync(tsc, ['-p', 'tsconfig.build.json'], { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(`the declarations could not be written:\n${stdout}${stderr}`)
}

/** Keeps `exports` of package.json equal to the entries. */
function syncExports(write: boolean): boolean {
  const wanted = exportsMap()
  if (JSON.stringify(manifest['exports']) === JSON.stringify(wanted)) return true
  if (write) writeFileSync(manifestPath, `${JSON.stringify({ ...manifest, exports: wanted }, null, 2)}\n`)
  return false
}

if (process.argv.includes('--check')) {
  const same = syncExports(false)
  console.log(same ? 'exports: package.json lists every entry' : 'exports: package.json is stale; run npm run build')
  process.exitCode = same ? 0 : 1
} else {
  syncExports(true)
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  await Promise.all([buildFor('node'), buildFor('browser')])
  buildTypes()
  console.log(`built ${entries().length} entries into ${join(dirname(manifestPath), 'dist')}`)
}
