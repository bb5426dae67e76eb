import { LocalError } from '../../errors/errors.js'
import { installedReader } from '../hooks.js'
import type { Identified } from '../hooks.js'
import { TlRequest } from '../object.js'
import { readVector } from '../read-vector.js'
import type { Reader } from '../reader.js'
import { ObjectRegistry } from '../registry.js'
import type { ReadResult } from '../registry.js'
import { crc32 } from './crc32.js'
import type { FieldType, Kind } from './fields.js'
import { bool, int, long } from './kinds.js'
import type { DescribedReaders } from './readers.js'

/** Reads objects of any type, by their id. `name` says in errors which schema it is: `layer 228`. */
export function describedObjects(name: string, readers: DescribedReaders): ObjectRegistry {
  return new ObjectRegistry(name, [
    (add) => {
      for (const each of readers.constructors.all()) add(each, (r) => readers.fieldsOf(each)(r))
    },
  ])
}

/**
 * What a method says about its answer: `true` for the type that has the number SUBCLASS_OF_ID, the name of another, of
 * the items of a vector the name and the least bytes of one; or, where methods are described as well, the kind.
 */
type Answer = true | string | readonly [item: string, itemSize: number] | Kind

interface Answered {
  readonly answer?: Answer
  readonly SUBCLASS_OF_ID: number
}

const PRIMITIVES: ReadonlyMap<string, FieldType> = /* @__PURE__ */ new Map([bool, int, long].map((kind) => [kind.text, kind]))

/** Reads answers, by what the class of the request says: no table of methods is needed, and a bundle holds those it uses. */
export class DescribedResults {
  readonly #readers: DescribedReaders
  #types: ReadonlyMap<number, string> | undefined

  constructor(readers: DescribedReaders) {
    this.#readers = readers
  }

  /** The reader of a method's answer; a wrapper's answer is that of the call inside, whichever API the wrapper is of. */
  find(request: Identified): ReadResult | undefined {
    const { answer, SUBCLASS_OF_ID } = request.constructor as unknown as Answered
    if (answer !== undefined) return this.#reader(answer === true ? this.#type(SUBCLASS_OF_ID) : answer)
    const { query } = request as { query?: unknown }
    return query instanceof TlRequest ? this.find(query) : undefined
  }

  /** @throws {TlDecodeError} for bytes that do not fit. @throws {LocalError} for a method that no loaded schema has */
  read<Result>(request: TlRequest<Result>, r: Reader): Result {
    const read = this.find(request) ?? installedReader('answer', request)
    if (read === undefined) throw new LocalError('argument', `${request.className} is no method of this schema`)
    return read(r) as Result
  }

  /** The name of the type whose name has this CRC-32. */
  #type(id: number): string {
    if (this.#types === undefined) {
      const types = new Set([bool.text, ...this.#readers.constructors.all().map(({ type }) => type)])
      this.#types = new Map([...types].map((type) => [crc32(type), type]))
    }
    return this.#types.get(id)!
  }

  #reader(answer: Exclude<Answer, true>): ReadResult {
    if (typeof answer === 'string') return this.#readers.of(PRIMITIVES.get(answer) ?? answer)
    if (!Array.isArray(answer)) return this.#readers.of(answer as Kind)
    const [item, itemSize] = answer as readonly [string, number]
    const readItem = this.#reader(item)
    return (r) => readVector(r, readItem, itemSize)
  }
}
