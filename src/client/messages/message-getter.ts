import type * as Api from '../../../generated/api/index.js'
import { SenderGetter } from '../events/sender-getter.js'

/** What is known of a message besides its fields. */
interface Companion {
  readonly getter: SenderGetter
  patternMatch?: RegExpMatchArray
}

/** Messages own their fields and nothing else. */
const companions = new WeakMap<object, Companion>()

export function companionOf(message: Api.Message | Api.MessageService): Companion {
  let companion = companions.get(message)
  if (companion === undefined) {
    companion = { getter: getterOf(message) }
    companions.set(message, companion)
  }
  return companion
}

function getterOf(message: Api.Message | Api.MessageService): SenderGetter {
  const { peerId, fromId, out, post } = message
  // In private chats and channels the sender is not repeated.
  const isPeer = post || (!out && peerId.className === 'PeerUser')
  return new SenderGetter({
    chatPeer: peerId,
    broadcast: post === true,
    senderPeer: fromId ?? (isPeer ? peerId : undefined),
    out: out === true,
  })
}
