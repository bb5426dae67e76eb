import { writeLong } from '../../tl/write-long.js'
import { writeBool } from '../../tl/write-primitives.js'
import * as Api from '../../../generated/api/index.js'
import { LAYER } from '../../../generated/api/registry.js'
import { ID_VECTOR } from '../../mtproto/constructors.js'
import type { TlObject, TlRequest } from '../../tl/object.js'
import { Writable, Writer } from '../../tl/writer.js'
import { forLayer } from './layers.js'

/** Methods whose `Vector<long>` cannot be told from a `Vector<int>` by its values. */
const LONG_VECTORS: ReadonlySet<number> = new Set([
  Api.messages.ReceivedQueue.CONSTRUCTOR_ID,
  Api.photos.DeletePhotos.CONSTRUCTOR_ID,
])

/**
 * The bytes of a result as `rpc_result` holds it: a boxed object, `Bool`, or a vector, whose bare elements only the
 * caller, who knows what it asked, can tell apart.
 * @param layer what the caller reads; of another layer than this package's only what has not changed is sent.
 */
export function encodeResult(request: TlRequest<unknown>, value: unknown, layer: number): Uint8Array {
  const writer = new Writer()
  writeResult(writer, request.CONSTRUCTOR_ID, layer === LAYER ? value : forLayer(value, layer))
  return writer.finish()
}

/** Any object, such as an update, for the layer of its reader. */
export function encodeObject(object: TlObject, layer: number): Uint8Array {
  if (layer === LAYER) return object.getBytes()
  const writer = new Writer()
  ;(forLayer(object, layer) as Writable).write(writer)
  return writer.finish()
}

function writeResult(writer: Writer, method: number, value: unknown): void {
  if (value instanceof Writable) return value.write(writer)
  if (typeof value === 'boolean') return writeBool(writer, value)
  if (!Array.isArray(value)) throw new TypeError(`a handler returned ${typeof value}, which is no result of any method`)
  writer.uint(ID_VECTOR)
  writer.uint(value.length)
  for (const [index, element] of value.entries()) writeElement(writer, element, index, LONG_VECTORS.has(method))
}

function writeElement(writer: Writer, element: unknown, index: number, isLong: boolean): void {
  if (element instanceof Writable) element.write(writer)
  else if (typeof element === 'string') writer.string(element)
  else if (typeof element === 'number' && !isLong) writer.int(element)
  else writeLong(writer, element)
}
