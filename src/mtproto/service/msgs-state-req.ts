import * as Mt from '../../../generated/mtproto/index.js'
import { RemoteError } from '../../errors/errors.js'
import type { Message } from '../container.js'
import { STATE_FLAG_ACKNOWLEDGED, STATE_FLAG_NEEDS_NO_ACK, STATE_RECEIVED } from '../dedup.js'
import type { SessionState } from '../engine/session.js'
import { stateInfoItem } from '../engine/service-item.js'
import { MAX_SERVICE_IDS } from '../limits.js'
import { readExactly } from '../service-codec.js'
import type { Effect } from './effect.js'

/**
 * `msgs_state_req#da69fb52 msg_ids:Vector<long> = MsgsStateReq;`
 * The server wants to know which of its messages have arrived.
 * @see https://core.telegram.org/mtproto/service_messages_about_messages#request-for-message-status-information
 */
export function onMsgsStateReq(state: SessionState, message: Message): readonly Effect[] {
  const { msgIds } = readExactly(message.body, Mt.MsgsStateReq)
  return [{ do: 'send', item: stateInfoItem(message.msgId, receivedStates(state, msgIds)) }]
}

/** One byte per message. @throws {RemoteError} `service` when more are asked about than one message may name. */
export function receivedStates(state: SessionState, msgIds: readonly bigint[]): Uint8Array {
  if (msgIds.length > MAX_SERVICE_IDS) {
    throw new RemoteError('service', `the server asks about ${msgIds.length} messages at once`, {
      path: 'msgs_state_req.msg_ids',
      expected: `at most ${MAX_SERVICE_IDS}`,
      got: String(msgIds.length),
    })
  }
  return Uint8Array.from(msgIds, (msgId) => {
    const bits = state.received.stateOf(msgId)
    const awaitsAck = (bits & STATE_FLAG_NEEDS_NO_ACK) !== 0 || state.acks.has(msgId)
    return (bits & STATE_RECEIVED) !== 0 && !awaitsAck ? bits | STATE_FLAG_ACKNOWLEDGED : bits
  })
}
