import * as Api from '../../../generated/api/index.js'
import type { TlObject } from '../../tl/object.js'
import type { UpdateConnectionState } from './builder.js'
import { EventBuilder, type DefaultEventInterface } from './event-builder.js'
import { EventCommon } from './event-common.js'

/**
 * Messages that are gone. Where they were is known for channels and supergroups alone: in private chats and basic
 * groups the server says no more than the ids, which are unique in the account.
 */
export class DeletedMessageEvent extends EventCommon {
  readonly deletedIds: number[]
  readonly peer: Api.PeerChannel | undefined

  constructor(deletedIds: number[], peer?: Api.PeerChannel) {
    super({ chatPeer: peer, msgId: deletedIds[0] })
    this.deletedIds = deletedIds
    this.peer = peer
  }
}

/** Deletions. With `chats`, those of channels and supergroups alone: of all others nobody knows where they were. */
export class DeletedMessage extends EventBuilder<DeletedMessageEvent> {
  constructor(params: DefaultEventInterface<DeletedMessageEvent> = {}) {
    super(params)
  }

  override build(update: TlObject | UpdateConnectionState): DeletedMessageEvent | undefined {
    if (update instanceof Api.UpdateDeleteMessages) return new DeletedMessageEvent(update.messages)
    if (!(update instanceof Api.UpdateDeleteChannelMessages)) return undefined
    return new DeletedMessageEvent(update.messages, new Api.PeerChannel({ channelId: update.channelId }))
  }
}
