/**
 * `npm run build`: dist/node, dist/browser and dist/compact (ES modules, few and flat, that share their classes through
 * chunks) and dist/types (declarations, the generated ones flat as well). With `--check`, only says whether the `exports` of
 * package.json are those of the entries.
 *
 * The repo has a file per type and method; importing them one by one takes ten times as long as importing one flat file.
 * What is flattened together is chosen so that bundlers can still drop all that a program does not use: a chunk holds
 * either declarations alone or code that belongs together anyway.
 *
 * The browser build describes the API's constructors where Node's spells them out: see `codegen/emit/described`. The
 * compact build is one more for browsers, with the whole API as text: see `codegen/emit/compact`.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { transform } from 'esbuild'
import { rollup, type Plugin } from 'rollup'
import { apiInForm } from './api-forms.js'
import type { Form } from './api-forms.js'
import { entries, exportsMap, root } from './entries.js'
import { listFiles } from './files.js'
import { flattenTypes } from './flat-types.js'
import { numbersFirst } from './numbers-first.js'

/** What is built, and the form that the API's classes have there. */
const TARGETS = { node: 'spelled', browser: 'described', compact: 'compact' } as const satisfies Record<string, Form>
type Target = keyof typeof TARGETS

const manifestPath = join(root, 'package.json')
const manifest = JSON.parse(readFileSync(manifestPath, 'utf8')) as Record<string, unknown> & {
  dependencies: Record<string, string>
  peerDependencies?: Record<string, string>
}
const packages = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies ?? {})]

/** Modules that go into one file together, by the path of their source. First match; everything else as Rollup finds best. */
const CHUNKS: readonly (readonly [name: string, path: RegExp])[] = [
  // The only part of the codec that needs the package `big-integer`: builders must be able to leave it out.
  ['longs', /^src\/tl\/read-long\.ts$/],
  // Builders read nothing.
  ['reading', /^src\/tl\/(?:reader|text|decode-refusal|read-vector|registry)\.ts$/],
  // Readers of described classes know every kind of field: builders must be able to leave them out.
  ['registry', /^src\/tl\/(?:described\/(?:readers|registry)|compact\/(?:objects|requests))\.ts$/],
  ['runtime', /^src\/(?:tl|bytes|errors|platform)\//],
  // Entries of one class each would cut these to pieces, all of which the client needs.
  ['crypto', /^src\/crypto\//],
  ['session', /^src\/session\//],
  ['client', /^src\/(?:entry\/client\/|client\/compat\/left-out)/],
  ['service-schema', /^generated\/mtproto\/(?:types|methods)\//],
  ['types', /^generated\/api\/(?:\w+\/)?types\//],
  ['methods', /^generated\/api\/(?:\w+\/)?methods\//],
  ['requests', /^generated\/(?:.*\/)?(?:registry\/requests|read-request)\.ts$/],
  ['registry', /^generated\/(?:.*\/)?(?:readers|registry\/(?:constructors|results)|registry)\.ts$/],
]

/** Entries that export types and nothing else: at run time they are empty modules. */
const TYPES_ALONE: readonly string[] = ['define']

/** How a module names the program of a thread that it starts: a file of its own, and only Rollup knows where both will be. */
const THREAD_PROGRAM = /new URL\('(\.\/[\w-]+)\.js', import\.meta\.url\)/g

/** Where `Api` is meant as a whole: in the compact form it is an object there, for a namespace of modules names every class. */
const WHOLE_API = /^src\/(?:entry|client\/compat\/all-tl-objects)/
const API_NAMESPACE = /(?<=import |export )\* as Api from '([./]+\/generated\/api)\/index\.js'/g

/**
 * What a file may import for the sake of loading it: registries, which say what they can read. Everything else is left out
 * where nothing of it is used, as bundlers do too: package.json says `sideEffects: false`.
 */
const REGISTRY = /\/registry\.ts$/

/** TypeScript and JSON sources; in builds for browsers every `x.node.js` is its twin `x.browser.js`, and the API in another form. */
function sources(target: Target): Plugin {
  const files = apiInForm(TARGETS[target])
  return {
    name: 'sources',
    resolveId(source, importer) {
      if (!source.startsWith('.') || importer === undefined) return null
      const path = join(dirname(importer), source).replace(/\.js$/, '.ts')
      const entry = publicNamespace(importer, path)
      if (entry !== undefined) return { id: join(root, entry), external: 'relative' } // the common folder of all inputs stands for that of the outputs
      if (target === 'node' || !path.endsWith('.node.ts')) return path
      const twin = path.replace(/\.node\.ts$/, '.browser.ts')
      if (!existsSync(twin)) throw new Error(`${path} is part of the browser build and has no twin ${twin}`)
      return twin
    },
    load: (id) => files.get(relative(root, id)) ?? null,
    async transform(text, id) {
      if (id.endsWith('.json')) return { code: `export default ${text}`, map: null }
      const isWhole = TARGETS[target] === 'compact' && WHOLE_API.test(relative(root, id))
      const named = isWhole ? text.replace(API_NAMESPACE, "{ Api } from '$1/object.js'") : text
      const placed = named.replace(THREAD_PROGRAM, (_, path: string) => {
        const file = this.emitFile({ type: 'chunk', id: join(dirname(id), `${path}.ts`), name: basename(path) })
        return `new URL(import.meta.ROLLUP_FILE_URL_${file})`
      })
      const { code } = await transform(placed, { loader: 'ts', format: 'esm', target: 'es2022' })
      return { code, map: null }
    },
    async renderChunk(code) {
      // With the spaces, esbuild drops the annotations that let bundlers leave out a class that nobody uses.
      const minifyWhitespace = !code.includes('@__PURE__')
      const options = { minifySyntax: true, minifyWhitespace, legalComments: 'none', target: 'es2022' } as const
      const { imports, code: own, exports } = numbersFirst(code, this.parse(code))
      const { code: smaller } = await transform(own, options)
      return { code: imports + smaller + exports, map: null }
    },
  }
}

/**
 * `Api` and `Api.messages` stay namespaces of modules of their own. Flattened, they would be objects that hold every
 * class, and no bundler could take one out.
 */
function publicNamespace(importer: string, path: string): string | undefined {
  const [from, to] = [relative(root, importer), relative(root, path)]
  if (from === 'src/entry/index.ts' && to === 'generated/api/index.ts') return 'api.js'
  const namespace = from === 'generated/api/index.ts' ? /^generated\/api\/(\w+)\/index\.ts$/.exec(to)?.[1] : undefined
  return namespace && `api/${namespace}.js`
}

async function buildFor(target: Target): Promise<void> {
  const own = entries().filter(({ nodeOnly }) => target === 'node' || !nodeOnly)
  // A chunk has its modules in the order in which they are imported: with the API first, in that of their names. Gzip looks
  // back no more than 32 kB, so what is alike has to lie close together.
  const [api, others] = [true, false].map((is) => own.filter(({ source }) => source.startsWith('generated/api/') === is))
  const input = Object.fromEntries([...api!, ...others!].map(({ output, source }) => [output, join(root, source)]))
  if (target === 'node') input['cli'] = join(root, 'src/cli/main.ts')
  const bundle = await rollup({
    input,
    plugins: [sources(target)],
    treeshake: { moduleSideEffects: (id) => REGISTRY.test(id) },
    external: (id) =>
      id.startsWith('node:') || builtinModules.includes(id) || packages.some((name) => id === name || id.startsWith(`${name}/`)),
    onwarn: ({ code, names = [], message }) => {
      if (code === 'EMPTY_BUNDLE' && names.every((name) => TYPES_ALONE.includes(name))) return
      console.warn(`${target}: ${message}`)
    },
  })
  await bundle.write({
    dir: join(root, 'dist', target),
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
    hoistTransitiveImports: false,
    manualChunks: (id) => CHUNKS.find(([, path]) => path.test(relative(root, id)))?.[0],
  })
  await bundle.close()
}

function buildTypes(): void {
  const folder = join(root, 'dist/types')
  compile(['-p', 'tsconfig.build.json'])
  flattenTypes(folder, entries().map(({ source }) => source.replace(/\.ts$/, '.d.ts')))
  // The compiler has the last word: every declaration is checked once more where it stands now.
  const flags = ['--noEmit', '--ignoreConfig', '--strict', '--skipLibCheck', 'false', '--types', 'node']
  const target = ['--module', 'nodenext', '--target', 'es2022', '--lib', 'es2022,dom,esnext.disposable']
  compile([...flags, ...target, ...listFiles(root, 'dist/types', '.d.ts')])
}

function compile(args: readonly string[]): void {
  const tsc = join(root, 'node_modules', '.bin', 'tsc')
  const { status, stdout, stderr } = spawnSync(tsc, args, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' })
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
  const startedMs = performance.now()
  syncExports(true)
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  for (const target of Object.keys(TARGETS) as Target[]) await buildFor(target)
  buildTypes()
  console.log(`built ${entries().length} entries into dist/ in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`)
}
