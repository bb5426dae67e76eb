import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Api from '../../generated/api/index.js'
import { Album } from '../../src/entry/events/Album.js'
import { CallbackQuery } from '../../src/entry/events/CallbackQuery.js'
import { DeletedMessage } from '../../src/entry/events/DeletedMessage.js'
import { EditedMessage } from '../../src/entry/events/EditedMessage.js'
import { NewMessage } from '../../src/entry/events/NewMessage.js'
import { TelegramClient } from '../../src/client/telegram-client.js'
import type { EventBuilder } from '../../src/client/events/builder.js'
import { startServer, type TelegramServer } from '../../src/server/start-server.js'
import { StringSession } from '../../src/session/string-session.js'
import { connectGram, gramPackage, type GramClient } from '../support/gram-client.js'
import { until } from '../support/until.js'
import { plain } from './scripted-clients.js'

const require = createRequire(import.meta.url)
const BOT_ID = 123456

type Params = Record<string, unknown>
type Handler = (event: never) => unknown
type GramEventClient = GramClient & { addEventHandler(handler: Handler, builder: object): void }

/** One account, the bot, seen by both clients; and who makes things happen to it. */
let server: TelegramServer
let theirs: GramEventClient
let ours: TelegramClient
let person: TelegramClient

beforeAll(async () => {
  server = await startServer({ port: 0 })
  theirs = (await connectGram('telegram', server)) as GramEventClient
  const { Api: Theirs } = gramPackage('telegram')
  const botAuthToken = `${BOT_ID}:${'x'.repeat(35)}`
  await theirs.invoke(new Theirs.auth['ImportBotAuthorization']!({ flags: 0, apiId: 1, apiHash: 'hash', botAuthToken }))
  const connect = async (session: string): Promise<TelegramClient> => {
    const client = new TelegramClient(new StringSession(session), 1, 'hash', { serverKeys: [server.publicKey] })
    await client.connect()
    client.addEventHandler(() => {})
    await client.catchUp()
    return client
  }
  ours = await connect(server.login({ id: BOT_ID }))
  // There, the first event asks who the account is.
  await ours.getMe()
  person = await connect(server.login({ username: 'username' }))
})
afterAll(async () => {
  await Promise.all([theirs, ours, person].map((client) => client?.destroy()))
  await server.close()
})

interface Kind {
  readonly name: string
  readonly Ours: new (params: never) => EventBuilder
  readonly params?: Params
}

/** What both say of the same events, as `look` sees them: their handler runs in their process as in ours. */
async function compare(kind: Kind, look: (event: never) => unknown, count: number, cause: () => Promise<unknown>): Promise<void> {
  const { name, Ours, params = {} } = kind
  const seen: { readonly theirs: unknown[]; readonly ours: unknown[] } = { theirs: [], ours: [] }
  const Theirs = (require(`telegram/events/${name}`) as Record<string, new (params: Params) => object>)[name]!
  theirs.addEventHandler((event) => void seen.theirs.push(look(event)), new Theirs(params))
  ours.addEventHandler((event: unknown) => void seen.ours.push(look(event as never)), new Ours(params as never))
  await cause()
  await until(() => seen.theirs.length >= count && seen.ours.length >= count)
  expect(seen.ours).toHaveLength(count)
  expect(seen.ours).toEqual(seen.theirs)
}

interface Shared {
  readonly chatId?: unknown
  readonly isPrivate?: unknown
  readonly isGroup?: unknown
  readonly isChannel?: unknown
}

const place = ({ chatId, isPrivate, isGroup, isChannel }: Shared): unknown[] => [String(chatId), isPrivate, isGroup, isChannel]

interface Known extends Shared {
  readonly chat?: { readonly title?: string; readonly username?: string } | undefined
  readonly inputChat?: { readonly className: string } | undefined
  readonly sender?: { readonly username?: string } | undefined
  readonly inputSender?: { readonly className: string } | undefined
}

/** What is known without a question to the server. */
const known = ({ chat, inputChat, sender, inputSender }: Known): unknown[] =>
  [chat?.title ?? chat?.username, inputChat?.className, sender?.username, inputSender?.className]

const text = (event: Shared & { message: Shared & { id: number; text: string; senderId: unknown; toId: unknown; patternMatch: unknown; editDate?: number | null } }): unknown => {
  const { id, text: shown, senderId, toId, patternMatch, editDate } = event.message
  return [place(event), place(event.message), (event as Known).inputChat?.className, known(event.message), id, shown, editDate ?? undefined, String(senderId), plain(toId), JSON.stringify(patternMatch)]
}

const bot = (): string => `test${BOT_ID}_bot`
let lastRandomId = 0
const say = async (peer: Api.TypeEntityLike, message: string): Promise<number> => {
  const updates = await person.invoke(new Api.messages.SendMessage({ peer, message, randomId: ++lastRandomId }))
  return ((updates as Api.Updates).updates[0] as Api.UpdateMessageID).id
}

/** Private, a basic group, a supergroup and a channel. */
function chats(): string[] {
  const members = [BigInt(BOT_ID), server.user('username').id]
  const shared = { members, admins: [server.user('username').id] }
  const group = server.world.addChat({ title: 'group', ...shared })
  const names = [`group${group.id}`, `channel${group.id}`]
  server.world.addChannel({ title: 'supergroup', username: names[0]!, megagroup: true, ...shared })
  server.world.addChannel({ title: 'channel', username: names[1]!, ...shared })
  return [bot(), `-${group.id}`, ...names]
}

describe('GramJS and this package see the same', () => {
  it('new messages, filtered by pattern', async () => {
    await compare({ name: 'NewMessage', Ours: NewMessage, params: { pattern: /^hello (\w+)/ } }, text as never, 4, async () => {
      for (const chat of chats()) {
        await say(chat, 'hello world')
        await say(chat, 'goodbye')
      }
    })
  })
  it('edits, filtered by chat', async () => {
    const [inPrivate, group] = chats()
    const params = { chats: [String(server.user('username').id), group] }
    await compare({ name: 'EditedMessage', Ours: EditedMessage, params }, text as never, 2, async () => {
      for (const chat of [inPrivate!, group!]) {
        const id = await say(chat, 'first')
        await person.invoke(new Api.messages.EditMessage({ peer: chat, id, message: 'second' }))
      }
    })
  })
  it('deletions', async () => {
    const look = (event: Shared & { deletedIds: number[]; peer?: { className: string } }): unknown => [place(event), event.deletedIds, event.peer?.className]
    await compare({ name: 'DeletedMessage', Ours: DeletedMessage }, look as never, 2, async () => {
      const [inPrivate, , supergroup] = chats()
      await person.invoke(new Api.messages.DeleteMessages({ id: [await say(inPrivate!, 'a'), await say(inPrivate!, 'b')], revoke: true }))
      await person.invoke(new Api.channels.DeleteMessages({ channel: supergroup!, id: [await say(supergroup!, 'c')] }))
    })
  })
  it('albums', async () => {
    const look = (event: Shared & { messages: { text: string; groupedId: unknown }[] }): unknown => [
      place(event),
      event.messages.map(({ text: shown, groupedId }) => [shown, String(groupedId)]),
    ]
    const { id, accessHash, reference } = server.world.addFile({ bytes: new Uint8Array([1]) })
    const media = new Api.InputMediaDocument({ id: new Api.InputDocument({ id, accessHash, fileReference: reference }) })
    await compare({ name: 'Album', Ours: Album }, look as never, 2, async () => {
      const [inPrivate, , supergroup] = chats()
      for (const peer of [inPrivate!, supergroup!]) {
        const multiMedia = ['one', 'two'].map((message) => new Api.InputSingleMedia({ media, message, randomId: ++lastRandomId }))
        await person.invoke(new Api.messages.SendMultiMedia({ peer, multiMedia }))
      }
    })
  })
  it('presses of buttons, also of messages that were sent by way of the bot', async () => {
    type Press = Shared & Record<'id' | 'senderId' | 'messageId' | 'chatInstance' | 'viaInline' | 'patternMatch', unknown> & { data: Uint8Array }
    const look = (event: Press): unknown => [
      place(event),
      ...[event.id, event.senderId, event.messageId, event.chatInstance, event.viaInline, event.data.join(), JSON.stringify(event.patternMatch)].map(String),
    ]
    const data = new TextEncoder().encode('pick a')
    await compare({ name: 'CallbackQuery', Ours: CallbackQuery, params: { pattern: /pick (\w)/ } }, look as never, 4, async () => {
      const userId = server.user('username').id
      const shared = { queryId: 5n, userId, chatInstance: -9n, data }
      for (const owner of [userId, -3000001n]) {
        const msgId = new Api.InputBotInlineMessageID({ dcId: 2, id: BigInt.asIntN(64, (owner << 32n) | 7n), accessHash: 1n })
        server.push(bot(), new Api.UpdateInlineBotCallbackQuery({ ...shared, msgId }))
      }
      for (const peer of [new Api.PeerUser({ userId }), new Api.PeerChat({ chatId: 4n })])
        server.push(bot(), new Api.UpdateBotCallbackQuery({ ...shared, peer, msgId: 3 }))
      server.push(bot(), new Api.UpdateBotCallbackQuery({ ...shared, peer: new Api.PeerChat({ chatId: 4n }), msgId: 3, data: Uint8Array.of(1) }))
    })
  })
})
