/**
 * What generated code is written against. A project that generates its own API imports its classes from its own files,
 * and those import this entry; nothing of the API comes with it.
 */
export { TlDecodeError, TlEncodeError } from '../errors/codec.js'
export { byteStringsOf, bytesOf, longOf, longsOf, randomLong, randomLongs, seconds } from '../tl/argument-values.js'
export type { Bytes, DateLike } from '../tl/argument-values.js'
export { refuseUnknown } from '../tl/arguments.js'
export { isSet, tied, tiedFields } from '../tl/flags.js'
export { installReadHooks } from '../tl/hooks.js'
export type { BigInteger, LongLike } from '../tl/long.js'
export { DECODED, TlObject, TlRequest } from '../tl/object.js'
export type { TlClass } from '../tl/object.js'
export { Reader } from '../tl/reader.js'
export { readInt128, readInt256, readLong } from '../tl/read-long.js'
export {
  readBareVector,
  readBigint,
  readBool,
  readBytes,
  readDouble,
  readInt,
  readString,
  readUint,
  readVector,
} from '../tl/read-vector.js'
export { ObjectRegistry, RequestRegistry, ResultRegistry } from '../tl/registry.js'
export type { ReadFields, ReadRequest, ReadResult } from '../tl/registry.js'
export { writeBare } from '../tl/write-bare.js'
export { writeLong } from '../tl/write-long.js'
export { writeBool, writeBytes, writeDouble, writeInt, writeString, writeUint } from '../tl/write-primitives.js'
export { writeQuery } from '../tl/write-query.js'
export { writeBareVector, writeObjects, writeVector } from '../tl/write-vector.js'
export { writeInt128, writeInt256 } from '../tl/write-wide.js'
export { Writer } from '../tl/writer.js'
