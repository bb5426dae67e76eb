import * as Api from '../../../generated/api/index.js'
import { readObject } from '../../../generated/api/registry.js'
import { gunzip } from '../../crypto/gzip.node.js'
import { ID_GZIP_PACKED, ID_VECTOR, constructorId } from '../../mtproto/constructors.js'
import { Reader } from '../../tl/reader.js'
import type { ClientInfo } from '../core/auth-keys.js'
import { MAX_UNPACKED_BYTES, MAX_WRAPPERS } from '../limits.js'
import { refuse } from './refuse.js'

/** A query without its wrappers, and what they said. */
export interface UnwrappedQuery {
  readonly body: Uint8Array
  readonly layer: number | undefined
  readonly client: ClientInfo | undefined
  /** The queries that have to have succeeded before this one runs. */
  readonly after: readonly bigint[]
  readonly withoutUpdates: boolean
}

const HAS_PROXY = 1 << 0
const HAS_PARAMS = 1 << 1

/**
 * Takes the wrappers off a query: clients nest them in any order and depth, and some pack what initConnection holds.
 * Each is `wrapper#id fields query:!X = X`, so that the fields are read and the rest is the query.
 * @throws {RpcError} 400, when a wrapper cannot be read.
 * @see https://core.telegram.org/api/invoking
 */
export function unwrap(body: Uint8Array): UnwrappedQuery {
  let query: UnwrappedQuery = { body, layer: undefined, client: undefined, after: [], withoutUpdates: false }
  for (let depth = 0; ; depth++) {
    if (depth > MAX_WRAPPERS) refuse(400, 'INPUT_REQUEST_TOO_LONG')
    const inner = unwrapOne(query)
    if (inner === undefined) return query
    query = inner
  }
}

function unwrapOne(query: UnwrappedQuery): UnwrappedQuery | undefined {
  const reader = new Reader(query.body, 4)
  const rest = (): Uint8Array => query.body.subarray(reader.position)
  switch (constructorId(query.body)) {
    case ID_GZIP_PACKED:
      return { ...query, body: unpack(reader) }
    case Api.InvokeWithLayer.CONSTRUCTOR_ID: {
      const layer = reader.int()
      return { ...query, layer, body: rest() }
    }
    case Api.InitConnection.CONSTRUCTOR_ID: {
      const client = readClientInfo(reader)
      return { ...query, client, body: rest() }
    }
    case Api.InvokeWithoutUpdates.CONSTRUCTOR_ID:
      return { ...query, withoutUpdates: true, body: rest() }
    case Api.InvokeAfterMsg.CONSTRUCTOR_ID: {
      const after = [...query.after, reader.bigint()]
      return { ...query, after, body: rest() }
    }
    case Api.InvokeAfterMsgs.CONSTRUCTOR_ID: {
      const after = [...query.after, ...readLongs(reader)]
      return { ...query, after, body: rest() }
    }
    case Api.InvokeWithMessagesRange.CONSTRUCTOR_ID:
      readObject(reader)
      return { ...query, body: rest() }
    case Api.InvokeWithTakeout.CONSTRUCTOR_ID:
      reader.bigint()
      return { ...query, body: rest() }
    case Api.InvokeWithBusinessConnection.CONSTRUCTOR_ID:
    case Api.InvokeWithReCaptcha.CONSTRUCTOR_ID:
      reader.string()
      return { ...query, body: rest() }
    case Api.InvokeWithGooglePlayIntegrity.CONSTRUCTOR_ID:
    case Api.InvokeWithApnsSecret.CONSTRUCTOR_ID:
      reader.string()
      reader.string()
      return { ...query, body: rest() }
    default:
      return undefined
  }
}

/**
 * `initConnection#c1cd5ea9 {X:Type} flags:# api_id:int device_model:string system_version:string app_version:string
 * system_lang_code:string lang_pack:string lang_code:string proxy:flags.0?InputClientProxy params:flags.1?JSONValue
 * query:!X = X;`
 */
function readClientInfo(reader: Reader): ClientInfo {
  const flags = reader.uint()
  const client: ClientInfo = {
    apiId: reader.int(),
    deviceModel: reader.string(),
    systemVersion: reader.string(),
    appVersion: reader.string(),
    systemLangCode: reader.string(),
    langPack: reader.string(),
    langCode: reader.string(),
  }
  if ((flags & HAS_PROXY) !== 0) readObject(reader)
  if ((flags & HAS_PARAMS) !== 0) readObject(reader)
  return client
}

function readLongs(reader: Reader): bigint[] {
  if (reader.uint() !== ID_VECTOR) refuse(400, 'INPUT_FETCH_ERROR')
  const count = reader.uint()
  if (count * 8 > reader.remaining) refuse(400, 'INPUT_FETCH_ERROR')
  return Array.from({ length: count }, () => reader.bigint())
}

function unpack(reader: Reader): Uint8Array {
  const body = gunzip(reader.byteString(), MAX_UNPACKED_BYTES)
  if (constructorId(body) === ID_GZIP_PACKED) refuse(400, 'INPUT_FETCH_ERROR')
  return body
}
