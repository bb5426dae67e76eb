import { readResult } from '../../generated/api/registry.js'
import { isIdempotent, type Query } from '../connection/query.js'
import { encodeOnce } from '../tl/encode-once.js'
import { TlRequest } from '../tl/object.js'
import { Reader } from '../tl/reader.js'

/**
 * What the server says about a wrapped call is about the call inside, and so are its waits.
 * @throws {TlEncodeError} when the request does not fit its TL types
 */
export function queryOf(request: TlRequest): Query {
  const wrappers: string[] = []
  const call = unwrapped(request, ({ className }) => wrappers.push(className))
  return { body: encodeOnce(request), method: call.className, wrappers, idempotent: isIdempotent(call) }
}

/** The innermost call; `onWrapper` gets what is around it, such as `InvokeWithLayer`, the outermost first. */
export function unwrapped(request: TlRequest, onWrapper?: (wrapper: TlRequest) => void): TlRequest {
  let call = request
  for (let inner = innerOf(call); inner !== undefined; inner = innerOf(call)) {
    onWrapper?.(call)
    call = inner
  }
  return call
}

/** The call inside a wrapper. */
function innerOf(request: TlRequest): TlRequest | undefined {
  const { query } = request as { query?: unknown }
  return query instanceof TlRequest ? query : undefined
}

/** @throws {TlDecodeError} when the answer is not what the method promises. */
export function decodeAnswer<Result>(request: TlRequest<Result>, body: Uint8Array): Result {
  const reader = new Reader(body)
  const result = readResult(request, reader)
  reader.finish()
  return result
}
