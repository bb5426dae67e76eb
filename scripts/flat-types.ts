/**
 * The declarations of the generated code as one file for each namespace. The compiler writes a file per type and method,
 * and a program that names one class would open all of them: 1,500 small files cost more to find than to read.
 *
 * The text of a declaration stays as it is. What changes is where it stands, what it is imported from, and, where two
 * namespaces have a name in common, the name under which a file knows the one that is not its own.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { listFiles } from './files.js'

/** Modules that one file replaces. */
interface Group {
  /** `generated/api/messages/index.d.ts`, which is among the modules. */
  readonly index: string
  /** Tells its names from namesakes elsewhere. */
  readonly prefix: string
  readonly modules: string[]
}

interface Import {
  readonly name: string
  readonly local: string
  readonly from: string
}

interface Module {
  readonly imports: readonly Import[]
  /** Everything but the imports. */
  readonly body: string
}

const PARTS = /^generated\/(api|mtproto)\/(?:(\w+)\/)?(?:(?:types|methods)\/[^/]+|index)\.d\.ts$/
/** Of the root: what its index exports beside types and methods. */
const ROOT_PARTS = /^generated\/api\/(?:aliases|entity-like|errors|layer)\.d\.ts$/
const IMPORT = /^import (?:type )?\{([^}]*)\} from '([^']+)';\n/gm
const EXPORT_FROM = /^export (?:type )?\{([^}]*)\} from '([^']+)';\n/gm
const READER = /^export declare function read\w+\(.*\n/gm
const DECLARED = /^export (?:declare (?:class|const)|type) (\w+)/gm

/** Rewrites the declarations under `folder`, and removes those that none of `entries` reaches. */
export function flattenTypes(folder: string, entries: readonly string[]): void {
  const read = (path: string): string => readFileSync(join(folder, path), 'utf8')
  const files = listFiles(folder, '.', '.d.ts').map((path) => posix.normalize(path))
  const groups = groupsOf(files)
  const homes = new Map(groups.flatMap((group) => group.modules.map((module) => [module, group])))
  const flat = new Map(groups.map((group) => [group.index, flatText(group, homes, read)]))
  for (const [path, text] of flat) writeFileSync(join(folder, path), text)
  for (const path of files.filter((each) => !homes.has(each))) {
    const text = read(path)
    const moved = text.replace(/from '(\.[^']+)'/g, (all, specifier: string) => {
      const home = homes.get(target(path, specifier))
      return home === undefined ? all : `from '${specifierOf(path, home.index)}'`
    })
    if (moved !== text) writeFileSync(join(folder, path), moved)
  }
  const kept = reachable(folder, entries)
  for (const path of files) if (!kept.has(path)) rmSync(join(folder, path))
}

function groupsOf(files: readonly string[]): Group[] {
  const groups = new Map<string, Group>()
  for (const path of files) {
    const [, api, namespace = ''] = PARTS.exec(path) ?? (ROOT_PARTS.test(path) ? [path, 'api'] : [])
    if (api === undefined) continue
    const index = posix.join('generated', api, namespace, 'index.d.ts')
    const name = namespace || (api === 'api' ? 'root' : 'service')
    const prefix = name[0]!.toUpperCase() + name.slice(1)
    const group = groups.get(index) ?? { index, prefix, modules: [] }
    group.modules.push(path)
    groups.set(index, group)
  }
  return [...groups.values()]
}

function flatText(group: Group, homes: ReadonlyMap<string, Group>, read: (path: string) => string): string {
  const { index } = group
  const modules = group.modules.filter((path) => path !== index).map((path) => parseModule(path, read(path)))
  const declared = new Set(modules.flatMap(({ body }) => [...body.matchAll(DECLARED)].map(([, name]) => name!)))
  const rest = indexRest(group, homes, read(index), declared)
  const imported = new Map<string, Map<string, string>>()
  const taken = new Set(declared)
  /** One local name in the whole file for what several modules import. */
  const localName = ({ name, from }: Import): string => {
    const home = homes.get(from)
    if (home === group) return name
    const source = home?.index ?? from
    const names = imported.get(source) ?? new Map<string, string>()
    imported.set(source, names)
    let local = names.get(name)
    if (local === undefined) {
      local = taken.has(name) ? name.replace(/^(Type|)(?=[A-Z])/, `$1${home?.prefix ?? 'Tl'}`) : name
      if (taken.has(local)) throw new Error(`${index}: no name is left for ${name} of ${source}`)
      taken.add(local)
      names.set(name, local)
    }
    return local
  }
  const bodies = modules.map(({ imports, body }) => {
    const used = imports.filter(({ local }) => new RegExp(`\\b${local}\\b`).test(withoutComments(body)))
    return rename(ownErrors(body), new Map(used.map((each) => [each.local, localName(each)])))
  })
  const lines = [...imported].sort(([a], [b]) => (a < b ? -1 : 1)).map(([from, names]) => importLine(index, from, names))
  return `${lines.join('')}${bodies.join('')}${rest}export {};\n`
}

/** What an index has beside the exports of its own group, which the flat file declares. */
function indexRest(group: Group, homes: ReadonlyMap<string, Group>, text: string, declared: ReadonlySet<string>): string {
  const exported = new Set<string>()
  const rest = text.replace(EXPORT_FROM, (all, names: string, specifier: string) => {
    const home = homes.get(target(group.index, specifier))
    if (home !== group) return all
    for (const name of names.split(',')) exported.add(name.trim())
    return ''
  })
  const odd = [...declared].filter((name) => !exported.has(name)).concat([...exported].filter((name) => !declared.has(name)))
  if (odd.length > 0) throw new Error(`${group.index}: declared and exported names differ: ${odd.join(', ')}`)
  return rest.replace(/^export \{\};\n/m, '')
}

function parseModule(path: string, text: string): Module {
  const imports: Import[] = []
  const body = text
    .replace(IMPORT, (_, names: string, specifier: string) => {
      for (const each of names.split(',').map((name) => name.trim().replace(/^type /, ''))) {
        const [name = '', local = name] = each.split(' as ')
        if (name !== '') imports.push({ name, local, from: target(path, specifier) })
      }
      return ''
    })
    // Readers are the registry's; no declaration is needed for them, because nothing outside imports them.
    .replace(READER, '')
    .replace(/^export \{\};\n/m, '')
  const odd = /^(?:import|export \*|export \{).*/m.exec(body)
  if (odd !== null) throw new Error(`${path}: not expected in generated declarations: ${odd[0]}`)
  return { imports, body }
}

/** `type Errors` is every method's own; side by side each needs a name. */
function ownErrors(body: string): string {
  const name = /^export declare class (\w+)/m.exec(body)?.[1]
  return /^type Errors\b/m.test(body) ? rename(body, new Map([['Errors', `ErrorsOf${name}`]])) : body
}

const COMMENT_OR_TEXT = /\/\*[^]*?\*\/|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g

const withoutComments = (text: string): string => text.replace(/\/\*[^]*?\*\//g, '')

/** Other names for types: no member is meant, because members follow a dot or begin with a small letter. */
function rename(text: string, names: ReadonlyMap<string, string>): string {
  const changed = new Map([...names].filter(([from, to]) => from !== to))
  if (changed.size === 0) return text
  const word = new RegExp(`${COMMENT_OR_TEXT.source}|(?<![.\\w])(?:${[...changed.keys()].join('|')})\\b`, 'g')
  return text.replace(word, (found) => changed.get(found) ?? found)
}

function importLine(index: string, from: string, names: ReadonlyMap<string, string>): string {
  const list = [...names].map(([name, local]) => (name === local ? name : `${name} as ${local}`)).sort()
  return `import type { ${list.join(', ')} } from '${specifierOf(index, from)}';\n`
}

const target = (importer: string, specifier: string): string =>
  posix.join(posix.dirname(importer), specifier).replace(/\.js$/, '.d.ts')

function specifierOf(importer: string, path: string): string {
  const relative = posix.relative(posix.dirname(importer), path).replace(/\.d\.ts$/, '.js')
  return relative.startsWith('.') ? relative : `./${relative}`
}

function reachable(folder: string, entries: readonly string[]): ReadonlySet<string> {
  const seen = new Set(entries)
  for (const path of seen) {
    const text = readFileSync(join(folder, path), 'utf8')
    for (const [, specifier = ''] of text.matchAll(/(?:from |import\()'(\.[^']+)'/g)) {
      const next = target(path, specifier)
      if (!existsSync(join(folder, next))) throw new Error(`${path} imports ${specifier}, which is not there`)
      seen.add(next)
    }
  }
  return seen
}
