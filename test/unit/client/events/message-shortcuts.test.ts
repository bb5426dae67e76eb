import { describe, expect, it } from 'vitest'
import * as Api from '../../../../generated/api/index.js'
import { Button } from '../../../../src/client/compat/button.js'
import { NewMessage } from '../../../../src/client/events/new-message.js'
import { NewMessageEvent } from '../../../../src/client/events/new-message-event.js'
import { replyMarkup } from '../../../../src/client/messages/markup.js'
import type { SendMessageParams } from '../../../../src/client/messages/params.js'
import { MediaShortcuts } from '../../../../src/client/messages/media-shortcuts.js'
import { PeerShortcuts } from '../../../../src/client/messages/peer-shortcuts.js'
import { MessageShortcuts, withShortcuts, type EventMessage } from '../../../../src/client/messages/shortcuts.js'
import type { TelegramClient } from '../../../../src/client/telegram-client.js'
import { until } from '../../../support/until.js'
import { eventWorld, PEOPLE, say, type EventWorld } from './event-world.js'
import { personAndBot, type PersonAndBot } from './person-and-bot.js'

let { world, person, bot } = {} as PersonAndBot
personAndBot((all) => ({ world, person, bot } = all))

/** The next message that a client is told of. */
async function next(client: TelegramClient, cause: () => Promise<unknown>): Promise<EventMessage> {
  let found: EventMessage | undefined
  const builder = new NewMessage({ incoming: true })
  const handler = ({ message }: NewMessageEvent): void => void (found = message)
  client.addEventHandler(handler, builder)
  await cause()
  await until(() => found !== undefined)
  client.removeEventHandler(handler, builder)
  return found!
}

const came = ({ server }: EventWorld, client: TelegramClient): Promise<EventMessage> =>
  next(client, async () => server.message('username', 'echo_bot', 'x'))

describe('a message that came with an event', () => {
  it('knows its chat and its sender', async () => {
    const message = await next(bot, () => say(person, 'super_group', 'hello'))
    const { id } = world.server.user('username')
    expect(message).toMatchObject({ text: 'hello', rawText: 'hello', isGroup: true, isChannel: true, isPrivate: false, client: bot })
    expect([message.chatId, message.senderId].map(String)).toEqual([`-100${world.supergroup.id}`, String(id)])
    const { chat, sender, inputChat, inputSender } = message
    expect([chat, sender, inputChat, inputSender]).toMatchObject([
      { title: 'supergroup' }, { username: 'username' }, { className: 'InputPeerChannel' }, { className: 'InputPeerUser' },
    ])
    expect([await message.getChat(), await message.getSender()]).toEqual([chat, sender])
    expect([await message.getInputChat(), await message.getInputSender()]).toEqual([inputChat, inputSender])
    expect([message.isReply, message.replyToMsgId, message.photo, message.document]).toEqual([false, undefined, undefined, undefined])
    expect(await message.getReplyMessage()).toBeUndefined()
  })
  it('knows them when it was missed, too', async () => {
    await using other = await eventWorld()
    const client = await other.client(PEOPLE.bot)
    await client.disconnect()
    const missed = await next(client, async () => {
      other.server.message('username', 'echo_bot', 'missed')
      await client.connect()
      await client.catchUp()
    })
    expect(missed).toMatchObject({ text: 'missed', sender: { username: 'username' }, chat: { username: 'username' } })
  })
  it('asks for whom the server has shown little of', async () => {
    const { supergroup, server } = world
    const { id } = server.user('username')
    const peers = { peerId: new Api.PeerChannel({ channelId: supergroup.id }), fromId: new Api.PeerUser({ userId: id }) }
    const little = new Api.User({ id, firstName: 'U', min: true })
    const make = (client: TelegramClient): EventMessage =>
      withShortcuts(new Api.Message({ id: 1, date: 1, message: 'x', ...peers }), client, new Map([[String(id), little]]))
    const message = make(bot)
    expect([message.sender, message.chat]).toEqual([little, undefined])
    expect([await message.getSender(), await message.getChat()]).toMatchObject([{ username: 'username', min: false }, { title: 'supergroup' }])
    expect(message.sender).toMatchObject({ username: 'username' })
    await using other = await eventWorld()
    const elsewhere = make(await other.client(PEOPLE.bot))
    other.server.handle(Api.users.GetUsers, () => [new Api.UserEmpty({ id })])
    expect(await elsewhere.getSender()).toBe(little)
  })
  it('owns its fields and nothing else', async () => {
    const message = await next(bot, () => say(person, 'echo_bot', 'hello'))
    expect(message).toBeInstanceOf(Api.Message)
    expect(Object.keys(message)).toEqual(Object.keys(new Api.Message({ id: 1, peerId: message.peerId, date: 1, message: '' })))
    expect(JSON.parse(JSON.stringify(message))).not.toHaveProperty('text')
    const fields = new Set(Object.keys(message))
    const names = [MediaShortcuts, PeerShortcuts, MessageShortcuts].flatMap(({ prototype }) => Object.getOwnPropertyNames(prototype))
    expect(names.filter((name) => fields.has(name))).toEqual([])
  })
  it('is answered, changed and deleted', async () => {
    const question = await next(bot, () => say(person, 'echo_bot', 'question'))
    let reply: EventMessage | undefined
    const received = await next(person, async () => {
      reply = await question.reply({ message: 'answer', buttons: Button.inline('A'), linkPreview: false })
    })
    expect(reply).toMatchObject({ text: 'answer', out: true, replyToMsgId: question.id, client: bot })
    expect((await received.getReplyMessage())?.text).toBe('question')
    expect(received.senderId?.toString()).toBe(String(world.server.user('echo_bot').id))
    const edited = await reply!.edit({ text: 'better' })
    expect(edited).toMatchObject({ text: 'better', replyMarkup: { rows: [{ buttons: [{ text: 'A' }] }] } })
    expect(await edited!.delete({ revoke: true })).toMatchObject([{ ptsCount: 1 }])
    expect(await received.getReplyMessage()).toBeUndefined()
    expect((await question.respond({ message: 'said', formattingEntities: [new Api.MessageEntityBold({ offset: 0, length: 2 })] }))?.entities)
      .toMatchObject([{ className: 'MessageEntityBold' }])
  })
  it('tells who sent what this account has sent', async () => {
    const sent = (await (await next(bot, () => say(person, 'echo_bot', 'x'))).respond({ message: 'y' }))!
    expect(await sent.getSender()).toMatchObject({ username: 'echo_bot' })
    const bare = new NewMessageEvent(new Api.Message({ ...short(sent), out: true, fromId: undefined }), sent)
    bare._setClient(bot)
    expect(bare.senderId).toBeUndefined()
    expect(await bare.getSender()).toMatchObject({ username: 'echo_bot', self: true })
    expect(await bare.message.getInputSender()).toMatchObject({ className: 'InputPeerSelf' })
  })
  it('is put together where the server answers in short', async () => {
    await using other = await eventWorld()
    const message = await came(other, await other.client(PEOPLE.bot))
    const { peerId } = message
    other.server.handle(Api.messages.SendMessage, () => new Api.UpdateShortSentMessage({ out: true, id: 77, pts: 999, ptsCount: 0, date: 5 }))
    const sent = await message.reply({ message: 'short' })
    expect(sent).toMatchObject({ className: 'Message', id: 77, date: 5, out: true, text: 'short' })
    expect(sent!.peerId).toEqual(peerId)
  })
  it('is answered in Markdown, unless something else is said, and shows it', async () => {
    const message = await came(world, bot)
    const bold = [{ className: 'MessageEntityBold', offset: 0, length: 2 }]
    const said = async (params: SendMessageParams): Promise<unknown[]> => {
      const { rawText, entities, text } = (await message.reply(params))!
      return [rawText, entities, text]
    }
    expect(await said({ message: '**hi** a_b' })).toMatchObject(['hi a_b', bold, '**hi** a_b'])
    expect(await said({ message: '<b>hi</b> &amp;', parseMode: 'html' })).toMatchObject(['hi &', bold, '**hi** &'])
    expect(await said({ message: '**hi**', parseMode: false })).toEqual(['**hi**', undefined, '**hi**'])
    expect(await said({ message: '**hi**', formattingEntities: [] })).toMatchObject(['**hi**', [], '**hi**'])
    const edited = await (await message.reply({ message: 'x' }))!.edit({ text: '<i>y</i>', parseMode: 'html' })
    expect(edited).toMatchObject({ rawText: 'y', text: '__y__' })
  })
  it.each([
    [{ message: 'x', parseMode: 'bbcode' }, /Invalid parse mode type: expected 'md', 'markdown', 'html'/],
    ['x', /message: expected a text as in { message: 'text' }, got undefined/],
    [{ message: 5 }, /message: expected a text .* got 5/],
    [{ message: 'x', game: true }, /game: .* invoke Api\.messages\.SendMedia/],
  ])('refuses %o', async (params, why) => {
    const message = await came(world, bot)
    await expect(message.reply(params as SendMessageParams)).rejects.toThrow(why)
  })
  it('refuses to be changed into what is no text', async () => {
    const edit = (await came(world, bot)).edit({ text: 5 } as never)
    await expect(edit).rejects.toThrow(/text: expected a text as in { text: 'text' }, got 5/)
  })
  it('knows whom it is for as soon as somebody has asked who the account is', async () => {
    await using other = await eventWorld()
    const client = await other.client(PEOPLE.bot)
    const message = await came(other, client)
    expect([message.toId, client._selfInputPeer]).toEqual([undefined, undefined])
    const { id } = await client.getMe()
    expect(message.toId).toMatchObject({ className: 'PeerUser', userId: id })
    expect((await message.reply({ message: 'x' }))?.toId).toEqual(message.peerId)
  })
  it('of the service names the user whose link was followed', async () => {
    const user = await bot.getEntity('username')
    const action = new Api.MessageActionChatJoinedByLink({ inviterId: user.id })
    const joined = new Api.MessageService({ id: 1, peerId: new Api.PeerChat({ chatId: 5 }), date: 1, action })
    expect(withShortcuts(joined, bot).actionEntities).toEqual([undefined])
    expect(withShortcuts(joined, bot, new Map([[String(user.id), user]])).actionEntities).toEqual([user])
  })
  it('without a client says so', async () => {
    await came(world, bot)
    const message = new Api.Message({ id: 1, peerId: new Api.PeerUser({ userId: 5 }), date: 1, message: 'x' }) as EventMessage
    expect(message.client).toBeUndefined()
    expect([message.text, String(message.chatId), message.toId]).toEqual(['x', '5', message.peerId])
    expect(await message.getChat()).toBeUndefined()
    await expect(message.reply({ message: 'y' })).rejects.toMatchObject({ failure: 'state' })
    await expect(message.downloadMedia()).rejects.toMatchObject({ failure: 'state' })
  })
})

function short({ id, peerId, date, message }: Api.Message) {
  return { id, peerId, date, message }
}

describe('buttons', () => {
  const [a, b] = [Button.inline('a'), Button.url('b', 'https://example.org')]
  const texts = (markup: Api.TypeReplyMarkup | undefined): string[][] =>
    (markup as Api.ReplyInlineMarkup).rows.map(({ buttons }) => buttons.map(({ text }) => text))

  it('are one, a row or rows', () => {
    for (const [given, rows] of [[a, [['a']]], [[a, b], [['a', 'b']]], [[[a], [b]], [['a'], ['b']]], [[[a, b], [], a], [['a', 'b'], ['a']]]] as const) {
      const markup = replyMarkup(given as never)
      expect(markup).toBeInstanceOf(Api.ReplyInlineMarkup)
      expect(texts(markup)).toEqual(rows)
    }
  })
  it('make a keyboard with the layout of the first that has one', () => {
    const markup = replyMarkup([[Button.text('a', true, true)], [Button.requestPhone('b')]])
    expect(markup).toBeInstanceOf(Api.ReplyKeyboardMarkup)
    expect(markup).toMatchObject({ resize: true, singleUse: true })
    expect(texts(markup)).toEqual([['a'], ['b']])
  })
  it('are a markup as it is, or none', () => {
    expect(replyMarkup(Button.clear())).toBeInstanceOf(Api.ReplyKeyboardHide)
    for (const none of [undefined, [], [[]]]) expect(replyMarkup(none)).toBeUndefined()
  })
  it('of both kinds together, and what is no button, are refused', () => {
    expect(() => replyMarkup([a, Button.text('b')])).toThrow(/got both kinds/)
    expect(() => replyMarkup(['a'] as never)).toThrow(/buttons: expected what Button returns, got "a"/)
    expect(() => replyMarkup([undefined] as never)).toThrow(/buttons: expected what Button returns, got undefined/)
  })
})
