import { LocalError } from '../errors/errors.js'
import type { Reader } from './reader.js'

/** A class, or a request: an object of one. */
export interface Identified {
  readonly CONSTRUCTOR_ID: number
  readonly className: string
}

type Read = (r: Reader) => unknown

/**
 * How classes reach their readers without importing them: whoever loads a registry adds what it can read. A program
 * that only builds requests carries no reader.
 */
export interface ReadHooks {
  /** The reader of a class's fields, behind the constructor id. */
  readonly fields?: (of: Identified) => Read | undefined
  /** The reader of the answer to a request. */
  readonly answer?: (request: Identified) => Read | undefined
}

type FindReader = (kind: keyof ReadHooks, of: Identified) => Read | undefined

/** What some loaded registry reads the class with, or its answer. */
export let installedReader: FindReader = () => undefined

/** Registries are asked in the order in which they were added. */
export function installReadHooks(hooks: ReadHooks): void {
  const earlier = installedReader
  installedReader = (kind, of) => earlier(kind, of) ?? hooks[kind]?.(of)
}

/** @throws {LocalError} `state`, when no loaded registry knows the class */
export function readWith(kind: keyof ReadHooks, of: Identified, r: Reader): unknown {
  const read = installedReader(kind, of)
  if (read) return read(r)
  throw new LocalError('state', `${of.className} cannot be read: no registry that is loaded knows it`)
}
