import * as Mt from '../../../generated/mtproto/index.js'
import type { Message } from '../container.js'
import type { SessionState } from '../engine/session.js'
import { readExactly } from '../service-codec.js'
import { NO_EFFECT, type Effect } from './effect.js'

/**
 * `future_salts#ae500895 req_msg_id:long now:int salts:vector<future_salt> = FutureSalts;`
 * `future_salt#0949d9dc valid_since:int valid_until:int salt:long = FutureSalt;`
 * The salts of the hours to come, so that none is ever refused.
 * @see https://core.telegram.org/mtproto/service_messages#request-for-several-future-salts
 */
export function onFutureSalts(state: SessionState, message: Message): readonly Effect[] {
  const { reqMsgId, salts } = readExactly(message.body, Mt.FutureSalts)
  if (state.sent.item(reqMsgId)?.kind !== 'salts-request') return NO_EFFECT
  state.sent.remove(reqMsgId)
  return [{ do: 'announce-salts', periods: salts }]
}
