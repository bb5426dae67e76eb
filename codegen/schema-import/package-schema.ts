/** The parts of the package's JSON files that are read. */

/** `tl/api-schema.json` */
export interface PackageApi {
  /** Layer. */
  readonly l: number
  /** Entries. */
  readonly e: readonly PackageEntry[]
}

/** One entry; `tl/mtp-schema.json` is a bare array of them. */
export interface PackageEntry {
  readonly kind: 'class' | 'method'
  readonly name: string
  readonly id: number
  readonly type: string
  readonly typeModifiers?: PackageModifiers
  readonly generics?: readonly { readonly name: string }[]
  readonly arguments: readonly PackageArgument[]
  readonly available?: 'user' | 'bot' | 'both'
  readonly throws?: readonly { readonly name: string; readonly code: number }[]
}

export interface PackageArgument {
  readonly name: string
  readonly type: string
  readonly typeModifiers?: PackageModifiers
}

export interface PackageModifiers {
  readonly predicate?: string
  readonly isVector?: boolean
  readonly isBareVector?: boolean
}

/** `tl/raw-errors.json` */
export interface PackageErrors {
  readonly errors: { readonly [name: string]: { readonly code: number; readonly _paramNames?: readonly string[] } }
  /** Method to error names. */
  readonly throws: { readonly [method: string]: readonly string[] }
  readonly userOnly: { readonly [method: string]: 1 }
  readonly botOnly: { readonly [method: string]: 1 }
}
