import * as Mt from '../../../generated/mtproto/index.js'
import type { Message } from '../container.js'
import { readExactly } from '../service-codec.js'
import type { Effect } from './effect.js'

/**
 * `msgs_ack#62d6b459 msg_ids:Vector<long> = MsgsAck;`
 * The server has these messages; the answers to those that have one are still to come.
 * @see https://core.telegram.org/mtproto/service_messages_about_messages#acknowledgment-of-receipt
 */
export function onMsgsAck(message: Message): readonly Effect[] {
  return [{ do: 'received', msgIds: readExactly(message.body, Mt.MsgsAck).msgIds }]
}
