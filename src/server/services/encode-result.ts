import { writeLong } from '../../tl/write-long.js'
import { writeBool } from '../../tl/write-primitives.js'
import { writeVector } from '../../tl/write-vector.js'
import * as Api from '../../../generated/api/index.js'
import { LAYER } from '../../../generated/api/registry.js'
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
 * @throws {TlEncodeError} when a value in it does not fit its TL type: `users.getUsers.result[3].first_name`
 */
export function encodeResult(request: TlRequest<unknown>, value: unknown, layer: number): Uint8Array {
  return Writer.encode(new MethodResult(request, layer === LAYER ? value : forLayer(value, layer)))
}

/** Any object, such as an update, for the layer of its reader. */
export function encodeObject(object: TlObject, layer: number): Uint8Array {
  return layer === LAYER ? object.getBytes() : Writer.encode(forLayer(object, layer) as Writable)
}

/** What a handler has returned, as something that writes itself, so that an error can say where in it a value lies. */
class MethodResult extends Writable {
  readonly className: string
  readonly result: unknown
  readonly isOfLongs: boolean

  constructor({ className, CONSTRUCTOR_ID }: TlRequest<unknown>, result: unknown) {
    super()
    this.className = className
    this.result = result
    this.isOfLongs = LONG_VECTORS.has(CONSTRUCTOR_ID)
  }

  override write(w: Writer): void {
    const { isOfLongs, result } = this
    if (result instanceof Writable) return result.write(w)
    if (typeof result === 'boolean') return writeBool(w, result)
    if (!Array.isArray(result)) throw new TypeError(`a handler returned ${typeof result}, which is no result of any method`)
    writeVector(w, result, (_, element) => writeElement(w, element, isOfLongs))
  }
}

function writeElement(w: Writer, element: unknown, isLong: boolean): void {
  if (element instanceof Writable) element.write(w)
  else if (typeof element === 'string') w.string(element)
  else if (typeof element === 'number' && !isLong) w.int(element)
  else writeLong(w, element)
}
