import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RawgramConfig } from '../../config/config.js'
import { CliFailure, EXIT, usage } from '../exit-code.js'
import { checkConfig } from './check-config.js'

export const CONFIG_NAMES = [
  'rawgram.config.ts',
  'rawgram.config.mts',
  'rawgram.config.js',
  'rawgram.config.mjs',
] as const

/** What packages are installed in, in the path of a file. */
const NODE_MODULES = `${sep}node_modules${sep}`

export interface LoadedConfig {
  readonly config: RawgramConfig
  /** Undefined when the project has none: then every option has its default. */
  readonly path: string | undefined
  /** What relative paths in the config are relative to. */
  readonly folder: string
  /** The config and what it imports, apart from packages and from `.mjs`, of which Node keeps the first version for ever. */
  readonly files: readonly string[]
}

/** Node's own cache, in which modules that jiti loads are kept as well, and JSON. */
const { cache } = createRequire(import.meta.url)

/**
 * The project's config, or the one that `--config` names.
 * @param onFiles is told the {@link LoadedConfig.files} of a config that does not run as well
 */
export async function loadConfig(cwd: string, named?: string, onFiles?: (files: readonly string[]) => void): Promise<LoadedConfig> {
  const path = named === undefined ? CONFIG_NAMES.map((name) => join(cwd, name)).find(existsSync) : resolve(cwd, named)
  if (path === undefined) return { config: {}, path, folder: cwd, files: [] }
  if (!existsSync(path)) throw usage(`there is no config ${named}`)
  const { createJiti } = await import('jiti') // which takes as long to load as the rest of the command
  const jiti = createJiti(import.meta.url, { alias: { 'rawgram/config': configModule() } })
  const kept = new Set(Object.keys(cache))
  let value: unknown
  let files: string[]
  try {
    // As TypeScript whatever its name is: plain modules would go to Node, which keeps the first version for ever.
    const loaded = (await jiti.evalModule(readFileSync(path, 'utf8'), { filename: path, ext: '.ts', async: true })) as {
      readonly default?: unknown
    }
    value = loaded.default ?? loaded
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CliFailure(EXIT.usage, `${path} does not run: ${reason}`, { cause: error })
  } finally {
    // A change has to be seen by `gen --watch`, so nothing is kept from one load to the next.
    files = Object.keys(cache).filter((file) => !kept.has(file) && !file.includes(NODE_MODULES))
    for (const file of files) delete cache[file]
    onFiles?.(files)
  }
  return { config: checkConfig(value), path, folder: dirname(path), files }
}

/** `rawgram/config`, beside this file as built or as written: found under whatever name the package is installed. */
function configModule(): string {
  const candidates = ['./config.js', '../config.js', '../../entry/config.ts']
  const paths = candidates.map((file) => fileURLToPath(new URL(file, import.meta.url)))
  return paths.find((path) => existsSync(path)) ?? 'rawgram/config'
}
