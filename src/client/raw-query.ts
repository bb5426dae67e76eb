import { readResult } from '../../generated/api/registry.js'
import { isIdempotent, type Query } from '../connection/query.js'
import { encodeOnce } from '../tl/encode-once.js'
import type { TlRequest } from '../tl/object.js'
import { Reader } from '../tl/reader.js'

export function queryOf(request: TlRequest): Query {
  return { body: encodeOnce(request), method: request.className, idempotent: isIdempotent(request) }
}

/** @throws {TlDecodeError} when the answer is not what the method promises. */
export function decodeAnswer<Result>(request: TlRequest<Result>, body: Uint8Array): Result {
  const reader = new Reader(body)
  const result = readResult(request, reader)
  reader.finish()
  return result
}
