import { LocalError } from '../errors/errors.js'
import type { Reader } from './reader.js'

/**
 * How classes reach their readers without importing them: whoever loads a registry installs what it can read.
 * A program that only builds requests carries no reader.
 */
export interface ReadHooks {
  /** Reads the fields of a class. */
  readonly body: (of: { readonly CONSTRUCTOR_ID: number; readonly className: string }, reader: Reader) => unknown
  /** Reads the answer to a request. */
  readonly result: (request: { readonly CONSTRUCTOR_ID: number; readonly className: string }, reader: Reader) => unknown
}

let installed: ReadHooks | undefined

export function installReadHooks(hooks: ReadHooks): void {
  installed = hooks
}

/** @throws {LocalError} `state`, when no registry is loaded */
export function readWith<Kind extends keyof ReadHooks>(kind: Kind, className: string): ReadHooks[Kind] {
  if (installed === undefined) {
    throw new LocalError('state', `${className} cannot be read yet: import the package's root (or its registry), which loads the readers`)
  }
  return installed[kind]
}
