import { posix } from 'node:path'
import type { Constructor } from '../../ir/ir.js'
import type { ModulePlan, PlannedType } from '../../modules/plan.js'
import { lighten } from '../lighten.js'
import { methodFileStatements } from '../method-file.js'
import { printFiles } from '../print.js'
import { schemaName } from '../registry-file.js'
import { description } from './description.js'

/** Where each name of the runtime is, below `described/`. */
const RUNTIME: Readonly<Record<string, string>> = {
  ...named('define', ['constructor']),
  ...named('fields', ['field', 'flag', 'flags', 'optional']),
  ...named('type-reader', ['typeReader']),
  ...named('kinds', [
    ...['bool', 'bytes', 'double', 'int', 'int128', 'int256', 'long', 'moment', 'objects'],
    ...['string', 'uint', 'vector'],
  ]),
}

/**
 * A module plan for builds in which size matters more than speed, by path: what takes the place of the files of
 * `emitModules` that have the same paths. Constructors are described, and so are their readers, who are most of an API's
 * code. Methods stay spelled out: a bundle that only builds requests needs no interpreter. `runtime` is the folder of the
 * runtime, relative to the output.
 */
export function describedModules(plan: ModulePlan, runtime: string): ReadonlyMap<string, string> {
  const methods = new Map(plan.methodFiles.map((file) => [file.path, methodFileStatements(plan, file, true).map(lighten)]))
  const files = new Map(printFiles(methods, plan.options.provenance))
  for (const { path, types } of plan.typeFiles) {
    files.set(path, typeFile(plan, types, seenFrom(path, runtime)))
  }
  files.set('readers.ts', readersFile(plan, runtime))
  files.set('registry.ts', registryFile(plan, runtime))
  return files
}

/** The folder of the runtime, as a file imports it. */
const seenFrom = (path: string, runtime: string): string => posix.relative(posix.dirname(path), runtime)

function typeFile(plan: ModulePlan, types: readonly PlannedType[], runtime: string): string {
  const taken = new Set<string>()
  const take = (name: string): string => {
    taken.add(name)
    return name
  }
  const declarations = types.flatMap(({ type, constructors }) => [
    ...constructors.map((each) => `export const ${each.className} = ${description(plan, each, take)}\n`),
    `export const read${type.identifier} = /* @__PURE__ */ ${take('typeReader')}('${type.tlName}')\n`,
  ])
  const imports = [...taken].sort().map((name) => `import { ${name} } from '${runtime}/described/${RUNTIME[name]}.js'\n`)
  return [...imports, ...declarations].join('')
}

function readersFile(plan: ModulePlan, runtime: string): string {
  const files = plan.typeFiles.map(({ path, types }) => ({ path, classes: types.flatMap((each) => each.constructors) }))
  const { imports, list } = classList(files)
  return `${imports}import { DescribedReaders, listed } from '${runtime}/described/readers.js'
export const readers = /* @__PURE__ */ new DescribedReaders(/* @__PURE__ */ listed(() => ${list}))
`
}

function registryFile(plan: ModulePlan, runtime: string): string {
  return `import { installReadHooks } from '${runtime}/hooks.js'
import { describedObjects, DescribedResults } from '${runtime}/described/registry.js'
import { installTypeReaders } from '${runtime}/described/type-reader.js'
import { readers } from './readers.js'
${plan.layer === undefined ? '' : "export { LAYER } from './layer.js'\n"}export { readRequest } from './read-request.js'
const objects = describedObjects('${schemaName(plan)}', readers)
const results = new DescribedResults(readers)
installTypeReaders((type) => readers.of(type))
installReadHooks({ fields: (of) => objects.find(of), answer: (request) => results.find(request) })
export const readObject = (r) => objects.read(r)
export const readResult = (request, r) => results.read(request, r)
`
}

interface ClassFile {
  readonly path: string
  readonly classes: readonly Constructor[]
}

/** Imports of classes under names that nothing else has, and the array of them. */
function classList(files: readonly ClassFile[]): { imports: string; list: string } {
  let count = 0
  const locals: string[] = []
  const imports = files.map(({ path, classes }) => {
    const names = classes.map(({ className }) => {
      const local = `C${count++}`
      locals.push(local)
      return `${className} as ${local}`
    })
    return `import { ${names.join(', ')} } from './${path.replace(/\.ts$/, '.js')}'\n`
  })
  return { imports: imports.join(''), list: `[${locals.join(', ')}]` }
}

function named(module: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, module]))
}
