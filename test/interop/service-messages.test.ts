import { createRequire } from 'node:module'
import type { Peer } from '@mtcute/core'
import { TelegramClient as MtcuteClient } from '@mtcute/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Api from '../../generated/api/index.js'
import { CustomFile } from '../../src/client/files/source.js'
import { Raw } from '../../src/client/events/raw.js'
import { TelegramClient } from '../../src/entry/index.js'
import { startServer, type TelegramServer } from '../../src/server/start-server.js'
import { StringSession } from '../../src/session/string-session.js'
import { connectGram, gramPackage, type GramName } from '../support/gram-client.js'
import { mtcuteClient } from '../support/mtcute-client.js'
import { until } from '../support/until.js'

const require = createRequire(import.meta.url)

type Row = Record<string, unknown>
/** What is called of the clients of other people. */
type Client = Record<string, (...args: unknown[]) => Promise<unknown>>

let server: TelegramServer
let person: TelegramClient
beforeAll(async () => {
  server = await startServer()
  const session = new StringSession(server.login({ username: 'username' }))
  person = new TelegramClient(session, 1, 'hash', { serverKeys: [server.publicKey] })
  await person.connect()
  await person.getMe()
})
afterAll(async () => {
  await person.destroy()
  await server.close()
})

/** All that can happen in a group of either kind that somebody is in: its number, marked. */
async function happenings(member: string): Promise<{ readonly group: string; readonly supergroup: string }> {
  const { id: chatId } = chatIn((await person.invoke(new Api.messages.CreateChat({ title: 'few', users: [member] }))).updates)
  const file = await person.uploadFile({ file: new CustomFile('a.png', 3, '', Uint8Array.of(1, 2, 3)) })
  await person.invoke(new Api.messages.EditChatTitle({ chatId, title: 'fewer' }))
  await person.invoke(new Api.messages.EditChatPhoto({ chatId, photo: new Api.InputChatUploadedPhoto({ file }) }))
  const { id } = await person.sendMessage(`-${chatId}`, { message: 'pin me' })
  await person.pinMessage(`-${chatId}`, id, { notify: true })
  await person.invoke(new Api.messages.DeleteChatUser({ chatId, userId: member }))
  const channel = chatIn(await person.invoke(new Api.channels.CreateChannel({ title: 'many', about: '', megagroup: true })))
  await person.invoke(new Api.channels.InviteToChannel({ channel, users: [member] }))
  await person.invoke(new Api.channels.EditTitle({ channel, title: 'more' }))
  return { group: `-${chatId}`, supergroup: `-100${channel.id}` }
}

const chatIn = (updates: Api.TypeUpdates): Api.Chat | Api.Channel => (updates as Api.Updates).chats[0] as Api.Chat | Api.Channel

const IN_GROUP = ['ChatCreate', 'ChatEditTitle', 'ChatEditPhoto', 'PinMessage', 'ChatDeleteUser']
/** Nobody is told of what was before they came. */
const IN_SUPERGROUP = ['ChatAddUser', 'ChatEditTitle']
const actionOf = (message: Row | undefined): string | undefined => (message?.['action'] as Row | undefined)?.['className']?.toString().replace('MessageAction', '')

/** A bot of that package, which is told of updates as they are. */
async function botOf(name: GramName, id: number, onUpdate: (update: Row) => void): Promise<Client> {
  const client = (await connectGram(name, server)) as unknown as Client & { addEventHandler(handler: (update: Row) => void, builder: object): void }
  const { Raw: TheirRaw } = require(`${name}/events`) as { Raw: new (params: object) => object }
  client.addEventHandler(onUpdate, new TheirRaw({}))
  const botAuthToken = `${id}:${'x'.repeat(35)}`
  await client['invoke']!(new (gramPackage(name).Api.auth['ImportBotAuthorization']!)({ flags: 0, apiId: 1, apiHash: 'hash', botAuthToken }))
  await client['getMe']!()
  return client
}

describe('messages of the service', () => {
  it.each<[GramName, number]>([
    ['telegram', 951],
    ['teleproto', 952],
  ])('%s is told, and finds them in the history', async (name, id) => {
    const seen: unknown[] = []
    const theirs = await botOf(name, id, ({ message }) => seen.push(...[actionOf(message as Row | undefined) ?? []].flat()))
    const { group, supergroup } = await happenings(`test${id}_bot`)
    await until(() => seen.length >= 7)
    expect(seen).toEqual([...IN_GROUP, ...IN_SUPERGROUP])
    const history = async (chat: string): Promise<Row[]> => [...((await theirs['getMessages']!(chat, { limit: 20 })) as Row[])].reverse()
    const inGroup = await history(group)
    expect(inGroup.map(actionOf)).toEqual([...IN_GROUP.slice(0, 3), undefined, ...IN_GROUP.slice(3)])
    const [created, , photo, , pinned, removed] = inGroup
    const names = (message: Row | undefined): unknown => (message!['actionEntities'] as Row[]).map(({ username }) => username)
    expect([created, removed].map(names)).toEqual([['username', `test${id}_bot`].sort().reverse(), [`test${id}_bot`]])
    expect(photo!['photo']).toMatchObject({ className: 'Photo' })
    expect(pinned!['replyToMsgId']).toBe(inGroup[3]!['id'])
    expect(pinned!['sender']).toMatchObject({ username: 'username' })
    expect((await history(supergroup)).map(actionOf)).toEqual(['ChannelCreate', ...IN_SUPERGROUP])
    await theirs['destroy']!()
  })
  it('of this package, too, and says the same of them', async () => {
    const session = new StringSession(server.login({ username: 'our_bot', bot: true }))
    await using ours = new TelegramClient(session, 1, 'hash', { serverKeys: [server.publicKey] })
    await ours.connect()
    const seen: unknown[] = []
    ours.addEventHandler((update: Api.UpdateNewMessage) => seen.push(actionOf(update.message as unknown as Row)), new Raw({ types: [Api.UpdateNewMessage, Api.UpdateNewChannelMessage] }))
    await ours.catchUp()
    const { group } = await happenings('our_bot')
    await until(() => seen.length >= 8)
    expect(seen).toEqual([...IN_GROUP.slice(0, 3), undefined, ...IN_GROUP.slice(3), ...IN_SUPERGROUP])
    const inGroup = (await ours.getMessages(group, { reverse: true })).map((message) => [actionOf(message as unknown as Row), message.actionEntities?.length])
    expect(inGroup).toEqual([['ChatCreate', 2], ['ChatEditTitle', undefined], ['ChatEditPhoto', undefined], [undefined, undefined], ['PinMessage', undefined], ['ChatDeleteUser', 1]])
  })
  it('mtcute understands them', async () => {
    const base = await mtcuteClient(server)
    const client = new MtcuteClient({ client: base, disableUpdates: true })
    server.world.addUser({ username: 'person_of_mtcute', phone: '+9996620209' })
    await client.start({ phone: '+9996620209', code: '12345', codeSentCallback: () => {} })
    const { supergroup } = await happenings('person_of_mtcute')
    const peers = new Map<string, Peer>()
    for await (const { peer } of client.iterDialogs()) peers.set(peer.displayName, peer)
    const typesIn = async (title: string): Promise<unknown[]> =>
      (await client.getHistory(peers.get(title)!, { reverse: true })).map(({ action }) => action?.type)
    expect(await typesIn('fewer')).toEqual(['chat_created', 'title_changed', 'photo_changed', undefined, 'message_pinned', 'user_removed'])
    expect(await typesIn('more')).toEqual(['channel_created', 'users_added', 'title_changed'])
    server.world.channels.get(BigInt(supergroup.slice(4)))!.admins.add(server.user('person_of_mtcute').id)
    const message = await client.sendText(peers.get('more')!, 'pin me')
    expect(await client.pinMessage({ message })).toMatchObject({ action: { type: 'message_pinned' }, isService: true })
    await client.destroy()
  })
})
