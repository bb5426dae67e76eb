import { readObject as readAny, readRequest } from '../../generated/mtproto/registry.js'
import { TlDecodeError } from '../errors/codec.js'
import { Reader } from '../tl/reader.js'
import type { TlObject } from '../tl/object.js'

/** A generated class of the service schema. */
export interface ServiceClass<T extends TlObject> {
  readonly CONSTRUCTOR_ID: number
  readonly className: string
  readonly classType: 'constructor' | 'request'
  new (...args: never[]): T
}

/**
 * Reads one service object of a known class, boxed. Bytes behind it are ignored, as in a padded plaintext message.
 * @throws {TlDecodeError} when the bytes are another object, or none.
 */
export function readObject<T extends TlObject>(body: Uint8Array, type: ServiceClass<T>): T {
  return readFrom(new Reader(body), type)
}

/** The same for an object that is all of `body`. */
export function readExactly<T extends TlObject>(body: Uint8Array, type: ServiceClass<T>): T {
  const reader = new Reader(body)
  const object = readFrom(reader, type)
  reader.finish()
  return object
}

function readFrom<T extends TlObject>(reader: Reader, type: ServiceClass<T>): T {
  const object: TlObject = type.classType === 'request' ? readRequest(reader) : readAny(reader)
  if (object instanceof type) return object
  throw new TlDecodeError(`expected ${type.className}, got ${object.className}`, {
    path: type.className,
    expected: type.className,
    got: object.className,
    offset: 0,
    constructorId: object.CONSTRUCTOR_ID,
  })
}
