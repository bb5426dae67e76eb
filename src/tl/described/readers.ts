import { DECODED } from '../object.js'
import type { TlObject } from '../object.js'
import { readInt128, readInt256, readLong } from '../read-long.js'
import { readBool, readBytes, readDouble, readInt, readString, readUint, readVector } from '../read-vector.js'
import type { Reader } from '../reader.js'
import type { ReadFields } from '../registry.js'
import type { Described } from './define.js'
import type { Field, FieldType, Kind } from './fields.js'
import { bool, bytes, double, int, int128, int256, long, moment, string, uint } from './kinds.js'
import type { VectorKind } from './kinds.js'

type Read = (r: Reader) => unknown

const READ_KIND: ReadonlyMap<Kind, Read> = /* @__PURE__ */ new Map<Kind, Read>([
  [int, readInt],
  [moment, readInt],
  [uint, readUint],
  [double, readDouble],
  [bool, readBool],
  [string, readString],
  [bytes, readBytes],
  [long, readLong],
  [int128, readInt128],
  [int256, readInt256],
])

/** Reads what classes describe, looking constructors up by the boxed type that is wanted. */
export class DescribedReaders {
  /** All constructors of the schema. */
  readonly constructors: () => readonly Described[]
  #types: ReadonlyMap<string, ReadonlyMap<number, Described>> | undefined
  readonly #fields = new Map<Described, ReadFields>()
  readonly #readers = new Map<FieldType, Read>(READ_KIND)

  constructor(constructors: () => readonly Described[]) {
    this.constructors = constructors
  }

  /** The reader of one value. */
  of(type: FieldType): Read {
    let read = this.#readers.get(type)
    if (read === undefined) {
      read = typeof type === 'string' ? this.#boxed(type) : this.#vector(type as VectorKind)
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

  #vector({ item, itemSize }: VectorKind): Read {
    const readItem = this.of(item)
    return (r) => readVector(r, readItem, itemSize)
  }

  /** An id of another type is refused. */
  #boxed(type: string): Read {
    this.#types ??= byType(this.constructors())
    const ofType = this.#types.get(type)
    return (r) => {
      const id = r.uint()
      const of = ofType?.get(id) ?? r.unknown(id, type)
      return this.fieldsOf(of)(r)
    }
  }
}

const isFlagWord = ({ type, bit }: Field): boolean => type === undefined && bit === undefined

function byType(constructors: readonly Described[]): ReadonlyMap<string, ReadonlyMap<number, Described>> {
  const types = new Map<string, Map<number, Described>>()
  for (const each of constructors) {
    const ofType = types.get(each.type) ?? new Map<number, Described>()
    types.set(each.type, ofType.set(each.CONSTRUCTOR_ID, each))
  }
  return types
}
