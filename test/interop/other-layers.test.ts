import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { TelegramClient as MtcuteClient } from '@mtcute/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Api from '../../generated/api/index.js'
import { Button } from '../../src/client/compat/button.js'
import { CallbackQuery } from '../../src/client/events/callback-query.js'
import { CustomFile } from '../../src/client/files/source.js'
import { TelegramClient } from '../../src/entry/index.js'
import { encodeObject } from '../../src/server/services/encode-result.js'
import { FORMS_BY_ID } from '../../src/server/services/legacy-ids.js'
import { startServer, type TelegramServer } from '../../src/server/start-server.js'
import { StringSession } from '../../src/session/string-session.js'
import { connectGram, gramPackage, type GramName } from '../support/gram-client.js'
import { mtcuteClient } from '../support/mtcute-client.js'
import { until } from '../support/until.js'

const require = createRequire(import.meta.url)

type Row = Record<string, unknown>
type Classes = Record<string, new (fields?: object) => object>
/** What is called of the clients of other layers. */
type HighLevel = Record<string, (...args: unknown[]) => Promise<Row & Row[]>> & AsyncDisposable

const NAMES: readonly GramName[] = ['telegram', 'teleproto']
let server: TelegramServer
let bot: TelegramClient
const clients = {} as Record<GramName, HighLevel>

/** A client of another layer, logged in with the number's code. */
async function loggedIn(name: GramName, phone: string): Promise<HighLevel> {
  const client = (await connectGram(name, server)) as unknown as HighLevel
  const { auth, CodeSettings } = gramPackage(name).Api as unknown as { auth: Classes; CodeSettings: Classes[string] }
  const settings = new CodeSettings!({})
  const { phoneCodeHash } = await client['invoke']!(new auth['SendCode']!({ phoneNumber: phone, apiId: 1, apiHash: 'hash', settings }))
  await client['invoke']!(new auth['SignIn']!({ phoneNumber: phone, phoneCodeHash, phoneCode: '12345' }))
  return client
}

beforeAll(async () => {
  server = await startServer()
  bot = new TelegramClient(new StringSession(server.login({ username: 'layer_bot', bot: true })), 1, 'hash', { serverKeys: [server.publicKey] })
  await bot.connect()
  for (const [index, name] of NAMES.entries()) {
    const phone = `+999662010${index}`
    const { id } = server.world.addUser({ username: `user_of_${name}`, phone })
    server.world.channels.forEach(({ members }) => members.add(id))
    clients[name] = await loggedIn(name, phone)
  }
})
afterAll(async () => {
  await Promise.all([bot.destroy(), ...Object.values(clients).map((client) => client['destroy']!())])
  await server.close()
})

const text = (words: string): Api.TextWithEntities => new Api.TextWithEntities({ text: words, entities: [] })

const file = (name: GramName, fileName: string, text: string): object => {
  const { CustomFile } = require(`${name}/client/uploads`) as { CustomFile: new (...args: unknown[]) => object }
  return new CustomFile(fileName, text.length, '', Buffer.from(text))
}

describe.each(NAMES)('high-level methods of %s against the embedded server', (name) => {
  const client = (): HighLevel => clients[name]
  const newest = async (chat: string): Promise<Row> => (await client()['getMessages']!(chat, { limit: 1 }))[0]!

  it('send, answer, change, forward and delete texts', async () => {
    const sent = await client()['sendMessage']!('layer_bot', { message: 'hello **world**' })
    expect(sent).toMatchObject({ message: 'hello world', entities: [{ className: 'MessageEntityBold' }], out: true })
    const answer = await client()['sendMessage']!('layer_bot', { message: 'again', replyTo: sent['id'] })
    expect(answer).toMatchObject({ replyTo: { className: 'MessageReplyHeader', replyToMsgId: sent['id'] } })
    expect(await client()['editMessage']!('layer_bot', { message: sent['id'], text: 'changed' })).toMatchObject({ message: 'changed' })
    const [forwarded] = (await client()['forwardMessages']!('me', { messages: [sent['id']], fromPeer: 'layer_bot' })).flat() as Row[]
    expect(forwarded).toMatchObject({ message: 'changed', fwdFrom: { className: 'MessageFwdHeader' } })
    await client()['pinMessage']!('me', forwarded!['id'])
    expect(await newest('me')).toMatchObject({ id: forwarded!['id'], pinned: true })
    await client()['unpinMessage']!('me')
    expect(await client()['deleteMessages']!('layer_bot', [answer['id']], { revoke: true })).toMatchObject([{ ptsCount: 1 }])
    await client()['markAsRead']!('layer_bot')
    const { messages, ReactionEmoji } = gramPackage(name).Api as unknown as { messages: Classes; ReactionEmoji: Classes[string] }
    const reaction = [new ReactionEmoji!({ emoticon: '👍' })]
    const reacted = await client()['invoke']!(new messages['SendReaction']!({ peer: 'me', msgId: forwarded!['id'], reaction }))
    expect(reacted).toMatchObject({ updates: [{ className: 'UpdateMessageReactions', reactions: { results: [{ count: 1 }] } }] })
    expect(await newest('me')).toMatchObject({ reactions: { results: [{ count: 1, reaction: { emoticon: '👍' } }] } })
  })
  it('send and download files, alone and as albums', async () => {
    const document = await client()['sendFile']!('me', { file: file(name, 'a.mp4', 'film'), caption: 'c', videoNote: true })
    expect(document['videoNote']).toMatchObject({ mimeType: 'video/mp4' })
    expect(Buffer.from((await client()['downloadMedia']!(document, {})) as never).toString()).toBe('film')
    const photo = await client()['sendFile']!('me', { file: file(name, 'a.png', 'photo') })
    expect(photo).toMatchObject({ media: { className: 'MessageMediaPhoto', photo: { className: 'Photo' } } })
    await client()['sendFile']!('me', { file: [photo['media'], document['media']], caption: ['one', 'two'] })
    const both = [...(await client()['getMessages']!('me', { limit: 2 }))]
    expect(both.map((each: Row) => [each['message'], (each['media'] as Row)['className']])).toEqual([['two', 'MessageMediaDocument'], ['one', 'MessageMediaPhoto']])
  })
  it('list dialogs, members and what is searched for', async () => {
    const dialogs = await client()['getDialogs']!()
    expect(dialogs.map((each: Row) => each['title'])).toEqual(expect.arrayContaining(['layer_bot', `user_of_${name}`]))
    await client()['sendMessage']!('a_group', { message: `to the group of ${name}` })
    expect(await newest('a_group')).toMatchObject({ message: `to the group of ${name}` })
    const members = await client()['getParticipants']!('a_group', {})
    expect(members.map((each: Row) => each['username'])).toEqual(expect.arrayContaining(['username', `user_of_${name}`]))
    const found = await client()['getMessages']!(undefined, { search: `group of ${name}`, limit: 5 })
    expect(found).toHaveLength(1)
    const { users, channels, updates } = gramPackage(name).Api as unknown as Record<'users' | 'channels' | 'updates', Classes>
    expect(await client()['invoke']!(new users['GetFullUser']!({ id: 'me' }))).toMatchObject({ fullUser: { className: 'UserFull' } })
    expect(await client()['invoke']!(new channels['GetFullChannel']!({ channel: 'a_group' }))).toMatchObject({ fullChat: { className: 'ChannelFull' } })
    const missed = await client()['invoke']!(new updates['GetDifference']!({ pts: 1, qts: 0, date: 0 }))
    expect(missed).toMatchObject({ className: 'updates.Difference' })
  })
  it('have texts wait until they are due', async () => {
    const schedule = Math.floor(Date.now() / 1000) + 3600
    const waiting = await client()['sendMessage']!('me', { message: 'later', schedule })
    expect(waiting).toMatchObject({ message: 'later', date: schedule })
    const { messages } = gramPackage(name).Api as unknown as { messages: Classes }
    expect(await client()['invoke']!(new messages['GetScheduledHistory']!({ peer: 'me', hash: 0n }))).toMatchObject({ messages: [{ message: 'later' }] })
    const sent = await client()['invoke']!(new messages['SendScheduledMessages']!({ peer: 'me', id: [waiting['id']] }))
    expect(sent).toMatchObject({ updates: [{ className: 'UpdateNewMessage' }, { className: 'UpdateDeleteScheduledMessages', messages: [waiting['id']] }] })
    expect(await newest('me')).toMatchObject({ message: 'later', fromScheduled: true })
  })
  it('see polls, and vote', async () => {
    const answers = ['yes', 'no'].map((each) => new Api.InputPollAnswer({ text: text(each) }))
    const poll = new Api.Poll({ id: 0, question: text('?'), answers, hash: 0, closePeriod: 600 })
    const sent = await bot.sendMessage(`user_of_${name}`, { file: new Api.InputMediaPoll({ poll }) })
    const shown = await newest('layer_bot')
    expect(shown['poll']).toMatchObject({ poll: { question: { text: '?' }, closePeriod: 600, answers: [{ text: { text: 'yes' } }, { text: { text: 'no' } }] }, results: { totalVoters: 0 } })
    const press = async (params: object): Promise<unknown> => (shown['click'] as (params: object) => Promise<unknown>).call(shown, params)
    expect(await press({ i: 1 })).toMatchObject({ updates: [{ className: 'UpdateMessagePoll', results: { totalVoters: 1, results: [{ voters: 0 }, { voters: 1, chosen: true }] } }] })
    expect((await bot.getMessages(`user_of_${name}`, { ids: sent.id }))[0]!.poll!.results.totalVoters).toBe(1)
  })
  it('keep drafts', async () => {
    const { messages, InputReplyToMessage } = gramPackage(name).Api as unknown as { messages: Classes; InputReplyToMessage: Classes[string] }
    const replyTo = new InputReplyToMessage!({ replyToMsgId: (await newest('layer_bot'))['id'] })
    expect(await client()['invoke']!(new messages['SaveDraft']!({ peer: 'layer_bot', message: 'begun', replyTo }))).toBe(true)
    const kept = { className: 'DraftMessage', message: 'begun', replyTo: { className: 'InputReplyToMessage' } }
    expect(await client()['invoke']!(new messages['GetAllDrafts']!())).toMatchObject({ updates: [{ className: 'UpdateDraftMessage', draft: kept }] })
    const dialogs = await client()['getDialogs']!()
    expect(dialogs.find(({ title }: Row) => title === 'layer_bot')).toMatchObject({ dialog: { draft: kept } })
    await client()['sendMessage']!('layer_bot', { message: 'begun', clearDraft: true })
    expect(await client()['invoke']!(new messages['GetAllDrafts']!())).toMatchObject({ updates: [] })
  })
  it('join and make groups', async () => {
    const { channels, messages } = gramPackage(name).Api as unknown as Record<'channels' | 'messages', Classes>
    const [named, secret] = ['named', 'secret'].map((title) =>
      server.world.addChannel({ title, megagroup: true, ...(title === 'named' ? { username: `group_for_${name}` } : {}) }),
    )
    const link = { link: 'https://t.me/+joinme', adminId: 1n, date: 1, revoked: false }
    secret!.invites.add(link)
    expect(await client()['invoke']!(new channels['JoinChannel']!({ channel: named!.username }))).toMatchObject({ className: 'Updates', chats: [{ title: 'named' }] })
    expect(await client()['invoke']!(new messages['CheckChatInvite']!({ hash: 'joinme' }))).toMatchObject({ className: 'ChatInvite', title: 'secret' })
    expect(await client()['invoke']!(new messages['ImportChatInvite']!({ hash: 'joinme' }))).toMatchObject({ className: 'Updates', chats: [{ title: 'secret' }] })
    secret!.invites.remove(link.link)
    const made = await client()['invoke']!(new channels['CreateChannel']!({ title: 'mine', about: '', megagroup: true }))
    expect(made).toMatchObject({ className: 'Updates', chats: [{ title: 'mine', megagroup: true }] })
    const dice = await client()['sendFile']!('me', { file: new (gramPackage(name).Api['InputMediaDice']!)({ emoticon: '🎲' }) })
    expect(dice['media']).toMatchObject({ className: 'MessageMediaDice', emoticon: '🎲' })
  })
  it('know contacts, and find them', async () => {
    const { contacts, InputPhoneContact } = gramPackage(name).Api as unknown as { contacts: Classes; InputPhoneContact: Classes[string] }
    const added = await client()['invoke']!(new contacts['AddContact']!({ id: 'layer_bot', firstName: 'B', lastName: '', phone: '' }))
    expect(added).toMatchObject({ users: [{ firstName: 'B', contact: true }] })
    const contact = new InputPhoneContact({ clientId: 5n, phone: '+9996620002', firstName: 'F', lastName: 'L' })
    expect(await client()['invoke']!(new contacts['ImportContacts']!({ contacts: [contact] }))).toMatchObject({ users: [{ firstName: 'F' }] })
    expect(await client()['getEntity']!('+9996620002')).toMatchObject({ firstName: 'F', phone: '9996620002' })
    expect(await client()['invoke']!(new contacts['Search']!({ q: 'layer_bot', limit: 5 }))).toMatchObject({ users: [{ username: 'layer_bot' }] })
  })
  it('show the buttons of a bot, and press them', async () => {
    const press = new CallbackQuery()
    const answer = (event: { answer(params: object): unknown }): unknown => event.answer({ message: 'pressed' })
    bot.addEventHandler(answer, press)
    const style = new Api.KeyboardButtonStyle({ bgDanger: true })
    const buttons = [[new Api.KeyboardButtonCallback({ text: 'A', data: Uint8Array.of(1), style }), Button.url('B', 'https://b')], [Button.switchInline('C', 'q')]]
    await bot.sendMessage(`user_of_${name}`, { message: 'menu', buttons })
    const menu = await newest('layer_bot')
    const rows = (menu['replyMarkup'] as { rows: { buttons: Row[] }[] }).rows.map((row) => row.buttons.map(({ text, className }) => [text, className]))
    expect(rows).toEqual([[['A', 'KeyboardButtonCallback'], ['B', 'KeyboardButtonUrl']], [['C', 'KeyboardButtonSwitchInline']]])
    expect(await (menu['click'] as (params: object) => Promise<unknown>).call(menu, {})).toMatchObject({ message: 'pressed' })
    const keyboard = [[new Api.KeyboardButton({ text: 'D', style }), Button.requestPhone('E')]]
    await bot.sendMessage(`user_of_${name}`, { message: 'keyboard', buttons: keyboard })
    const shown = (await newest('layer_bot'))['replyMarkup'] as { rows: { buttons: Row[] }[] }
    expect(shown.rows[0]!.buttons.map(({ text }) => text)).toEqual(['D', 'E'])
    bot.removeEventHandler(answer, press)
  })
})

describe('bots of other layers', () => {
  it.each(NAMES)('%s sends buttons', async (name) => {
    const theirs = (await connectGram(name, server)) as unknown as HighLevel
    const { auth, ...Their } = gramPackage(name).Api as unknown as { auth: Classes } & Classes
    const botAuthToken = `${name === 'telegram' ? 901 : 902}:${'x'.repeat(35)}`
    await theirs['invoke']!(new auth['ImportBotAuthorization']!({ flags: 0, apiId: 1, apiHash: 'hash', botAuthToken }))
    const buttons = [
      new Their['KeyboardButtonCallback']!({ text: 'A', data: Buffer.from('a') }),
      new Their['KeyboardButtonUrl']!({ text: 'B', url: 'https://b' }),
      new Their['KeyboardButtonGame']!({ text: 'C' }),
    ]
    const { bots, users } = Their as unknown as Record<'bots' | 'users', Classes>
    const commands = [new Their['BotCommand']!({ command: 'start', description: 'Begin' })]
    const scope = new Their['BotCommandScopeDefault']!()
    await theirs['invoke']!(new bots['SetBotCommands']!({ scope, langCode: '', commands }))
    expect(await theirs['invoke']!(new users['GetFullUser']!({ id: 'me' }))).toMatchObject({ fullUser: { botInfo: { commands: [{ command: 'start' }] } } })
    await theirs['sendMessage']!('layer_bot', { message: 'menu', buttons: [buttons] })
    const [menu] = await bot.getMessages(Number(botAuthToken.slice(0, 3)), { limit: 1 })
    expect(menu!.buttons!.map((row) => row.map((button) => [button.text, button.data?.toString(), button.url]))).toEqual([
      [['A', 'a', undefined], ['B', undefined, 'https://b'], ['C', undefined, undefined]],
    ])
    await theirs['destroy']!()
  })
})

describe('events of other layers', () => {
  it.each(NAMES)('%s is told of messages, files, edits and presses', async (name) => {
    type Event = Record<'message', Row> & Row
    type Builder = new (params: object) => object
    const builderOf = (file: string, kind: string): Builder => (require(`${name}/events${file}`) as Record<string, Builder>)[kind]!
    const theirs = (await connectGram(name, server)) as unknown as HighLevel & { addEventHandler(handler: (event: Event) => unknown, builder: object): void }
    const { auth } = gramPackage(name).Api as unknown as { auth: Classes }
    const id = name === 'telegram' ? 911 : 912
    await theirs['invoke']!(new auth['ImportBotAuthorization']!({ flags: 0, apiId: 1, apiHash: 'hash', botAuthToken: `${id}:${'x'.repeat(35)}` }))
    const { Button: TheirButton } = require(`${name}/tl/custom/button`) as { Button: { inline(text: string, data: Uint8Array): object } }
    const seen: unknown[] = []
    theirs.addEventHandler(async ({ message }) => {
      seen.push([message['message'], (message['media'] as Row | null)?.['className']])
      const reply = message['reply'] as (params: object) => Promise<unknown>
      if (message['message'] === '/start') await reply.call(message, { message: 'pick', buttons: [[TheirButton.inline('A', Buffer.from('a'))]] })
    }, new (builderOf('', 'NewMessage'))({ incoming: true }))
    theirs.addEventHandler(({ message }) => seen.push(['edited', message['message']]), new (builderOf('/EditedMessage', 'EditedMessage'))({}))
    theirs.addEventHandler((event) => (event['answer'] as (params: object) => unknown).call(event, { message: 'ok' }), new (builderOf('/CallbackQuery', 'CallbackQuery'))({}))
    await theirs['getMe']!()
    const person = new TelegramClient(new StringSession(server.login({ username: 'username' })), 1, 'hash', { serverKeys: [server.publicKey] })
    await person.connect()
    await person.sendMessage(id, { message: '/start' })
    await until(async () => (await person.getMessages(id, { limit: 1 }))[0]?.rawText === 'pick')
    const [menu] = await person.getMessages(id, { limit: 1 })
    expect(await menu!.click()).toMatchObject({ message: 'ok' })
    const photo = await person.sendFile(id, { file: new CustomFile('a.png', 3, '', Uint8Array.of(1, 2, 3)), caption: 'picture' })
    await photo.edit({ text: 'changed' })
    await until(() => seen.length === 3)
    expect(seen).toEqual([['/start', undefined], ['picture', 'MessageMediaPhoto'], ['edited', 'changed']])
    await Promise.all([person.destroy(), theirs['destroy']!()])
  })
})

describe('high-level methods of mtcute against the embedded server', () => {
  it('send, search and download', async () => {
    const base = await mtcuteClient(server)
    const client = new MtcuteClient({ client: base, disableUpdates: true })
    server.world.addUser({ username: 'user_of_mtcute', phone: '+9996620109' })
    await client.start({ phone: '+9996620109', code: '12345', codeSentCallback: () => {} })
    const sent = await client.sendText('layer_bot', 'hello')
    expect((await client.replyText(sent, 'again')).replyToMessage?.id).toBe(sent.id)
    expect((await client.searchGlobal({ query: 'again' })).map(({ text }) => text)).toEqual(['again'])
    const kept = await client.sendMedia('me', { type: 'document', file: Buffer.from('mine'), fileName: 'a.txt', fileMime: 'text/plain', caption: 'c' })
    const { media } = kept
    if (media?.type !== 'document') throw new Error(`expected a document, got ${media?.type}`)
    expect([media.fileName, Buffer.from(await client.downloadAsBuffer(media)).toString()]).toEqual(['a.txt', 'mine'])
    await bot.sendMessage('user_of_mtcute', { message: 'menu', buttons: Button.inline('A') })
    const [menu] = await client.getHistory('layer_bot', { limit: 1 })
    expect(menu!.markup).toMatchObject({ type: 'inline', buttons: [[{ text: 'A' }]] })
    const answers = ['yes', 'no'].map((each) => new Api.InputPollAnswer({ text: text(each) }))
    await bot.sendMessage('user_of_mtcute', { file: new Api.InputMediaPoll({ poll: new Api.Poll({ id: 0, question: text('?'), answers, hash: 0 }) }) })
    const [asked] = await client.getHistory('layer_bot', { limit: 1 })
    expect(await client.sendVote({ message: asked!, options: 1 })).toMatchObject({ voters: 1, answers: [{ voters: 0 }, { voters: 1, chosen: true }] })
    expect((await client.getFullUser('me')).username).toBe('user_of_mtcute')
    await client.destroy()
  })
})

/** The ids of all constructors and methods that a package knows. */
function idsOf(value: unknown, ids = new Set<number>()): ReadonlySet<number> {
  for (const each of Object.values(value as object) as unknown[]) {
    const { CONSTRUCTOR_ID } = (each ?? {}) as { CONSTRUCTOR_ID?: number }
    if (CONSTRUCTOR_ID !== undefined) ids.add(CONSTRUCTOR_ID)
    else if (typeof each === 'object' && each !== null) idsOf(each, ids)
  }
  return ids
}

describe('the forms of other layers', () => {
  const known = NAMES.map((name) => idsOf(gramPackage(name).Api))
  it('are forms of one of those clients', () => {
    expect([...FORMS_BY_ID].filter(([id]) => !known.some((ids) => ids.has(id))).map(([, { name }]) => name)).toEqual([])
  })
  it.each([['telegram', 198], ['teleproto', 214]] as const)('are read by %s, where they are laid out anew', (name, layer) => {
    const { BinaryReader } = require(`${name}/extensions`) as { BinaryReader: new (bytes: Buffer) => { tgReadObject(): unknown } }
    const peer = new Api.PeerUser({ userId: 5 })
    const cast = new Api.UpdateMessagePollVote({ pollId: 7, peer, options: [Uint8Array.of(1), Uint8Array.of(2)], positions: [0, 1], qts: 9 })
    expect(new BinaryReader(Buffer.from(encodeObject(cast, layer))).tgReadObject()).toMatchObject({ className: 'UpdateMessagePollVote', qts: 9, options: [Buffer.of(1), Buffer.of(2)] })
  })
  it('are there for all that the server says', () => {
    const root = new URL('../../src/server', import.meta.url).pathname
    const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'))
    const made = new Set(sources.flatMap((path) => [...readFileSync(join(root, path), 'utf8').matchAll(/new Api\.((?:[a-z]+\.)?[A-Z]\w*)\(/g)].map(([, each]) => each!)))
    expect(made.size).toBeGreaterThan(100)
    const forms = new Set([...FORMS_BY_ID.values()].map(({ name }) => name))
    const elsewhere = new Set(['User', 'Channel', 'Message', 'MessageService', 'Dialog', 'Poll', 'PollAnswerVoters', 'UpdateMessagePollVote', 'messages.ChatInviteJoinResultOk', 'messages.Messages', 'messages.MessagesSlice'])
    const missing = [...made].filter((each) => {
      const { CONSTRUCTOR_ID } = each.split('.').reduce<unknown>((inside, part) => (inside as Row)[part], Api) as { CONSTRUCTOR_ID: number }
      return !forms.has(each) && !elsewhere.has(each) && known.some((ids) => !ids.has(CONSTRUCTOR_ID))
    })
    expect(missing).toEqual([])
  })
})
