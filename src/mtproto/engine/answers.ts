import * as Mt from '../../../generated/mtproto/index.js'
import { RemoteError } from '../../errors/errors.js'
import { ID_GZIP_PACKED, ID_RPC_ERROR, constructorId } from '../constructors.js'
import { unpack } from '../packed.js'
import { readExactly } from '../service-codec.js'
import type { Call } from './call.js'
import type { EngineCore } from './core.js'

/** rpc_error, taken apart. */
export interface Refusal {
  readonly code: number
  readonly message: string
}

/** What an rpc_result holds: the boxed result, raw, or a refusal. */
export type Answer = { readonly body: Uint8Array } | { readonly refusal: Refusal }

/** Errors after which the server has to be told again who calls. @see https://core.telegram.org/api/invoking */
const NOT_INITIALISED = /^CONNECTION_(?:NOT_INITED|LAYER_INVALID)$/

/** The server has lost the binding of the temporary key, and has not looked at the call. */
const NOT_BOUND = 'AUTH_KEY_PERM_EMPTY'

/**
 * Opens the `result` of an rpc_result.
 *
 * `rpc_error#2144ca19 error_code:int error_message:string = RpcError;`
 * @throws {RemoteError} `decode` when it is packed and cannot be unpacked, or is an rpc_error that cannot be read.
 */
export function readAnswer(result: Uint8Array): Answer {
  const body = constructorId(result) === ID_GZIP_PACKED ? unpack(result) : result
  if (constructorId(body) !== ID_RPC_ERROR) return { body }
  const { errorCode, errorMessage } = readExactly(body, Mt.RpcError)
  return { refusal: { code: errorCode, message: errorMessage } }
}

/** What an answer says about the session besides: nothing, most often. */
export type AnswerSign = 'initialised' | 'not-initialised' | 'unbound' | undefined

/** Ends a call with its answer. An answer that cannot be unpacked costs this call alone. */
export function settle(core: EngineCore, call: Call, result: Uint8Array): AnswerSign {
  let answer: Answer
  try {
    answer = readAnswer(result)
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error
    core.fail(call, error)
    return undefined
  }
  if ('refusal' in answer && answer.refusal.message === NOT_BOUND) {
    core.sendAgain(call)
    return 'unbound'
  }
  core.report(call)
  core.calls.end(call)
  if ('body' in answer) {
    core.emit({ type: 'result', call: call.id, body: answer.body })
    return call.initialises ? 'initialised' : undefined
  }
  core.emit({ type: 'rpc-error', call: call.id, ...answer.refusal })
  if (NOT_INITIALISED.test(answer.refusal.message)) return 'not-initialised'
  return call.initialises ? 'initialised' : undefined
}
