/** What the compiler must allow of event handlers, and what not. Nothing here runs: `tsc` is the test. */
import { Api, type TelegramClient } from '../../src/entry/index.js'
import { Album, type AlbumEvent } from '../../src/entry/events/Album.js'
import { CallbackQuery, type CallbackQueryEvent, type NewCallbackQueryInterface } from '../../src/entry/events/CallbackQuery.js'
import { EventBuilder, EventCommon, EventCommonSender, type DefaultEventInterface } from '../../src/entry/events/common.js'
import { DeletedMessage, type DeletedMessageEvent } from '../../src/entry/events/DeletedMessage.js'
import { EditedMessage, type EditedMessageEvent } from '../../src/entry/events/EditedMessage.js'
import { NewMessage, Raw, type NewMessageEvent } from '../../src/entry/events/index.js'

export function listen(client: TelegramClient): void {
  // Existing code names the updates that it expects.
  client.addEventHandler((update: Api.TypeUpdate) => update.className)
  client.addEventHandler((update: Api.TypeUpdate) => update.className, new Raw({}))
  client.addEventHandler((update: Api.UpdateNewMessage) => update.pts, new Raw({ types: [Api.UpdateNewMessage] }))
  client.addEventHandler(async (event: NewMessageEvent) => event.message.message, new NewMessage({}))
  // Without a name they are what the event makes.
  client.addEventHandler((event) => event.message.message, new NewMessage({}))
  // @ts-expect-error the connection's state has no class name
  client.addEventHandler((update) => update.className)
  // @ts-expect-error a string is no event
  client.addEventHandler((event: string) => event, new NewMessage({}))
  // @ts-expect-error a string is no update
  client.addEventHandler((update: string) => update)
}

/** As the documentation of the package `telegram` writes its handlers. */
export function listenAsExistingCode(client: TelegramClient): void {
  async function onNew(event: NewMessageEvent): Promise<void> {
    const { message } = event
    if (!event.isPrivate || message.text !== 'hello') return
    const sender = await message.getSender()
    const bold: [Api.MessageEntityBold, string][] | undefined = message.getEntitiesText(Api.MessageEntityBold)
    console.log(bold?.length, message.getEntitiesText()?.[0]?.[0].offset, message.toId?.className, message.viaBot?.className)
    for (const entity of message.actionEntities ?? []) console.log(entity?.id, message.viaInputBot?.className)
    // @ts-expect-error peers are no parts of a text
    message.getEntitiesText(Api.PeerUser)
    const id: string | undefined = sender?.id?.toString()
    await message.reply({ message: `hi, your id is ${message.senderId} and not ${id}` })
    const sameClient: TelegramClient = event.client!
    await sameClient.getEntity(message.senderId!)
  }
  async function onEdited(event: EditedMessageEvent): Promise<void> {
    const plain = event.message as Api.Message
    console.log(plain.editDate, event.message.chatId!.toString(), event.patternMatch?.[0])
  }
  async function onDeleted(event: DeletedMessageEvent): Promise<void> {
    for (const id of event.deletedIds) console.log(id + 1, event.peer?.channelId)
  }
  async function onAlbum(event: AlbumEvent): Promise<void> {
    for (const message of event.messages) console.log(message.text, message.id, message.chatId, message.groupedId)
  }
  async function onPressed(event: CallbackQueryEvent): Promise<void> {
    const data: string | undefined = event.data?.toString()
    await event.answer({ message: data!, alert: true })
    const edited = await event.edit({ message: event.messageId, text: `you chose ${data}` })
    await edited?.delete({ revoke: true })
    await event.respond({ message: 'done', buttons: [[]] })
  }
  client.addEventHandler(onNew, new NewMessage({ chats: ['me', 5, '-1001234567890'], func: (e) => e.message.out }))
  client.addEventHandler(onEdited, new EditedMessage({ func: (event: EditedMessageEvent) => event.isGroup === true }))
  client.addEventHandler(onDeleted, new DeletedMessage({}))
  client.addEventHandler(onAlbum, new Album({ func: (event) => event.messages.length > 1 }))
  client.addEventHandler(onPressed, new CallbackQuery({ pattern: /x/, fromUsers: ['me'] }))
  // Without a name they are what the event makes.
  client.addEventHandler((event) => event.deletedIds.length, new DeletedMessage())
  client.addEventHandler((event) => event.messages.length, new Album())
  client.addEventHandler((event) => event.data?.length, new CallbackQuery())
  client.removeEventHandler(onPressed, new CallbackQuery())
  // @ts-expect-error a press has no text
  client.addEventHandler((event: CallbackQueryEvent) => event.text, new CallbackQuery())
  // @ts-expect-error presses are no messages
  client.addEventHandler((event: NewMessageEvent) => event.text, new CallbackQuery())
  // @ts-expect-error a deletion has no text to match
  new DeletedMessage({ pattern: /x/ })
  // @ts-expect-error chats are peers
  new Album({ chats: [true] })
}

interface TypingParams extends DefaultEventInterface<TypingEvent> {
  readonly users?: readonly string[]
}

class TypingEvent extends EventCommon {
  readonly update: Api.UpdateUserTyping

  constructor(update: Api.UpdateUserTyping) {
    super({ chatPeer: new Api.PeerUser({ userId: update.userId }), broadcast: false })
    this.update = update
  }
}

/** A builder of one's own, over the base that the package `telegram` has. */
class Typing extends EventBuilder<TypingEvent> {
  readonly users: readonly string[]

  constructor({ users = [], ...params }: TypingParams) {
    super(params)
    this.users = users
  }

  override build(update: Api.TypeUpdate): TypingEvent | undefined {
    return update instanceof Api.UpdateUserTyping ? new TypingEvent(update) : undefined
  }

  override filter(event: TypingEvent): unknown {
    return this.users.includes(String(event.chatId)) && super.filter(event)
  }
}

/** The same as it is written in JavaScript's ways: nothing says which events it makes. */
class Anything extends EventBuilder {
  constructor(params: DefaultEventInterface) {
    super(params)
  }

  override build(update: Api.TypeUpdate, _callback?: CallableFunction): EventCommon | undefined {
    return update instanceof Api.UpdateUserTyping ? new TypingEvent(update) : undefined
  }
}

export function listenToTyping(client: TelegramClient, params: Partial<NewCallbackQueryInterface>): void {
  client.addEventHandler((event) => event.update.action.className, new Typing({ users: ['5'], chats: [5] }))
  client.addEventHandler(async (event) => await event.getSender(), new CallbackQuery(params))
  client.addEventHandler((event: EventCommon) => event.chatId, new Anything({ func: (event) => event.isPrivate }))
  const sent: EventCommonSender = new EventCommonSender({ msgId: 3 })
  console.log(sent.senderId?.toString())
}
