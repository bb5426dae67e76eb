import { posix } from 'node:path'
import type { ModulePlan } from '../../modules/plan.js'
import { idFollows } from '../described/description.js'
import { schemaName } from '../registry-file.js'
import { hex } from '../write-body.js'
import { methodsText, typesText } from './schema-text.js'

const SCHEMA_FILE = 'schema.ts'

/**
 * A module plan for programs that carry all of an API and want it small, by path: what takes the place of the files of
 * `emitModules` that have the same paths. The whole schema is one text, and each class a name in it. `object.ts` is the
 * namespace of the root as an object, for `Api` itself: a namespace of modules would name everything once more. `runtime`
 * is the folder of the runtime and `neighbour` that of the API whose names the root has too, both relative to the output.
 */
export function compactModules(plan: ModulePlan, runtime: string, neighbour: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const { path, types } of plan.typeFiles) {
    files.set(path, classesFile(path, types.flatMap(({ constructors }) => constructors)))
  }
  for (const { path, method } of plan.methodFiles) files.set(path, classesFile(path, [method]))
  files.set(SCHEMA_FILE, schemaFile(plan, runtime))
  files.set('registry.ts', registryFile(plan, runtime))
  files.set('read-request.ts', readRequestFile(plan, runtime))
  files.set('object.ts', objectFile(plan, runtime, neighbour))
  return files
}

interface Named {
  readonly className: string
  readonly qualifiedName: string
}

function classesFile(path: string, classes: readonly Named[]): string {
  const schema = posix.relative(posix.dirname(path), SCHEMA_FILE).replace(/\.ts$/, '.js')
  const lines = classes.map(
    ({ className, qualifiedName }) => `export const ${className} = /* @__PURE__ */ classOf('${qualifiedName}')\n`,
  )
  return `import { classOf } from '${schema.startsWith('.') ? schema : `./${schema}`}'\n${lines.join('')}`
}

function schemaFile(plan: ModulePlan, runtime: string): string {
  const methods = plan.methodFiles.map(({ method }) => method)
  const ids = [...plan.constructors.values(), ...methods]
    .filter((each) => !idFollows(each))
    .map(({ qualifiedName, id }) => `'${qualifiedName}': ${hex(id)}`)
  const forms = [...plan.peerForms].map(([tlName, { qualifiedName }]) => {
    return `'${plan.constructors.get(tlName)!.qualifiedName}': '${qualifiedName}'`
  })
  return `import { CompactSchema } from '${runtime}/compact/schema.js'
export const schema = /* @__PURE__ */ new CompactSchema({
  types: \`${typesText(plan)}\`,
  methods: \`${methodsText(plan)}\`,
  ids: { ${ids.join(', ')} },
  forms: { ${forms.join(', ')} },
})
export const classOf = (name) => schema.classOf(name)
`
}

function registryFile(plan: ModulePlan, runtime: string): string {
  return `import { installReadHooks } from '${runtime}/hooks.js'
import { CompactObjects } from '${runtime}/compact/objects.js'
import { DescribedReaders } from '${runtime}/described/readers.js'
import { DescribedResults } from '${runtime}/described/registry.js'
import { schema } from './schema.js'
${plan.layer === undefined ? '' : "export { LAYER } from './layer.js'\n"}export { readRequest } from './read-request.js'
const readers = new DescribedReaders(schema)
const objects = new CompactObjects('${schemaName(plan)}', schema, readers)
const results = new DescribedResults(readers)
installReadHooks({ fields: (of) => objects.find(of), answer: (request) => results.find(request) })
export const readObject = (r) => objects.read(r)
export const readResult = (request, r) => results.read(request, r)
`
}

function readRequestFile(plan: ModulePlan, runtime: string): string {
  return `import { compactRequests } from '${runtime}/compact/requests.js'
import { schema } from './schema.js'
const requests = /* @__PURE__ */ compactRequests('${schemaName(plan)}', schema)
export const readRequest = (r) => requests.read(r)
`
}

function objectFile({ layer }: ModulePlan, runtime: string, neighbour: string): string {
  return `import { apiObject } from '${runtime}/compact/api-object.js'
import * as neighbour from '${neighbour}/index.js'
${layer === undefined ? '' : "import { LAYER } from './layer.js'\n"}import { schema } from './schema.js'
export const Api = /* @__PURE__ */ apiObject(schema, neighbour${layer === undefined ? '' : ', { LAYER }'})
`
}
