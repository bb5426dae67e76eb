import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { importErrors, printErrors } from '../../../codegen/schema-import/import-errors.js'
import { importApi } from '../../../codegen/schema-import/import-schema.js'
import type { PackageApi, PackageErrors } from '../../../codegen/schema-import/package-schema.js'
import { ioFailure, usage } from '../exit-code.js'
import { readTarGz } from './tar.js'

/** A schema as it was taken out of an npm package. */
export interface PackagedSchema {
  /** `@mtcute/tl@223.0.0` */
  readonly source: string
  readonly layer: number
  readonly api: string
  /** `errors.json`, where the package says who raises what. */
  readonly errors: string | undefined
}

type ReadFile = (path: string) => string | undefined

/** The package with the schema of an older layer; its versions are numbered by layer. */
export const layerPackage = (layer: number): string => `@mtcute/tl@${layer}`

/**
 * The schema in a package such as `@mtcute/core@0.31.0` or `@mtcute/tl@223`: from `node_modules` where that version is
 * installed, otherwise from the registry, through the user's own npm and its settings.
 */
export async function packagedSchema(spec: string, cwd: string): Promise<PackagedSchema> {
  const match = /^((?:@[\w.-]+\/)?[\w.-]+)(?:@([\w.^~-]+))?$/.exec(spec)
  if (match === null) throw usage(`'${spec}' is no npm package: write it as @mtcute/core@0.31.0`)
  const [, name = '', version] = match
  return installedSchema(name, version, cwd) ?? (await registrySchema(spec, cwd))
}

function installedSchema(name: string, version: string | undefined, cwd: string): PackagedSchema | undefined {
  const folder = join(cwd, 'node_modules', name)
  const read: ReadFile = (path) => {
    const file = join(folder, path)
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined
  }
  const manifest = read('package.json')
  if (manifest === undefined) return undefined
  const installed = installedVersion(manifest)
  if (installed === undefined) throw ioFailure(`node_modules/${name}/package.json states no version; install it again`)
  const wanted = version === undefined || installed === version || installed.startsWith(`${version}.`)
  return wanted ? readPackage(`${name}@${installed}`, read) : undefined
}

function installedVersion(manifest: string): string | undefined {
  try {
    const { version } = JSON.parse(manifest) as { version?: unknown }
    return typeof version === 'string' ? version : undefined
  } catch {
    return undefined
  }
}

async function registrySchema(spec: string, cwd: string): Promise<PackagedSchema> {
  const folder = mkdtempSync(join(tmpdir(), 'rawgram-'))
  try {
    const args = ['pack', spec, '--json', '--ignore-scripts', '--pack-destination', folder]
    const options = { cwd, maxBuffer: 1 << 26, shell: process.platform === 'win32' }
    const { stdout } = await promisify(execFile)('npm', args, options)
    const [packed] = JSON.parse(stdout) as { id: string; filename: string }[]
    if (packed === undefined) throw new Error('npm packed nothing')
    const files = readTarGz(readFileSync(join(folder, packed.filename)))
    return readPackage(packed.id, (path) => {
      const bytes = files.get(`package/${path}`)
      return bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8')
    })
  } catch (error) {
    throw ioFailure(`the package ${spec} could not be read`, error)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The files lie in `tl/` of `@mtcute/core`, and at the root of the older `@mtcute/tl`. */
function readPackage(source: string, read: ReadFile): PackagedSchema {
  const file = (name: string): string | undefined => read(`tl/${name}`) ?? read(name)
  const text = file('api-schema.json')
  if (text === undefined) throw usage(`${source} holds no schema: api-schema.json is not in it`)
  const api = JSON.parse(text) as PackageApi
  const errors = file('raw-errors.json')
  return {
    source,
    layer: api.l,
    api: importApi(api).text,
    errors: errors && printErrors(api.l, importErrors(api, JSON.parse(errors) as PackageErrors)),
  }
}
