import bigInt, { type BigInteger } from 'big-integer'
import type * as Api from '../../../generated/api/index.js'
import type { Entity } from '../../entities/get-entities.js'
import { getDisplayName, getInputPeer, getPeerId } from '../compat/utils.js'
import { Draft } from './draft.js'

/** A conversation as it stands in the list of chats, with the user or chat that it is held with. */
export class Dialog {
  readonly dialog: Api.Dialog
  readonly pinned: boolean
  /** 1 is the archive. */
  readonly folderId: number | undefined
  readonly archived: boolean
  /** The newest message, where the server tells of one. */
  readonly message: Api.TypeMessage | undefined
  /** Of the newest message, in unix seconds. */
  readonly date: number | undefined
  readonly entity: Entity
  readonly inputEntity: Api.TypeInputPeer
  /** Marked: negative for groups, below -10^12 for channels. */
  readonly id: BigInteger
  readonly name: string
  readonly title: string
  readonly unreadCount: number
  readonly unreadMentionsCount: number
  readonly draft: Draft
  readonly isUser: boolean
  /** Groups of either kind. */
  readonly isGroup: boolean
  /** Channels and supergroups. */
  readonly isChannel: boolean

  constructor(dialog: Api.Dialog, entity: Entity, message: Api.TypeMessage | undefined) {
    this.dialog = dialog
    this.pinned = dialog.pinned === true
    this.folderId = dialog.folderId
    this.archived = dialog.folderId !== undefined
    this.message = message
    this.date = message === undefined || message.className === 'MessageEmpty' ? undefined : message.date
    this.entity = entity
    this.inputEntity = getInputPeer(entity)
    this.id = bigInt(getPeerId(entity))
    this.name = this.title = getDisplayName(entity)
    this.unreadCount = dialog.unreadCount
    this.unreadMentionsCount = dialog.unreadMentionsCount
    this.draft = new Draft(entity, dialog.draft)
    const { className } = entity
    this.isUser = className === 'User'
    this.isChannel = className === 'Channel'
    this.isGroup =
      className === 'Chat' || className === 'ChatForbidden' || (className === 'Channel' && entity.megagroup === true)
  }
}
