import * as Mt from '../../../generated/mtproto/index.js'
import type { Message } from '../container.js'
import { readExactly } from '../service-codec.js'
import type { Effect } from './effect.js'

/**
 * `pong#347773c5 msg_id:long ping_id:long = Pong;`
 * The answer to `ping` and `ping_delay_disconnect`. Only the pong to the latest ping shows that the link is alive.
 * @see https://core.telegram.org/mtproto/service_messages#ping-messages-pingpong
 */
export function onPong(message: Message): readonly Effect[] {
  return [{ do: 'pong', pingId: readExactly(message.body, Mt.Pong).pingId }]
}
