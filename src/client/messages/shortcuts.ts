import * as Api from '../../../generated/api/index.js'
import type { BigInteger } from 'big-integer'
import type { Bytes } from '../../bytes/bytes.js'
import type { Entity } from '../../entities/get-entities.js'
import { LocalError } from '../../errors/errors.js'
import { MarkdownParser } from '../compat/markdown-parser.js'
import { unparsed } from '../compat/parse-mode.js'
import type { DownloadMediaParams } from '../files/download-media.js'
import type { Downloaded } from '../files/download.js'
import type { TelegramClient } from '../telegram-client.js'
import { click, rowsOf, type ButtonClickParam, type Clicked } from './click.js'
import { deleteMessages } from './delete-messages.js'
import { editMessage } from './edit-message.js'
import { fetchMessage } from './fetch-message.js'
import type { Forward } from './forward.js'
import { MediaShortcuts } from './media-shortcuts.js'
import { MessageButton } from './message-button.js'
import { companionOf } from './message-getter.js'
import type { EditMessageParams, SendMessageParams } from './params.js'
import { PeerShortcuts } from './peer-shortcuts.js'
import type { PinMessageParams } from './pin-message.js'
import { sendMessage } from './send-message.js'

type EntityClass<Kind extends Api.TypeMessageEntity = Api.TypeMessageEntity> = abstract new (...args: never) => Kind

/** A message that came with an event or from a call: what it says about its chat and its sender, and how to answer it. */
export type EventMessage = Api.Message & MessageShortcuts

/**
 * What existing code expects of messages besides their fields. The methods ask the client that the message came to.
 * @throws {LocalError} `state`, where no client brought it; `entity`, where its chat cannot be found.
 */
export abstract class MessageShortcuts extends PeerShortcuts {
  get client(): TelegramClient | undefined {
    return companionOf(raw(this)).getter.client
  }

  /** The text with its formatting in the client's notation, Markdown unless another was set; `entities` has all of it. */
  get text(): string {
    const { message = '', entities } = raw(this) as Partial<Api.Message>
    const { client } = companionOf(raw(this)).getter
    return client === undefined ? MarkdownParser.unparse(message, entities) : unparsed(client, message, entities)
  }

  /** The text without its formatting. */
  get rawText(): string {
    return raw(this).message ?? ''
  }

  /** What is formatted or linked, each with its part of the text; with `kind`, what is of that class alone. */
  getEntitiesText(): [Api.TypeMessageEntity, string][] | undefined
  getEntitiesText<Kind extends Api.TypeMessageEntity>(kind: EntityClass<Kind>): [Kind, string][] | undefined
  getEntitiesText(kind?: EntityClass): [Api.TypeMessageEntity, string][] | undefined {
    const { entities = [] } = raw(this)
    if (entities.length === 0) return undefined
    const wanted = kind === undefined ? entities : entities.filter((entity) => entity instanceof kind)
    return wanted.map((entity) => [entity, this.rawText.slice(entity.offset, entity.offset + entity.length)])
  }

  /** The match of the event's `pattern`. */
  get patternMatch(): RegExpMatchArray | undefined {
    return companionOf(raw(this)).patternMatch
  }

  get chatId(): BigInteger | undefined {
    return companionOf(raw(this)).getter.chatId
  }

  get isPrivate(): boolean | undefined {
    return companionOf(raw(this)).getter.isPrivate
  }

  get isGroup(): boolean | undefined {
    return companionOf(raw(this)).getter.isGroup
  }

  get isChannel(): boolean {
    return companionOf(raw(this)).getter.isChannel
  }

  get chat(): Entity | undefined {
    return companionOf(raw(this)).getter.chat
  }

  get inputChat(): Api.TypeInputPeer | undefined {
    return companionOf(raw(this)).getter.inputChat
  }

  getChat(): Promise<Entity | undefined> {
    return companionOf(raw(this)).getter.getChat()
  }

  getInputChat(): Promise<Api.TypeInputPeer | undefined> {
    return companionOf(raw(this)).getter.getInputChat()
  }

  get senderId(): BigInteger | undefined {
    return companionOf(raw(this)).getter.senderId
  }

  get sender(): Entity | undefined {
    return companionOf(raw(this)).getter.sender
  }

  get inputSender(): Api.TypeInputPeer | undefined {
    return companionOf(raw(this)).getter.inputSender
  }

  getSender(): Promise<Entity | undefined> {
    return companionOf(raw(this)).getter.getSender()
  }

  getInputSender(): Promise<Api.TypeInputPeer | undefined> {
    return companionOf(raw(this)).getter.getInputSender()
  }

  get isReply(): boolean {
    return raw(this).replyTo !== undefined
  }

  get replyToMsgId(): number | undefined {
    const { replyTo } = raw(this)
    return replyTo?.className === 'MessageReplyHeader' ? replyTo.replyToMsgId : undefined
  }

  /** Where the message comes from, if it was forwarded. */
  get forward(): Forward | undefined {
    return companionOf(raw(this)).getter.forward
  }

  /** The buttons in their rows; `undefined` where there are none, or no client brought the message. */
  get buttons(): MessageButton[][] | undefined {
    const { client } = this
    return client && rowsOf(raw(this))?.map((row) => row.map((button) => new MessageButton(client, button, raw(this))))
  }

  async getButtons(): Promise<MessageButton[][] | undefined> {
    return this.buttons
  }

  get buttonCount(): number {
    return rowsOf(raw(this))?.flat().length ?? 0
  }

  /** The message that this one answers; `undefined` where it answers none, or it is gone. */
  async getReplyMessage(): Promise<EventMessage | undefined> {
    const { id, replyTo } = raw(this)
    if (replyTo === undefined) return undefined
    const { client, peer } = await whereSent(raw(this))
    // Bots may see messages of other bots in no other way.
    return withShortcuts(await fetchMessage(client, peer, new Api.InputMessageReplyTo({ id })), client)
  }

  /** Sends a text to the same chat, or what else `client.sendMessage()` takes. */
  async respond(params: SendMessageParams): Promise<EventMessage | undefined> {
    const { client, peer } = await whereFrom(raw(this))
    return sendTo(client, peer, params)
  }

  /** The same, as an answer to this message. */
  async reply(params: SendMessageParams): Promise<EventMessage | undefined> {
    await whereSent(raw(this))
    return this.respond({ ...params, replyTo: raw(this).id })
  }

  /**
   * Changes the text, the file or the buttons of a message of one's own; buttons that are not given stay, and so does the
   * time of what is to be sent later.
   */
  async edit(params: Omit<EditMessageParams, 'message'>): Promise<EventMessage | undefined> {
    const { id, replyMarkup, media, date } = raw(this)
    const { client, peer } = await whereFrom(raw(this))
    const kept = { buttons: replyMarkup, linkPreview: media?.className === 'MessageMediaWebPage' }
    const schedule = companionOf(raw(this)).isScheduled ? date : undefined
    return withShortcuts(await editMessage(client, peer, id, { ...kept, schedule, ...params }), client)
  }

  /** With `revoke`, for everybody; messages of channels are never deleted for one alone. */
  async delete({ revoke = false }: { readonly revoke?: boolean } = {}): Promise<Api.messages.TypeAffectedMessages[]> {
    const { client, peer } = await whereSent(raw(this))
    return deleteMessages(client, peer, [raw(this).id], revoke)
  }

  async forwardTo(entity: Api.TypeEntityLike): Promise<EventMessage[]> {
    const { client, peer } = await whereSent(raw(this))
    return client.forwardMessages(entity, { messages: [raw(this).id], fromPeer: peer })
  }

  async pin(params?: PinMessageParams): Promise<EventMessage | undefined> {
    const { client, peer } = await whereSent(raw(this))
    return client.pinMessage(peer, raw(this).id, params)
  }

  async unpin(params?: PinMessageParams): Promise<void> {
    const { client, peer } = await whereSent(raw(this))
    return client.unpinMessage(peer, raw(this).id, params)
  }

  /** Marks this message, and all before it, as read. */
  async markAsRead(): Promise<boolean> {
    const { client, peer } = await whereSent(raw(this))
    return client.markAsRead(peer, raw(this).id)
  }

  /** Presses one of the buttons, the first where none is named; `undefined` where there is no such button. */
  async click(params: ButtonClickParam = {}): Promise<Clicked> {
    const { client, peer } = await whereSent(raw(this))
    return click(client, peer, raw(this), params)
  }

  /** The bytes of the photo or file; the path of the file where they were written to one. */
  downloadMedia(params: DownloadMediaParams & { readonly outputFile: string }): Promise<string>
  downloadMedia(params?: DownloadMediaParams & { readonly outputFile?: undefined }): Promise<Bytes>
  downloadMedia(params?: DownloadMediaParams): Promise<Downloaded>
  async downloadMedia(params?: DownloadMediaParams): Promise<Downloaded> {
    return clientOf(raw(this)).downloadMedia(raw(this), params)
  }
}

/** Existing code takes messages of the service ("... joined the group") for messages without a text. */
type AnyMessage = Api.Message | Api.MessageService

/**
 * Gives messages their shortcuts, and says whose client they ask. Objects keep to their fields: what is added stands on
 * the class, from the first event or call on.
 */
export function withShortcuts(message: AnyMessage, client: TelegramClient, entities?: ReadonlyMap<string, Entity>): EventMessage
export function withShortcuts(
  message: AnyMessage | undefined,
  client: TelegramClient,
  entities?: ReadonlyMap<string, Entity>,
): EventMessage | undefined
export function withShortcuts(
  message: AnyMessage | undefined,
  client: TelegramClient,
  entities?: ReadonlyMap<string, Entity>,
): EventMessage | undefined {
  if (message === undefined) return undefined
  if (!('getSender' in message)) {
    for (const { prototype: shortcuts } of [MediaShortcuts, PeerShortcuts, MessageShortcuts]) {
      const { constructor: _, ...own } = Object.getOwnPropertyDescriptors(shortcuts)
      for (const { prototype } of [Api.Message, Api.MessageService]) Object.defineProperties(prototype, own)
    }
  }
  const { getter } = companionOf(message)
  getter._setClient(client)
  if (entities !== undefined) getter._know(entities)
  return message as EventMessage
}

/** Sends a text; files and copies of messages are the client's to send. */
export async function sendTo(client: TelegramClient, peer: Api.TypeInputPeer, params: SendMessageParams): Promise<EventMessage | undefined> {
  const { file, ...text } = params
  if (file || text.commentTo !== undefined || typeof text.message === 'object') return client.sendMessage(peer, params)
  return withShortcuts(await sendMessage(client, peer, text), client)
}

function raw(message: MessageShortcuts): Api.Message {
  return message as unknown as Api.Message
}

function clientOf(message: Api.Message): TelegramClient {
  const { client } = companionOf(message).getter
  if (client !== undefined) return client
  throw new LocalError('state', 'no client brought this message: invoke requests of the client instead')
}

async function whereFrom(message: Api.Message): Promise<{ client: TelegramClient; peer: Api.TypeInputPeer }> {
  const client = clientOf(message)
  return { client, peer: await client.getInputEntity(message.peerId) }
}

/** The same for what needs a message that was sent. @throws {LocalError} `state`, for one that is to be sent later */
async function whereSent(message: Api.Message): ReturnType<typeof whereFrom> {
  if (companionOf(message).isScheduled) throw new LocalError('state', 'this message is not sent yet; messages.deleteScheduledMessages takes it back')
  return whereFrom(message)
}
