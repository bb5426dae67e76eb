import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/**
 * Telegram's own sentences about definitions, fields, types and errors, as HTML. They are not part of this project:
 * they are read, when pages are built, from a package that the reader has installed.
 */
export interface Descriptions {
  /** What to cite: `@mtcute/core 0.31.0`. */
  readonly source: string
  readonly layer: number
  definition(tlName: string): string | undefined
  /** `param` is the field's TL name. */
  param(tlName: string, param: string): string | undefined
  type(tlName: string): string | undefined
  error(name: string): string | undefined
}

interface SchemaFile {
  readonly l: number
  readonly e: readonly {
    readonly name: string
    readonly comment?: string
    readonly arguments: readonly { readonly name: string; readonly comment?: string }[]
  }[]
  readonly u: Readonly<Record<string, string>>
}
interface ErrorFile {
  readonly errors: Readonly<Record<string, { readonly description?: string; readonly _paramNames?: readonly string[] }>>
}

/** Names under which the package may be installed, the closest to the compiled layer first. */
const PACKAGES = ['mtcute-schema', '@mtcute/core'] as const

/** @returns undefined when no package with descriptions is installed: pages are then complete but for the sentences. */
export function loadDescriptions(from: string, packages: readonly string[] = PACKAGES): Descriptions | undefined {
  const { resolve } = createRequire(join(from, 'package.json'))
  for (const name of packages) {
    try {
      const schemaPath = resolve(`${name}/tl/api-schema.json`)
      const schema = JSON.parse(readFileSync(schemaPath, 'utf8')) as SchemaFile
      const errors = JSON.parse(readFileSync(join(dirname(schemaPath), 'raw-errors.json'), 'utf8')) as ErrorFile
      const manifest = JSON.parse(readFileSync(join(dirname(schemaPath), '../package.json'), 'utf8')) as Manifest
      return fromFiles(schema, errors, `${manifest.name} ${manifest.version}`)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code !== 'MODULE_NOT_FOUND' && code !== 'ENOENT' && code !== 'ERR_PACKAGE_PATH_NOT_EXPORTED') throw error
    }
  }
  return undefined
}

interface Manifest {
  readonly name: string
  readonly version: string
}

function fromFiles(schema: SchemaFile, { errors }: ErrorFile, source: string): Descriptions {
  const definitions = new Map(schema.e.map((entry) => [entry.name, entry]))
  return {
    source,
    layer: schema.l,
    definition: (tlName) => usable(definitions.get(tlName)?.comment),
    param: (tlName, param) => usable(definitions.get(tlName)?.arguments.find(({ name }) => name === param)?.comment),
    type: (tlName) => usable(schema.u[tlName]),
    error: (name) => {
      const { description, _paramNames = [] } = errors[name] ?? {}
      let index = 0
      return usable(description?.replace(/%[ds]/g, () => `<em>${_paramNames[index++] ?? 'x'}</em>`))
    },
  }
}

function usable(comment: string | undefined): string | undefined {
  return comment?.trim() ? comment : undefined
}
