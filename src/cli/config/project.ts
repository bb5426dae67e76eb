import { resolve } from 'node:path'
import type { CliIo } from '../io.js'
import { ownSchemaPath, schemaFile } from '../schema/load-schema.js'
import type { SchemaInput } from '../schema/load-schema.js'
import { loadConfig } from './load-config.js'
import type { LoadedConfig } from './load-config.js'

/** The config with its schema: what the verbs that work on a project start from. */
export interface Project extends LoadedConfig {
  readonly schemaPath: string
  readonly schema: SchemaInput
}

/** @param onFiles as of {@link loadConfig} */
export async function loadProject(
  io: CliIo,
  configPath?: string,
  schemaPath?: string,
  onFiles?: (files: readonly string[]) => void,
): Promise<Project> {
  const loaded = await loadConfig(io.cwd, configPath, onFiles)
  const { config, folder } = loaded
  const configured = config.schema?.api === undefined ? ownSchemaPath() : resolve(folder, config.schema.api)
  const path = schemaPath === undefined ? configured : resolve(io.cwd, schemaPath)
  const errors = config.schema?.errors === undefined ? undefined : resolve(folder, config.schema.errors)
  return { ...loaded, schemaPath: path, schema: schemaFile(path, io.cwd, errors) }
}
