import { DECODED } from '../object.js'
import type { TlObject } from '../object.js'
import { readInt128, readInt256, readLong } from '../read-long.js'
import { readBool, readBytes, readDouble, readInt, readString, readUint, readVector } from '../read-vector.js'
import type { Reader } from '../reader.js'
import type { ReadFields } from '../registry.js'
import type { Described } from './define.js'
import type { Field, FieldType, Kind } from './fields.js'
import type { VectorKind } from './kinds.js'

type Read = (r: Reader) => unknown

/** By what TL calls the kind. */
const READ_KIND: Readonly<Record<string, Read>> = {
  int: readInt,
  '#': readUint,
  double: readDouble,
  Bool: readBool,
  string: readString,
  bytes: readBytes,
  long: readLong,
  int128: readInt128,
  int256: readInt256,
}

/** The constructors of a schema. */
export interface Constructors {
  all(): readonly Described[]
  /** Those of one boxed type; none for a type that the schema does not have. */
  ofType(type: string): readonly Described[]
}

/** Reads what classes describe, looking constructors up by the boxed type that is wanted. */
export class DescribedReaders {
  readonly constructors: Constructors
  readonly #readQuery: Read | undefined
  readonly #fields = new Map<Described, ReadFields>()
  readonly #readers = new Map<FieldType, Read>()

  /** `readQuery` reads a method call inside another, where methods are described as well. */
  constructor(constructors: Constructors, readQuery?: Read) {
    this.constructors = constructors
    this.#readQuery = readQuery
  }

  /** The reader of one value. */
  of(type: FieldType): Read {
    let read = this.#readers.get(type)
    if (read === undefined) {
      read = typeof type === 'string' ? this.#boxed(type) : this.#kind(type)
      this.#readers.set(type, read)
    }
    return read
  }

  /** The reader of the fields of one class, behind its id. */
  fieldsOf(of: Described): ReadFields {
    let read = this.#fields.get(of)
    if (read === undefined) this.#fields.set(of, (read = this.#fieldsOf(of)))
    return read
  }

  #fieldsOf(of: Described): ReadFields {
    const { fields } = of
    const reads = fields.map(({ type }) => (type === undefined ? undefined : this.of(type)))
    const isEmpty = fields.every(isFlagWord)
    return (r) => {
      const value = (isEmpty ? new of({}) : r.open(new of(DECODED))) as unknown as Record<string, unknown>
      const words: number[] = []
      for (let i = 0; i < fields.length; i++) {
        const { name, type, bit } = fields[i]!
        if (bit === undefined) {
          if (type === undefined) words.push(r.flags(name))
          else value[name] = reads[i]!(r)
        } else {
          const isSet = (words[bit >> 5]! & (1 << bit)) !== 0
          value[name] = type === undefined ? isSet : isSet ? reads[i]!(r) : undefined
        }
      }
      return (isEmpty ? value : r.close(value)) as unknown as TlObject
    }
  }

  #kind(kind: Kind): Read {
    if (isVector(kind)) return this.#vector(kind)
    return READ_KIND[kind.text] ?? this.#readQuery!
  }

  #vector({ item, itemSize }: VectorKind): Read {
    const readItem = this.of(item)
    return (r) => readVector(r, readItem, itemSize)
  }

  /** An id of another type is refused. */
  #boxed(type: string): Read {
    let byId: ReadonlyMap<number, Described> | undefined
    return (r) => {
      byId ??= new Map(this.constructors.ofType(type).map((each) => [each.CONSTRUCTOR_ID, each]))
      const id = r.uint()
      const of = byId.get(id) ?? r.unknown(id, type)
      return this.fieldsOf(of)(r)
    }
  }
}

const isFlagWord = ({ type, bit }: Field): boolean => type === undefined && bit === undefined
const isVector = (kind: Kind): kind is VectorKind => 'item' in kind

/** The constructors of a list, which is not asked for before something is read. */
export function listed(list: () => readonly Described[]): Constructors {
  let types: Map<string, Described[]> | undefined
  return {
    all: list,
    ofType(type) {
      if (types === undefined) {
        types = new Map()
        for (const each of list()) types.set(each.type, [...(types.get(each.type) ?? []), each])
      }
      return types.get(type) ?? []
    },
  }
}
