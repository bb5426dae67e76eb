import * as Api from '../../../generated/api/index.js'
import type { Entity } from '../../entities/get-entities.js'
import { metPeer } from '../events/chat-getter.js'
import { MediaShortcuts } from './media-shortcuts.js'
import { companionOf } from './message-getter.js'

/** Whom a message is for, the bot that it was sent by way of, and whom a message of the service speaks of. */
export abstract class PeerShortcuts extends MediaShortcuts {
  /** What happened, of a message of the service. */
  declare readonly action?: Api.TypeMessageAction | undefined

  /**
   * Whom the message is for: the account itself, of what somebody else has written in private; otherwise the chat.
   * `undefined` while the client does not know the account: a login or `client.getMe()` tells.
   */
  get toId(): Api.TypePeer | undefined {
    const { out, peerId } = fieldsOf(this)
    const { client, isPrivate } = getterOf(this)
    if (out || isPrivate !== true || client === undefined) return peerId
    const self = client._selfInputPeer
    return self && new Api.PeerUser({ userId: self.userId })
  }

  /** The bot that the message was sent by way of, where the server has shown it with the message. */
  get viaBot(): Entity | undefined {
    const { viaBotId } = fieldsOf(this)
    return viaBotId === undefined ? undefined : getterOf(this).known.get(String(viaBotId))
  }

  /** The same as requests need it, where the session has met it. */
  get viaInputBot(): Api.TypeInputPeer | undefined {
    const { viaBotId } = fieldsOf(this)
    return viaBotId && metPeer(new Api.PeerUser({ userId: viaBotId }), getterOf(this).client)
  }

  /**
   * Whom a message of the service speaks of: who was added or left, whose link was followed, the group that there was
   * before. Each as the server has shown it with the message, or `undefined`.
   */
  get actionEntities(): (Entity | undefined)[] | undefined {
    const { known } = getterOf(this)
    return spokenOf(this.action)?.map((id) => known.get(id))
  }
}

/** The marked ids of those whom an action names; `undefined` for actions that name nobody. */
function spokenOf(action: Api.TypeMessageAction | undefined): string[] | undefined {
  switch (action?.className) {
    case 'MessageActionChatCreate':
    case 'MessageActionChatAddUser':
      return action.users.map(String)
    case 'MessageActionChatDeleteUser':
      return [String(action.userId)]
    case 'MessageActionChatJoinedByLink':
      return [String(action.inviterId)]
    case 'MessageActionChannelMigrateFrom':
      return [`-${String(action.chatId)}`]
    default:
      return undefined
  }
}

function fieldsOf(message: PeerShortcuts): Api.Message {
  return message as unknown as Api.Message
}

function getterOf(message: PeerShortcuts): ReturnType<typeof companionOf>['getter'] {
  return companionOf(fieldsOf(message)).getter
}
