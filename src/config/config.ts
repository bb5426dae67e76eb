/** `rawgram.config.ts`: what `rawgram gen` reads and writes in a project. Paths are relative to the config file. */
export interface RawgramConfig {
  readonly schema?: SchemaPaths
  readonly out?: OutputOptions
  /**
   * What is generated: methods, constructors, types, or whole namespaces as `messages.*`. All that they refer to comes
   * with them. Default: everything.
   */
  readonly include?: readonly string[]
  /** How a `long` is given out: as an object of the package `big-integer`, or native. Default: `big-integer`. */
  readonly long?: 'big-integer' | 'bigint'
  readonly breaking?: BreakingOptions
  readonly docs?: DocsOptions
}

export interface SchemaPaths {
  /** The TL text of the API. Default: the one that comes with the package. */
  readonly api?: string
  /** Who may call each method and which errors it raises. Default: `errors.json` beside the text, if there is one. */
  readonly errors?: string
}

export interface OutputOptions {
  /** Default: `src/generated`. It belongs to the generator: files in it that are not generated any more are removed. */
  readonly dir?: string
}

export interface BreakingOptions {
  /** What counts as breaking. Default: `SOURCE`. */
  readonly use?: 'SOURCE' | 'WIRE' | 'DOCS'
  /** Names, or namespaces as `payments.*`, whose changes do not count. */
  readonly ignore?: readonly string[]
}

export interface DocsOptions {
  /** Default: `docs/reference`. */
  readonly dir?: string
  /** The name under which readers install the package. */
  readonly packageName?: string
}

/** Gives a config its type; returns it as it is. */
export function defineConfig(config: RawgramConfig): RawgramConfig {
  return config
}
