import * as Api from '../../generated/api/index.js'
import type { Bytes } from '../bytes/bytes.js'
import { wrongArgument } from '../errors/wrong-argument.js'
import type { Session } from '../session/session.js'
import { inlineQuery, type InlineResults } from './bots/inline-query.js'
import { clientEvents, type ClientEvents } from './compat/client-events.node.js'
import type { TotalList } from './compat/helpers.js'
import { MarkdownParser } from './compat/markdown-parser.js'
import { sanitizeParseMode } from './compat/parse-mode.js'
import type { ParseInterface } from './compat/text-entities.js'
import { getMessageId } from './compat/utils.js'
import type { Dialog } from './dialogs/dialog.js'
import { iterDialogs, type IterDialogsParams } from './dialogs/iter-dialogs.js'
import type { Downloaded } from './files/download.js'
import { downloadProfilePhoto, type DownloadProfilePhotoParams } from './files/download-profile-photo.js'
import { deleteMessages } from './messages/delete-messages.js'
import { editMessage, keptOf } from './messages/edit-message.js'
import { forwardMessages, type ForwardMessagesParams } from './messages/forward-messages.js'
import { getMessages, iterMessages, type IterMessagesParams } from './messages/iter-messages.js'
import { markAsRead, type MarkAsReadParams } from './messages/mark-as-read.js'
import type { EditMessageParams, SendMessageParams } from './messages/params.js'
import { replyMarkup, type MarkupLike } from './messages/markup.js'
import { pinMessage, unpinMessage, type PinMessageParams } from './messages/pin-message.js'
import { send } from './messages/send.js'
import type { SendFileInterface } from './messages/send-file.js'
import { sendFile } from './messages/send-file.node.js'
import type { EventMessage } from './messages/shortcuts.js'
import { shownMessage } from './messages/shown-message.js'
import { iterParticipants, type IterParticipantsParams, type Participant } from './participants/iter-participants.js'
import { kickParticipant } from './participants/kick-participant.js'
import type { RequestIter } from './request-iter.js'
import { TelegramBaseClient } from './telegram-base-client.js'

/** A message, or its id. */
type MessageLike = Api.TypeMessage | number

/**
 * A client of Telegram's API with the shortcuts that existing code calls. Each forwards to the file that has its name.
 *
 * ```ts
 * const client = new TelegramClient(new StringSession(saved), apiId, apiHash, {})
 * await client.connect()
 * await client.sendMessage('me', { message: 'hello' })
 * await client.disconnect()
 * ```
 */
export class TelegramClient<S extends Session = Session> extends TelegramBaseClient<S> {
  #parseMode: ParseInterface | undefined = MarkdownParser

  /** Where some existing code takes events from, on Node. All kinds are in `rawgram/events`. */
  static get events(): ClientEvents {
    return clientEvents()
  }

  /** The notation of texts that are sent and read; `undefined` where they are taken as they stand. Default Markdown. */
  get parseMode(): ParseInterface | undefined {
    return this.#parseMode
  }

  /** @throws {LocalError} `argument`, for a notation that is none. */
  setParseMode(mode: string | ParseInterface | undefined): void {
    this.#parseMode = mode === undefined ? undefined : sanitizeParseMode(mode)
  }

  /**
   * Sends a text, with buttons where there are some, a file with a text, or a copy of a message.
   * @returns the message that became of it
   */
  sendMessage(entity: Api.TypeEntityLike, params: SendMessageParams): Promise<EventMessage> {
    return send(this, entity, params)
  }

  /**
   * Sends a file with a caption, or several as an album, of which the first message is returned. On Node; in a browser it
   * is a function of `rawgram/client/uploads`.
   */
  sendFile(entity: Api.TypeEntityLike, params: SendFileInterface): Promise<EventMessage> {
    return sendFile(this, entity, params)
  }

  /** Changes the text, the file or the buttons of a message: the one that `message` is, which gives what is not given, or is the id of. */
  async editMessage(entity: Api.TypeEntityLike, params: EditMessageParams): Promise<EventMessage> {
    const { message, ...changes } = params
    const id = getMessageId(message)
    if (id === undefined) throw wrongArgument('message', 'a message or its id', message)
    const kept = message instanceof Api.Message ? keptOf(message, changes) : {}
    const edited = await editMessage(this, await this.getInputEntity(entity), id, { ...kept, ...changes })
    return shownMessage(this, edited, 'changed')
  }

  /** @returns the bytes of the photo of a user, group or channel, none where it has none; the path of the file where they were written to one. */
  downloadProfilePhoto(entity: Api.TypeEntityLike, params: DownloadProfilePhotoParams & { readonly outputFile: string }): Promise<string | Bytes>
  downloadProfilePhoto(entity: Api.TypeEntityLike, params?: DownloadProfilePhotoParams & { readonly outputFile?: undefined }): Promise<Bytes>
  downloadProfilePhoto(entity: Api.TypeEntityLike, params?: DownloadProfilePhotoParams): Promise<Downloaded>
  downloadProfilePhoto(entity: Api.TypeEntityLike, params?: DownloadProfilePhotoParams): Promise<Downloaded> {
    return downloadProfilePhoto(this, entity, params)
  }

  /** Asks a bot as an app does when its name is typed: `(await client.inlineQuery('gif', 'cats'))[0]!.click('me')`. */
  inlineQuery(
    bot: Api.TypeEntityLike,
    query: string,
    entity?: Api.TypeEntityLike,
    offset?: string,
    geoPoint?: Api.TypeInputGeoPoint,
  ): Promise<InlineResults> {
    return inlineQuery(this, bot, query, entity, offset, geoPoint)
  }

  /** What is below a text: a button, a row of them, rows of them. @throws {LocalError} `argument`, for what is no button */
  buildReplyMarkup(buttons: MarkupLike | undefined): Api.TypeReplyMarkup | undefined {
    return replyMarkup(buttons)
  }

  /** Deletes messages, with `revoke` for everybody. @returns one answer for each hundred */
  async deleteMessages(
    entity: Api.TypeEntityLike | undefined,
    messages: MessageLike | readonly MessageLike[],
    { revoke = true }: { readonly revoke?: boolean } = {},
  ): Promise<Api.messages.TypeAffectedMessages[]> {
    const peer = entity === undefined ? undefined : await this.getInputEntity(entity)
    const ids = ([messages].flat() as readonly MessageLike[]).map((message) => getMessageId(message)!)
    return deleteMessages(this, peer, ids, revoke)
  }

  /** Sends messages on to another chat. @returns what became of them */
  forwardMessages(entity: Api.TypeEntityLike, params: ForwardMessagesParams): Promise<EventMessage[]> {
    return forwardMessages(this, entity, params)
  }

  pinMessage(
    entity: Api.TypeEntityLike,
    message: MessageLike,
    params?: PinMessageParams,
  ): Promise<EventMessage | undefined> {
    return pinMessage(this, entity, message, params)
  }

  /** Takes one message down, or all where none is named. */
  unpinMessage(entity: Api.TypeEntityLike, message?: MessageLike, params?: PinMessageParams): Promise<void> {
    return unpinMessage(this, entity, message, params)
  }

  /** Marks the messages of a chat as read, up to one of them or all. */
  markAsRead(
    entity: Api.TypeEntityLike,
    message?: MessageLike | readonly MessageLike[],
    params?: MarkAsReadParams,
  ): Promise<boolean> {
    return markAsRead(this, entity, message, params)
  }

  /** The messages of a chat, newest first, each page asked for when it is wanted. */
  iterMessages(entity: Api.TypeEntityLike | undefined, params?: IterMessagesParams): RequestIter<EventMessage> {
    return iterMessages(this, entity, params)
  }

  /** The same as a list: all of them, unless there is a `limit`; one, where `minId` or `maxId` stands alone. */
  getMessages(entity: Api.TypeEntityLike | undefined, params?: IterMessagesParams): Promise<TotalList<EventMessage>> {
    return getMessages(this, entity, params)
  }

  /** The chats of the account, those with the newest messages first. */
  iterDialogs(params?: IterDialogsParams): RequestIter<Dialog> {
    return iterDialogs(this, params)
  }

  /** The same as a list. */
  getDialogs(params?: IterDialogsParams): Promise<TotalList<Dialog>> {
    return this.iterDialogs(params).collect()
  }

  /** The members of a group or channel. */
  iterParticipants(entity: Api.TypeEntityLike, params?: IterParticipantsParams): RequestIter<Participant> {
    return iterParticipants(this, entity, params)
  }

  /** The same as a list. */
  getParticipants(entity: Api.TypeEntityLike, params?: IterParticipantsParams): Promise<TotalList<Participant>> {
    return this.iterParticipants(entity, params).collect()
  }

  /** Takes somebody out of a group or channel; they may join again. @returns the message of the service that says so, where there is one */
  kickParticipant(entity: Api.TypeEntityLike, participant: Api.TypeEntityLike): Promise<EventMessage | undefined> {
    return kickParticipant(this, entity, participant)
  }
}
