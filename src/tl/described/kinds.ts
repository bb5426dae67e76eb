import { bytesOf, byteStringsOf, longOf, longsOf, seconds } from '../argument-values.js'
import { writeLong } from '../write-long.js'
import { writeBool, writeBytes, writeDouble, writeInt, writeString, writeUint } from '../write-primitives.js'
import { writeObjects, writeVector } from '../write-vector.js'
import { writeInt128, writeInt256 } from '../write-wide.js'
import type { FieldType, Kind } from './fields.js'

// Plain objects, each by itself, so that a bundle holds the kinds that its classes use.

export const int: Kind = { text: 'int', write: writeInt }
/** An `int` that also takes a `Date`. */
export const moment: Kind = { text: 'int', write: writeInt, take: seconds }
export const uint: Kind = { text: '#', write: writeUint }
export const double: Kind = { text: 'double', write: writeDouble }
export const bool: Kind = { text: 'Bool', write: writeBool }
export const string: Kind = { text: 'string', write: writeString }
export const bytes: Kind = { text: 'bytes', write: writeBytes, take: bytesOf, takeItems: byteStringsOf }
export const long: Kind = { text: 'long', write: writeLong, take: longOf, takeItems: longsOf }
export const int128: Kind = { text: 'int128', write: writeInt128, take: longOf, takeItems: longsOf }
export const int256: Kind = { text: 'int256', write: writeInt256, take: longOf, takeItems: longsOf }

export interface VectorKind extends Kind {
  readonly item: FieldType
  /** The least number of bytes that an item takes. */
  readonly itemSize: number
}

/** A vector of a kind. */
export function vector(item: Kind, itemSize = 4): VectorKind {
  const { text, write, takeItems: take } = item
  return { text: `Vector ${text}`, write: (w, value) => writeVector(w, value, write), take, item, itemSize }
}

/** A vector of boxed objects. */
export function objects(item: string, itemSize = 4): VectorKind {
  return { text: `Vector ${item}`, write: (w, value) => writeObjects(w, value, item), item, itemSize }
}
