import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Api from '../../../../generated/api/index.js'
import { Button } from '../../../../src/client/compat/button.js'
import type { EventMessage } from '../../../../src/client/messages/shortcuts.js'
import { methodWorld, type MethodWorld } from './method-world.js'

let world: MethodWorld
beforeAll(async () => {
  world = await methodWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

const FRIEND = 'friend_of_username'
const textOf = ({ message }: { message: string }): string => message

describe('sendMessage', () => {
  it('sends text in Markdown, and returns the message with its shortcuts', async () => {
    const { client } = world
    const sent = (await client.sendMessage(FRIEND, { message: 'some **bold** words' }))!
    expect([sent.message, sent.text, sent.out]).toEqual(['some bold words', 'some **bold** words', true])
    expect(sent.entities).toEqual([new Api.MessageEntityBold({ offset: 5, length: 4 })])
    expect(String(sent.chatId)).toBe(await client.getPeerId(FRIEND))
    const answer = (await sent.reply({ message: 'an answer' }))!
    expect(answer.replyToMsgId).toBe(sent.id)
  })

  it('takes the notation of the call, or of the client', async () => {
    const { client } = world
    const html = (await client.sendMessage(FRIEND, { message: '<b>bold</b> **stars**', parseMode: 'html' }))!
    expect(html.message).toBe('bold **stars**')
    client.setParseMode('html')
    expect([html.text, client.parseMode?.parse('<i>x</i>')[0]]).toEqual(['<strong>bold</strong> **stars**', 'x'])
    client.setParseMode(undefined)
    const raw = (await client.sendMessage(FRIEND, { message: '<b>**' }))!
    expect([raw.message, raw.text]).toEqual(['<b>**', '<b>**'])
    client.setParseMode('md')
    expect(() => client.setParseMode('latex')).toThrow("expected 'md', 'markdown', 'html' or an object with parse and unparse, got \"latex\"")
  })

  it('takes buttons as Button makes them', () => {
    const { client } = world
    expect(client.buildReplyMarkup([Button.inline('a'), Button.url('b', 'https://e.org')])).toMatchObject({
      className: 'ReplyInlineMarkup',
      rows: [{ buttons: [{ text: 'a' }, { text: 'b', url: 'https://e.org' }] }],
    })
    expect(client.buildReplyMarkup(undefined)).toBeUndefined()
  })
})

describe('what was sent', () => {
  it('can be edited, by its id or by itself', async () => {
    const { client } = world
    const sent = (await client.sendMessage('me', { message: 'before' }))!
    const edited = await client.editMessage('me', { message: sent.id, text: '**after**' })
    expect([edited?.message, edited?.text]).toEqual(['after', '**after**'])
    expect((await client.editMessage('me', { message: edited!, text: 'at last' }))?.message).toBe('at last')
    await expect(client.editMessage('me', { text: 'which?' })).rejects.toThrow('message: expected a message or its id, got undefined')
  })

  it('can be deleted for both sides, by ids or messages', async () => {
    const { client, friend } = world
    const [one, two] = [await client.sendMessage(FRIEND, { message: 'one' }), await client.sendMessage(FRIEND, { message: 'two' })]
    const before = await friend.getMessages('username', { limit: 2 })
    expect(before.map(textOf)).toEqual(['two', 'one'])
    expect(await client.deleteMessages(FRIEND, [one!.id, two!])).toMatchObject([{ ptsCount: 2 }])
    const left = await friend.getMessages('username', { ids: before.map(({ id }) => id) })
    expect([...left]).toEqual([undefined, undefined])
  })

  it('can be sent on, alone or with others, with the name of who wrote it or without', async () => {
    const { client, write, group } = world
    write('to be sent on', 'this too')
    const [second, first] = await client.getMessages(FRIEND, { limit: 2 })
    const forwarded = await client.forwardMessages('a_group', { messages: [first!, second!] })
    expect(forwarded.map((message) => message?.message)).toEqual(['to be sent on', 'this too'])
    const author = new Api.PeerUser({ userId: Number(await client.getPeerId(FRIEND)) })
    expect(forwarded[0]!.fwdFrom).toMatchObject({ fromId: author, date: first!.date })
    expect(String(forwarded[0]!.chatId)).toBe(`-100${group.id}`)
    const [copy] = await client.forwardMessages('me', { messages: first!.id, fromPeer: FRIEND, dropAuthor: true })
    expect([copy!.message, copy!.fwdFrom]).toEqual(['to be sent on', undefined])
    await expect(client.forwardMessages('me', { messages: [1] })).rejects.toThrow('fromPeer: expected the chat that the ids belong to, got none')
  })

  it('can be pinned and taken down', async () => {
    const { client } = world
    const sent = (await client.sendMessage('a_group', { message: 'to be pinned' }))!
    const isPinned = async (): Promise<boolean> => (await client.getMessages('a_group', { ids: sent.id }))[0]!.pinned
    const said = { action: { className: 'MessageActionPinMessage' }, replyToMsgId: sent.id, chat: { title: 'A group' }, client }
    expect(await client.pinMessage('a_group', sent)).toMatchObject(said)
    expect(await isPinned()).toBe(true)
    await client.unpinMessage('a_group', sent)
    expect(await isPinned()).toBe(false)
    await client.pinMessage('a_group', sent.id, { notify: true })
    await client.unpinMessage('a_group')
    expect(await isPinned()).toBe(false)
  })
})

describe('what is to be sent later', () => {
  it('is listed, changed, and sent when somebody says so', async () => {
    const { client } = world
    const at = Math.floor(Date.now() / 1000) + 3600
    const sent = []
    for (const [text, schedule] of [['b', at + 1], ['c', at + 2], ['a', at]] as const) sent.push(await client.sendMessage('me', { message: text, schedule }))
    expect(sent[0]).toMatchObject({ text: 'b', date: at + 1, client })
    const texts = async (params: object): Promise<string[]> => (await client.getMessages('me', { scheduled: true, ...params })).map(({ text }) => text)
    expect(await texts({})).toEqual(['c', 'b', 'a'])
    expect(await texts({ reverse: true, limit: 2 })).toEqual(['a', 'b'])
    expect((await client.getMessages('me', { scheduled: true, limit: 0 })).total).toBe(3)
    expect(await client.editMessage('me', { message: sent[2]!.id, text: '**A**', schedule: at + 9 })).toMatchObject({ rawText: 'A', date: at + 9 })
    const [newest] = await client.getMessages('me', { scheduled: true })
    expect(newest).toMatchObject({ rawText: 'A', chat: { username: 'username' } })
    await client.invoke(new Api.messages.SendScheduledMessages({ peer: 'me', id: [newest!.id] }))
    expect((await client.getMessages('me', { limit: 1 }))[0]).toMatchObject({ rawText: 'A', fromScheduled: true })
    await expect(client.getMessages(undefined, { scheduled: true })).rejects.toThrow('scheduled: expected a chat, got none')
  })
  it('is edited by its shortcut; others reach no other message that has its id', async () => {
    const { client, server } = world
    const box = server.user('username').box
    const sent = (): unknown[] => [...box.messages.values()].map((message) => ({ ...message }))
    const before = sent()
    const schedule = Math.floor(Date.now() / 1000) + 7200
    const made = (await client.sendMessage('me', { message: 'first', schedule }))!
    await client.sendMessage('me', { message: 'second', schedule })
    expect(box.messages.has(made.id)).toBe(true)
    expect(await made.edit({ text: 'changed' })).toMatchObject({ rawText: 'changed', date: schedule })
    const waiting = async (): Promise<EventMessage[]> => (await client.getMessages('me', { scheduled: true })).filter(({ date }) => date === schedule)
    const [last, changed] = await waiting()
    expect([last!.text, changed!.text]).toEqual(['second', 'changed'])
    const notSent = 'this message is not sent yet; messages.deleteScheduledMessages takes it back'
    for (const use of [last!.delete(), last!.pin(), last!.reply({ message: 'x' }), last!.forwardTo('me'), last!.markAsRead()]) await expect(use).rejects.toThrow(notSent)
    await expect((await changed!.edit({ text: 'again' }))!.delete()).rejects.toThrow(notSent)
    await client.invoke(new Api.messages.DeleteScheduledMessages({ peer: 'me', id: [last!.id, changed!.id] }))
    expect([await waiting(), sent()]).toEqual([[], before])
  })
})

describe('getMessages and iterMessages', () => {
  const COUNT = 230
  const pages: { all: EventMessage[] } = { all: [] }
  beforeAll(async () => {
    const { client, write, friend } = world
    await friend.deleteMessages('username', (await friend.getMessages('username')).map(({ id }) => id))
    write(...Array.from({ length: COUNT }, (_, i) => `number ${i}`))
    pages.all = await client.getMessages(FRIEND)
  })
  const numbers = (messages: readonly EventMessage[]): number[] => messages.map(({ message }) => Number(message.slice(7)))
  const upwards = (first: number, count: number): number[] => Array.from({ length: count }, (_, i) => first + i)
  const downwards = (last: number, count: number): number[] => Array.from({ length: count }, (_, i) => last - i)
  const idOf = (number: number): number => pages.all[COUNT - 1 - number]!.id

  it('give all of a chat, newest first, page by page', async () => {
    const { client } = world
    expect(numbers(pages.all)).toEqual(downwards(COUNT - 1, COUNT))
    expect((await client.getMessages(FRIEND, { limit: 1 })).total).toBe(COUNT)
    const some: EventMessage[] = []
    for await (const message of client.iterMessages(FRIEND)) if (some.push(message) === 105) break
    expect(numbers(some)).toEqual(downwards(COUNT - 1, 105))
    expect(some[0]!.sender).toMatchObject({ username: FRIEND }) // it came with the message
  })

  it.each([
    ['a limit', { limit: 3 }, () => downwards(229, 3)],
    ['a limit of 0', { limit: 0 }, () => []],
    ['oldest first', { reverse: true, limit: 120 }, () => upwards(0, 120)],
    ['oldest first, all', { reverse: true }, () => upwards(0, COUNT)],
    ['an offset', { offsetId: 100, limit: 2 }, () => downwards(99, 2)],
    ['an offset upwards', { offsetId: 100, reverse: true, limit: 130 }, () => upwards(101, 129)],
    ['bounds', { minId: 50, maxId: 60 }, () => downwards(59, 9)],
    ['bounds upwards', { minId: 50, maxId: 60, reverse: true }, () => upwards(51, 9)],
    ['a lower bound alone', { minId: 5, reverse: true, limit: 110 }, () => upwards(6, 110)],
    ['the lower one of two bounds', { offsetId: 100, maxId: 50, limit: 2 }, () => downwards(49, 2)],
    ['the lower one of two bounds, the other way round', { offsetId: 50, maxId: 100, limit: 2 }, () => downwards(49, 2)],
    ['the higher one of two bounds', { offsetId: 50, minId: 100, reverse: true, limit: 2 }, () => upwards(101, 2)],
    ['a step', { addOffset: 7, limit: 5 }, () => downwards(222, 5)],
    ['a text', { search: 'NUMBER 22' }, () => [...downwards(229, 10), 22]],
    ['a sender', { fromUser: FRIEND, limit: 2 }, () => downwards(229, 2)],
    ['another sender', { fromUser: 'me' }, () => []],
    ['a kind', { filter: Api.InputMessagesFilterUrl }, () => []],
  ] as const)('keep to %s', async (_, given, expected) => {
    const params: Record<string, unknown> = { ...given }
    for (const name of ['offsetId', 'minId', 'maxId']) if (name in params) params[name] = idOf(params[name] as number)
    expect(numbers(await world.client.getMessages(FRIEND, params))).toEqual(expected())
  })

  it('find messages by their ids, in their order, with a place for what is not there', async () => {
    const { client } = world
    const ids = [idOf(7), 999_999, idOf(3)]
    const found = await client.getMessages(FRIEND, { ids })
    expect(found.map((message) => message?.message)).toEqual(['number 7', undefined, 'number 3'])
    expect(found.total).toBe(3)
    expect((await client.getMessages(FRIEND, { ids, reverse: true })).map((message) => message?.message)).toEqual(['number 3', undefined, 'number 7'])
    const elsewhere = await client.getMessages('me', { ids: idOf(7) })
    expect([...elsewhere]).toEqual([undefined])
  })

  it('stop before a moment', async () => {
    const { client } = world
    const [{ date }] = pages.all as [EventMessage]
    expect([...(await client.getMessages(FRIEND, { offsetDate: pages.all.at(-1)!.date }))]).toEqual([])
    expect(await client.getMessages(FRIEND, { offsetDate: new Date((date + 1) * 1000), limit: 4 })).toHaveLength(4)
  })

  it('search in all chats, where none is named', async () => {
    const { client, server, basicGroup } = world
    server.message(FRIEND, basicGroup, 'a rare word')
    server.message(FRIEND, world.group, 'another rare word')
    const found = await client.getMessages(undefined, { search: 'rare' })
    expect(found.map(textOf).sort()).toEqual(['a rare word', 'another rare word'])
    expect(numbers(await client.getMessages(undefined, { search: 'number', limit: 150 }))).toHaveLength(150)
    await expect(client.getMessages(undefined, { search: 'rare', reverse: true })).rejects.toThrow('a search in all chats has one order')
  })

  it('find what was said in answer', async () => {
    const { client } = world
    const asked = (await client.sendMessage('a_group', { message: 'a question' }))!
    await asked.reply({ message: 'an answer' })
    await client.sendMessage('a_group', { message: 'something else' })
    expect((await client.getMessages('a_group', { replyTo: asked.id })).map(textOf)).toEqual(['an answer'])
  })
})
