/**
 * `npm run schema`: imports the layer of the installed schema package into `tl/`, verifying every number on the way.
 * With `--check` nothing is written; the command fails when a file would change.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { importErrors, printErrors } from '../codegen/schema-import/import-errors.js'
import { importApi, importService } from '../codegen/schema-import/import-schema.js'
import type { PackageApi, PackageEntry, PackageErrors } from '../codegen/schema-import/package-schema.js'
import { provenancePage } from '../codegen/schema-import/provenance.js'
import type { FileRecord } from '../codegen/schema-import/provenance.js'
import { verifyServerKeys } from '../codegen/schema-import/server-keys.js'
import type { ServerKeys } from '../codegen/schema-import/server-keys.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const packageFolder = join(root, 'node_modules/mtcute-schema')
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })

const inputs: FileRecord[] = []
const readInput = (name: string): string => {
  const content = readFileSync(join(packageFolder, name), 'utf8')
  inputs.push({ name, content })
  return content
}
const ownFile = (name: string): string => readFileSync(join(root, 'tl', name), 'utf8')

const manifest = readFileSync(join(packageFolder, 'package.json'), 'utf8')
const { name, version } = JSON.parse(manifest) as { name: string; version: string }
const api = JSON.parse(readInput('tl/api-schema.json')) as PackageApi
const service = JSON.parse(readInput('tl/mtp-schema.json')) as PackageEntry[]
const errorTable = JSON.parse(readInput('tl/raw-errors.json')) as PackageErrors
readInput('tl/binary/rsa-keys.js')
const keyModule = pathToFileURL(join(packageFolder, 'tl/binary/rsa-keys.js')).href
const { __publicKeyIndex: knownKeys } = (await import(keyModule)) as {
  __publicKeyIndex: Record<string, { modulus: string }>
}

const apiText = importApi(api)
const serviceText = importService(service, ownFile('patches.tl'))
const errors = importErrors(api, errorTable)
verifyServerKeys(JSON.parse(ownFile('server-keys.json')) as ServerKeys, knownKeys)

const outputs: FileRecord[] = [
  { name: 'api.tl', content: apiText.text },
  { name: 'mtproto.tl', content: serviceText.text },
  { name: 'errors.json', content: printErrors(api.l, errors) },
]
const kept = ['patches.tl', 'server-keys.json'].map((file) => ({ name: file, content: ownFile(file) }))
outputs.push({
  name: 'PROVENANCE.md',
  content: provenancePage({
    source: `${name}@${version}`,
    layer: api.l,
    api: apiText.definitions,
    service: serviceText.definitions,
    supplement: serviceText.definitions - service.length,
    errors: Object.keys(errors.errors).length,
    foreign: apiText.foreign,
    inputs,
    outputs: [...outputs, ...kept],
  }),
})

const isCurrent = (file: FileRecord): boolean =>
  existsSync(join(root, 'tl', file.name)) && ownFile(file.name) === file.content
const changed = outputs.filter((file) => !isCurrent(file))
if (!values.check) for (const file of changed) writeFileSync(join(root, 'tl', file.name), file.content)
const counted = `${apiText.definitions} API and ${serviceText.definitions} service definitions`
console.log(`layer ${api.l}: ${counted}, every CRC-32 verified`)
const names = changed.map((file) => `tl/${file.name}`).join(', ')
console.log(changed.length === 0 ? 'tl/ is up to date' : `${values.check ? 'stale' : 'wrote'}: ${names}`)
if (values.check && changed.length > 0) process.exitCode = 1
