import * as Api from '../../../generated/api/index.js'
import bigInt from 'big-integer'
import { toBigInt } from '../../tl/long.js'

export interface InlineMessagePlace {
  /** Where the message was sent; a channel or supergroup stands there as a negative number. */
  readonly peer: Api.TypePeer
  readonly msgId: number
}

/** The place of a message that was sent by way of a bot, which its id tells. */
export function placeOfInlineMessage(message: Api.TypeInputBotInlineMessageID): InlineMessagePlace {
  if (message.className === 'InputBotInlineMessageID64') {
    return { peer: peerOf(toBigInt(message.ownerId) ?? 0n), msgId: message.id }
  }
  // Two 32-bit integers: the message's id in the lower half, the owner's in the upper one.
  const both = toBigInt(message.id) ?? 0n
  return { peer: peerOf(BigInt.asIntN(32, both >> 32n)), msgId: Number(BigInt.asIntN(32, both)) }
}

function peerOf(owner: bigint): Api.TypePeer {
  return owner < 0n ? new Api.PeerChannel({ channelId: bigInt(-owner) }) : new Api.PeerUser({ userId: bigInt(owner) })
}
