import { RemoteError } from '../../errors/errors.js'
import { longAt } from '../../tl/little-endian.js'
import type { Message } from '../container.js'
import type { Effect } from './effect.js'

/**
 * `rpc_result#f35c6d01 req_msg_id:long result:Object = RpcResult;`
 * The answer to the message `req_msg_id`: an object whose type only the caller knows, rpc_error, or either packed.
 * @see https://core.telegram.org/mtproto/service_messages#response-to-an-rpc-query
 */
export function onRpcResult({ body }: Message): readonly Effect[] {
  if (body.length < 16) {
    throw new RemoteError('decode', `rpc_result has ${body.length} bytes`, {
      path: 'rpc_result',
      expected: '16 bytes or more',
      got: `${body.length} bytes`,
    })
  }
  const msgId = longAt(body, 4)
  return [{ do: 'answer', msgId, result: body.subarray(12) }]
}
