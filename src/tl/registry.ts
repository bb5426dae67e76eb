import { LocalError } from '../errors/errors.js'
import { installedReader } from './hooks.js'
import type { Identified } from './hooks.js'
import { TlRequest } from './object.js'
import type { TlClass, TlObject } from './object.js'
import type { Reader } from './reader.js'

/** Reads the fields of one constructor, behind its id. */
export type ReadFields = (r: Reader) => TlObject
/** Reads the answer to one method, whose type the method says. */
export type ReadResult = (r: Reader) => unknown
/** Reads the arguments of one method, behind its id; `readQuery` reads a whole call inside it. */
export type ReadRequest = (r: Reader, readQuery: (r: Reader) => TlRequest) => TlRequest

/** Adds the readers of classes: each namespace of a schema has such a function. */
export type AddReaders<Read> = (add: (of: TlClass, read: Read) => void) => void

interface Entry<Read> {
  readonly of: TlClass
  readonly read: Read
}

/** The tables of a schema as one, put together when the first lookup is made. */
class ById<Read> {
  readonly #tables: readonly AddReaders<Read>[]
  #byId: ReadonlyMap<number, Entry<Read>> | undefined

  constructor(tables: readonly AddReaders<Read>[]) {
    this.#tables = tables
  }

  find(id: number): Read | undefined {
    return this.#entry(id)?.read
  }

  /** The reader of this very class, not of its namesake in another generated API. */
  findClass(of: object, id: number): Read | undefined {
    const entry = this.#entry(id)
    return entry !== undefined && isOrExtends(of, entry.of) ? entry.read : undefined
  }

  #entry(id: number): Entry<Read> | undefined {
    this.#byId ??= this.#build()
    return this.#byId.get(id)
  }

  #build(): ReadonlyMap<number, Entry<Read>> {
    const byId = new Map<number, Entry<Read>>()
    for (const addReaders of this.#tables) addReaders((of, read) => byId.set(of.CONSTRUCTOR_ID, { of, read }))
    return byId
  }
}

/** Reads objects of any type, by their id. */
export class ObjectRegistry {
  readonly #name: string
  readonly #readers: ById<ReadFields>

  /** `name` says in errors which schema it is: `layer 228`. */
  constructor(name: string, tables: readonly AddReaders<ReadFields>[]) {
    this.#name = name
    this.#readers = new ById(tables)
  }

  find(of: Identified): ReadFields | undefined {
    return this.#readers.findClass(of, of.CONSTRUCTOR_ID)
  }

  /** @throws {TlDecodeError} for an id that the schema does not have, and for bytes that do not fit */
  read(r: Reader): TlObject {
    const id = r.uint()
    const read = this.#readers.find(id)
    return read === undefined ? r.unknown(id, this.#name) : read(r)
  }
}

/** Reads answers, by the method that asked. */
export class ResultRegistry {
  readonly #readers: ById<ReadResult>

  constructor(tables: readonly AddReaders<ReadResult>[]) {
    this.#readers = new ById(tables)
  }

  /** The reader of a method's answer; a wrapper's answer is that of the call inside, whichever API the wrapper is of. */
  find(request: Identified): ReadResult | undefined {
    const { query } = request as { query?: unknown }
    const read = this.#readers.findClass(request.constructor, request.CONSTRUCTOR_ID)
    return read ?? (query instanceof TlRequest ? this.find(query) : undefined)
  }

  /** @throws {TlDecodeError} for bytes that do not fit. @throws {LocalError} for a method that no loaded schema has */
  read<Result>(request: TlRequest<Result>, r: Reader): Result {
    const read = this.find(request) ?? installedReader('answer', request)
    if (read === undefined) throw new LocalError('argument', `${request.className} is no method of this schema`)
    return read(r) as Result
  }
}

/** Reads method calls, by their id: the server's side. */
export class RequestRegistry {
  readonly #name: string
  readonly #readers: ById<ReadRequest>

  constructor(name: string, tables: readonly AddReaders<ReadRequest>[]) {
    this.#name = name
    this.#readers = new ById(tables)
  }

  /** @throws {TlDecodeError} for an id that no method has, and for bytes that do not fit */
  readonly read: (r: Reader) => TlRequest = (r) => {
    const id = r.uint()
    const read = this.#readers.find(id)
    return read === undefined ? r.unknown(id, `the methods of ${this.#name}`) : read(r, this.read)
  }
}

/** Whether a class is this one, or extends it. */
export function isOrExtends(of: object, base: object): boolean {
  return of === base || Object.prototype.isPrototypeOf.call(base, of)
}
