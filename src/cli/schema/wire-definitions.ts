import { Definitions } from '../../../codegen/wire/definitions.js'
import { loadProject } from '../config/project.js'
import { usage } from '../exit-code.js'
import type { CliIo } from '../io.js'
import { packageFile } from '../package-files.js'
import { comparable, findSchema, ownSchemaPath, schemaFile } from './load-schema.js'

export interface WireOptions {
  /** A file, a layer, a package or a git revision, instead of the project's schema. */
  readonly schema?: string
  readonly layer?: number
  readonly config?: string
}

/** What bytes are read by: the API of the project or of a layer, and the service messages that surround it. */
export async function wireDefinitions(io: CliIo, options: WireOptions): Promise<Definitions> {
  if (options.layer !== undefined && options.schema !== undefined) throw usage('--layer and --schema exclude each other')
  const reference = options.layer === undefined ? options.schema : String(options.layer)
  const api =
    reference === undefined
      ? (await loadProject(io, options.config)).schema
      : await findSchema(reference, ownSchemaPath(), io.cwd)
  return new Definitions([comparable(api), comparable(schemaFile(packageFile('tl/mtproto.tl'), io.cwd))])
}
