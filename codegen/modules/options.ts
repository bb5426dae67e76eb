/** What may differ between one generated API and another. */
export interface ModuleOptions {
  /** What a `long` is: a `big-integer` object, as existing code expects, or a native `bigint`. */
  readonly long: 'big-integer' | 'bigint'
  /** What `int128` and `int256` are: integers as `long` is, or the bytes as they are on the wire. */
  readonly wide: 'integer' | 'bytes'
  /** Fields that are peers accept names, ids and entities as well, for a client that resolves them. */
  readonly entityLike: boolean
  /** Where the file with a runtime module is: `writer` to `../../src/tl/writer.js`, seen from the output folder's root. */
  readonly runtime: RuntimeLocation
  /** The first line of every file, without the comment marks. */
  readonly provenance: string
}

/** Either one package entry that exports everything, or a folder with a file for each module, relative to the output. */
export type RuntimeLocation = { readonly entry: string } | { readonly folder: string }
