import * as Mt from '../../../generated/mtproto/index.js'
import { RemoteError } from '../../errors/errors.js'
import type { Message } from '../container.js'
import type { SessionState } from '../engine/session.js'
import { STATE_FORGOTTEN, STATE_NOT_RECEIVED, STATE_NOT_YET_RECEIVED } from '../dedup.js'
import { msgIdMs } from '../msg-id.js'
import { readExactly } from '../service-codec.js'
import { NO_EFFECT, type Effect } from './effect.js'

const STATE_BITS = 7 // the higher bits tell what became of a message that was received

/**
 * `msgs_state_info#04deb57d req_msg_id:long info:string = MsgsStateInfo;`
 * The answer to msgs_state_req: one byte per message that was asked about, in the same order.
 * @throws {RemoteError} `service` when the bytes are not as many as the messages.
 * @see https://core.telegram.org/mtproto/service_messages_about_messages#informational-message-regarding-status-of-messages
 */
export function onMsgsStateInfo(state: SessionState, message: Message): readonly Effect[] {
  const { reqMsgId, info } = readExactly(message.body, Mt.MsgsStateInfo)
  const request = state.sent.item(reqMsgId)
  if (request?.kind !== 'state-request') return NO_EFFECT
  state.sent.remove(reqMsgId)
  return statesOf(request.ids, info, msgIdMs(message.msgId), 'msgs_state_info')
}

/**
 * `msgs_all_info#8cc0d131 msg_ids:Vector<long> info:string = MsgsAllInfo;`
 * The same, told unasked. Messages that were not sent lately are passed over.
 * @throws {RemoteError} `service` when the bytes are not as many as the messages.
 * @see https://core.telegram.org/mtproto/service_messages_about_messages#voluntary-communication-of-status-of-messages
 */
export function onMsgsAllInfo(message: Message): readonly Effect[] {
  const { msgIds, info } = readExactly(message.body, Mt.MsgsAllInfo)
  return statesOf(msgIds, info, msgIdMs(message.msgId), 'msgs_all_info')
}

function statesOf(msgIds: readonly bigint[], info: Uint8Array, saidMs: number, path: string): readonly Effect[] {
  if (info.length !== msgIds.length) {
    throw new RemoteError('service', `${path} has ${info.length} states for ${msgIds.length} messages`, {
      path: `${path}.info`,
      expected: `${msgIds.length} bytes`,
      got: `${info.length} bytes`,
    })
  }
  const forgotten: bigint[] = []
  const missing: bigint[] = []
  const received: bigint[] = []
  msgIds.forEach((msgId, index) => {
    const bits = info[index]! & STATE_BITS
    if (bits === STATE_FORGOTTEN) forgotten.push(msgId)
    else if (bits === STATE_NOT_RECEIVED || bits === STATE_NOT_YET_RECEIVED) missing.push(msgId)
    else received.push(msgId)
  })
  return [
    { do: 'received', msgIds: received },
    { do: 'repeat', msgIds: missing, saidMs },
    { do: 'forgotten', msgIds: forgotten },
  ]
}
