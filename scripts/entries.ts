/**
 * What the package offers, in one place: the build, the `exports` map of package.json and the size budget read it.
 * Every file of src/entry is an entry point under its own path; each namespace of the generated API is one more.
 */
import { fileURLToPath } from 'node:url'
import { listFiles } from './files.js'

export interface Entry {
  /** As users write it after the package name: `.`, `./sessions`, `./api/messages`. */
  readonly specifier: string
  /** The TypeScript file behind it, from the root of the repo. */
  readonly source: string
  /** Under `dist/<platform>/`, without an extension. */
  readonly output: string
  /** Entries that need Node have no browser build. */
  readonly nodeOnly: boolean
  /** Other spellings that existing code uses for the same module. */
  readonly aliases: readonly string[]
}

const NODE_ONLY = new Set(['./server', './config', './codegen'])
/** New names of this package: nobody has written them with `.js` or `/index.js` yet. */
const WITHOUT_ALIASES = /^\.\/(?:api|server|config|codegen)(?:\/|$)/

export const root: string = fileURLToPath(new URL('..', import.meta.url))

export function entries(): Entry[] {
  const written = listFiles(root, 'src/entry', '.ts').map((source) =>
    entry(source, source.slice('src/entry/'.length, -'.ts'.length)),
  )
  const generated = listFiles(root, 'generated/api', '.ts')
    .filter((source) => /^generated\/api\/(?:\w+\/)?index\.ts$/.test(source))
    .map((source) => entry(source, source.slice('generated/'.length, -'.ts'.length)))
  return [...written, ...generated]
}

function entry(source: string, name: string): Entry {
  const path = name.replace(/(?:^|\/)index$/, '')
  const specifier = path === '' ? '.' : `./${path}`
  const aliases = WITHOUT_ALIASES.test(specifier)
    ? []
    : specifier === '.'
      ? ['./index', './index.js']
      : [`${specifier}.js`, `${specifier}/index.js`]
  return { specifier, source, output: path === '' ? 'index' : path, nodeOnly: NODE_ONLY.has(specifier), aliases }
}

type Conditions = Record<string, string | Record<string, string>>

/**
 * What bundlers for browsers take: the compact build where they are told the condition `compact`. Only there, for Node has
 * no use for it: both builds for browsers do without what Node alone has.
 */
function browserConditions(path: string): Record<string, string> {
  return { compact: `./dist/compact/${path}.js`, default: `./dist/browser/${path}.js` }
}

/**
 * Existing code also writes `sessions/`. Node maps a path that ends in a slash through patterns alone, in which the star
 * stands for one letter at least, and tells who writes it that it should not be there (DEP0155).
 */
const WITH_SLASH: Record<string, Conditions> = {
  './session*/': {
    types: './dist/types/src/entry/session*.d.ts',
    browser: browserConditions('session*'),
    default: './dist/node/session*.js',
  },
}

/** The exact `exports` map: every entry, every other spelling, and package.json itself. */
export function exportsMap(): Record<string, string | Conditions> {
  const map: Record<string, string | Conditions> = { ...WITH_SLASH }
  const all = entries()
  const taken = new Set(all.map(({ specifier }) => specifier))
  for (const { specifier, source, output, nodeOnly, aliases } of all) {
    const conditions: Conditions = { types: `./dist/types/${source.replace(/\.ts$/, '.d.ts')}` }
    if (!nodeOnly) conditions['browser'] = browserConditions(output)
    conditions['default'] = `./dist/node/${output}.js`
    for (const spelling of [specifier, ...aliases.filter((alias) => !taken.has(alias))]) map[spelling] = conditions
  }
  const sorted = Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)))
  return { ...sorted, './package.json': './package.json' }
}
