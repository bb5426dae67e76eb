import { execFile } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { promisify } from 'node:util'
import { compileSchema } from '../../../codegen/compile-schema.js'
import type { CompiledSchema, CompileOptions } from '../../../codegen/compile-schema.js'
import type { ErrorTable } from '../../../codegen/ir/error-table.js'
import type { Schema } from '../../../codegen/ir/ir.js'
import { renderDiagnostic } from '../../../codegen/text/diagnostic.js'
import type { SourceText } from '../../../codegen/text/source.js'
import { CliFailure, EXIT, ioFailure, usage } from '../exit-code.js'
import { packageFile } from '../package-files.js'
import { errorTableFile } from './error-table-file.js'
import { layerPackage, packagedSchema } from './npm-package.js'

/** A TL text and the error table that belongs to it. */
export interface SchemaInput {
  readonly source: SourceText
  readonly errors: ErrorTable | undefined
  /** Files that were read for it, or would have been if they were there. */
  readonly files: readonly string[]
  /** Where it lies; undefined for one that came from a package or from git. */
  readonly path: string | undefined
}

/** The schema that comes with this package. */
export const ownSchemaPath = (): string => packageFile('tl/api.tl')

/** A text on disk, with the error table beside it unless another is named. */
export function schemaFile(path: string, cwd: string, errorsPath?: string): SchemaInput {
  const absolute = resolve(cwd, path)
  const errors = errorsPath === undefined ? join(dirname(absolute), 'errors.json') : resolve(cwd, errorsPath)
  const shown = nameFromHere(absolute, cwd)
  let text: string
  try {
    text = readFileSync(absolute, 'utf8')
  } catch (error) {
    throw ioFailure(`the schema ${shown} could not be read`, error)
  }
  const hasErrors = errorsPath !== undefined || existsSync(errors)
  return {
    source: { name: shown, text },
    errors: hasErrors ? errorTableFile(errors, nameFromHere(errors, cwd)) : undefined,
    files: [absolute, errors],
    path: absolute,
  }
}

/** As the user would write it; what lies outside of the folder has its whole path. */
function nameFromHere(path: string, cwd: string): string {
  const fromHere = relative(cwd, path)
  return fromHere.startsWith('..') ? path : fromHere
}

/**
 * A schema by any of its names: a file, a layer (`223`), a package (`npm:@mtcute/tl@223`), or a git revision of
 * `current` (`main`, `HEAD~1`).
 */
export async function findSchema(reference: string, current: string, cwd: string): Promise<SchemaInput> {
  if (reference.startsWith('npm:')) return fromPackage(reference.slice('npm:'.length), cwd)
  if (/^\d+$/.test(reference)) return fromLayer(Number(reference), cwd)
  if (statSync(resolve(cwd, reference), { throwIfNoEntry: false })?.isFile()) return schemaFile(reference, cwd)
  return fromGit(reference, current, cwd)
}

async function fromLayer(layer: number, cwd: string): Promise<SchemaInput> {
  const own = schemaFile(ownSchemaPath(), cwd)
  return sound(own).schema.layer === layer ? own : await fromPackage(layerPackage(layer), cwd)
}

async function fromPackage(spec: string, cwd: string): Promise<SchemaInput> {
  const { source, api, errors } = await packagedSchema(spec, cwd)
  return {
    source: { name: source, text: api },
    errors: errors === undefined ? undefined : (JSON.parse(errors) as ErrorTable),
    files: [],
    path: undefined,
  }
}

async function fromGit(revision: string, current: string, cwd: string): Promise<SchemaInput> {
  const absolute = resolve(cwd, current)
  const spec = `${revision}:./${relative(cwd, absolute).replaceAll('\\', '/')}`
  try {
    if (revision.startsWith('-')) throw new Error('a revision does not begin with a dash')
    const { stdout } = await promisify(execFile)('git', ['show', spec], { cwd, maxBuffer: 1 << 26 })
    return { source: { name: spec, text: stdout }, errors: undefined, files: [], path: undefined }
  } catch {
    throw usage(`'${revision}' is neither a file, nor a layer, nor npm:package, nor a git revision that has ${current}`)
  }
}

/** Compiles a schema that has to be usable; its findings are the message otherwise. */
export function sound(input: SchemaInput, options: CompileOptions = {}): CompiledSchema {
  const { source, errors: table } = input
  const compiled = compileSchema([source], { ...(table !== undefined && { errors: table }), ...options })
  if (compiled.ok) return compiled
  const errors = compiled.diagnostics.filter((diagnostic) => diagnostic.severity === 'error')
  throw new CliFailure(EXIT.findings, `${input.source.name} is unsound\n${errors.map(renderDiagnostic).join('\n')}`)
}

/** For comparing: numbers that other projects changed on purpose do not stand in the way. */
export const comparable = (input: SchemaInput): Schema => sound(input, { crcMismatch: 'warning' }).schema
