import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import type { WorldChannel } from '../../../src/server/world/peers.js'
import { group, resolve } from './asking.js'
import { loggedIn, settled, testServer } from './setup.js'
import type { TestClient } from './test-client.js'

/** One account on two devices, and somebody whom it writes to. */
function world() {
  const server = testServer()
  const [client, other, friend] = [loggedIn(server), loggedIn(server), loggedIn(server, 'friend_of_username')]
  for (const each of [client, other, friend]) each.call(new Api.updates.GetState())
  const { peer } = resolve(client, 'friend_of_username')
  const in_ = (seconds: number): number => Math.floor(server.platform.clock.now().wallMs / 1000) + seconds
  let randomId = 0
  const schedule = (message: string, seconds: number, to: Api.TypeInputPeer = peer): Api.Message => {
    const asked = new Api.messages.SendMessage({ peer: to, message, scheduleDate: in_(seconds), randomId: ++randomId })
    const { updates } = client.call(asked) as Api.Updates
    expect(updates.map(({ className }) => className)).toEqual(['UpdateMessageID', 'UpdateNewScheduledMessage'])
    return (updates[1] as Api.UpdateNewScheduledMessage).message as Api.Message
  }
  return { server, client, other, friend, peer, in_, schedule }
}

const textOf = (message: Api.TypeMessage): string => (message as Api.Message).message

/** What an account is told, since the last time. */
async function told(client: TestClient): Promise<unknown[]> {
  await settled()
  const seen = client.all(Api.Updates).flatMap(({ updates }) => updates)
  client.inbox.length = 0
  return seen.map((update) => {
    const { className, message, messages, sentMessages } = update as Api.UpdateNewMessage & Api.UpdateDeleteScheduledMessages
    return [className, ...(message ? [textOf(message)] : []), ...(messages ? [messages, sentMessages] : [])]
  })
}

const waiting = (client: TestClient, peer: Api.TypeInputPeer): string[] =>
  (client.call(new Api.messages.GetScheduledHistory({ peer, hash: 0 })) as Api.messages.Messages).messages.map(textOf)

describe('a message that is to be sent later', () => {
  it('waits for its time, and then comes to both sides', async () => {
    const { server, client, other, friend, peer, in_, schedule } = world()
    const second = schedule('second', 120)
    const first = schedule('first', 60)
    expect(second).toMatchObject({ date: in_(120), out: true, fromScheduled: false })
    expect(waiting(client, peer)).toEqual(['second', 'first'])
    expect(waiting(other, peer)).toEqual(['second', 'first'])
    expect(waiting(friend, resolve(friend, 'username').peer)).toEqual([])
    const byId = new Api.messages.GetScheduledMessages({ peer, id: [first.id, 99] })
    expect(client.call(byId)).toMatchObject({ messages: [{ id: first.id }], users: [{}, {}] })
    expect(await told(other)).toEqual([['UpdateNewScheduledMessage', 'second'], ['UpdateNewScheduledMessage', 'first']])
    expect([await told(client), await told(friend)]).toEqual([[], []])
    server.platform.advance(59_000)
    expect(await told(friend)).toEqual([])
    server.platform.advance(1_000)
    expect(await told(friend)).toEqual([['UpdateNewMessage', 'first']])
    const sent = server.core.user('username').box.written(1)
    expect(sent).toMatchObject({ message: 'first', fromScheduled: true, date: in_(0) })
    const own = [['UpdateNewMessage', 'first'], ['UpdateDeleteScheduledMessages', [first.id], [1]]]
    expect([await told(client), await told(other)]).toEqual([own, own])
    expect(waiting(client, peer)).toEqual(['second'])
    server.platform.advance(60_000)
    expect([waiting(client, peer), server.platform.pendingTimers]).toEqual([[], 0])
  })
  it('is sent before its time, or not at all', async () => {
    const { server, client, other, friend, peer, schedule } = world()
    const [a, b, c] = ['a', 'b', 'c'].map((text, index) => schedule(text, 60 + index).id)
    await told(other)
    const send = new Api.messages.SendScheduledMessages({ peer, id: [b!, a!] })
    const { updates } = client.call(send) as Api.Updates
    expect(updates.map((each) => ('message' in each ? textOf(each.message as Api.TypeMessage) : each.className))).toEqual(['a', 'UpdateDeleteScheduledMessages', 'b', 'UpdateDeleteScheduledMessages'])
    expect(await told(friend)).toEqual([['UpdateNewMessage', 'a'], ['UpdateNewMessage', 'b']])
    expect(client.call(new Api.messages.DeleteScheduledMessages({ peer, id: [c!] }))).toMatchObject({ updates: [{ messages: [c], sentMessages: undefined }] })
    expect(await told(other)).toHaveLength(5)
    expect(await told(client)).toEqual([])
    server.platform.advance(100_000)
    expect([await told(friend), server.platform.pendingTimers]).toEqual([[], 0])
    for (const id of [[], [c!]]) {
      expect(() => client.call(new Api.messages.SendScheduledMessages({ peer, id }))).toThrow('400 MESSAGE_ID_INVALID')
      expect(() => client.call(new Api.messages.DeleteScheduledMessages({ peer, id }))).toThrow('400 MESSAGE_ID_INVALID')
    }
  })
  it('is changed: its text, and its time', async () => {
    const { server, client, friend, peer, in_, schedule } = world()
    const { id, date } = schedule('a', 60)
    const edit = (args: object) => () => (client.call(new Api.messages.EditMessage({ peer, id, ...args })) as Api.Updates).updates
    expect(edit({ message: 'b', scheduleDate: date })()).toMatchObject([{ className: 'UpdateNewScheduledMessage', message: { id, message: 'b', date } }])
    expect(edit({ message: 'b', scheduleDate: date })).toThrow('400 MESSAGE_NOT_MODIFIED')
    expect(edit({ scheduleDate: in_(120) })()).toMatchObject([{ message: { id, message: 'b', date: in_(120) } }])
    expect(edit({ scheduleDate: in_(5) })).toThrow('400 SCHEDULE_DATE_INVALID')
    expect(edit({ message: 'c' })).toThrow('400 MESSAGE_ID_INVALID')
    await told(friend)
    server.platform.advance(119_000)
    expect(await told(friend)).toEqual([])
    server.platform.advance(1_000)
    expect(await told(friend)).toEqual([['UpdateNewMessage', 'b']])
    expect(edit({ scheduleDate: in_(120) })).toThrow('400 MESSAGE_ID_INVALID')
  })
  it('goes in the order in which it is shown, also after a change', async () => {
    const { server, client, friend, peer, schedule } = world()
    const { id, date } = schedule('a', 60)
    schedule('b', 60)
    client.call(new Api.messages.EditMessage({ peer, id, message: 'first', scheduleDate: date }))
    expect(waiting(client, peer)).toEqual(['b', 'first'])
    server.platform.advance(60_000)
    expect(await told(friend)).toEqual([['UpdateNewMessage', 'first'], ['UpdateNewMessage', 'b']])
  })
  it('waits on when it is to be sent where its author may not write', () => {
    const { server, client, in_ } = world()
    const peer = group(client)
    client.call(new Api.messages.SendMessage({ peer, message: 'kept', randomId: 1, scheduleDate: in_(60) }))
    const channel = server.core.world.byUsername('a_group') as WorldChannel
    channel.members.delete(server.core.user('username').id)
    expect(() => client.call(new Api.messages.SendScheduledMessages({ peer, id: [1] }))).toThrow('403 CHAT_WRITE_FORBIDDEN')
    expect(waiting(client, peer)).toEqual(['kept'])
  })
  it('may hold files and be sent on, and is not sent where its author may not write any more', async () => {
    const { server, client, friend, in_, peer } = world()
    const at = { scheduleDate: in_(60) }
    const media = new Api.InputMediaDice({ emoticon: '🎲' })
    const self = new Api.InputPeerSelf()
    client.call(new Api.messages.SendMessage({ peer: self, message: 'on', randomId: 1 }))
    client.call(new Api.messages.SendMedia({ peer, media, message: '', randomId: 2, ...at }))
    client.call(new Api.messages.SendMultiMedia({ peer, multiMedia: [3, 4].map((randomId) => new Api.InputSingleMedia({ media, message: `${randomId}`, randomId })), ...at }))
    client.call(new Api.messages.ForwardMessages({ fromPeer: self, toPeer: peer, id: [1], randomId: [5], ...at }))
    const inGroup = group(client)
    client.call(new Api.messages.SendMessage({ peer: inGroup, message: 'gone', randomId: 6, ...at }))
    await told(friend)
    const channel = server.core.world.byUsername('a_group') as WorldChannel
    channel.members.delete(server.core.user('username').id)
    server.platform.advance(60_000)
    expect(await told(friend)).toEqual(['', '3', '4', 'on'].map((text) => ['UpdateNewMessage', text]))
    expect((await told(client)).at(-1)).toEqual(['UpdateDeleteScheduledMessages', [expect.any(Number)], undefined])
    expect(waiting(client, inGroup)).toEqual([])
  })
  it('is sent at once where that is soon, and refused where it is too late, too much, or a bot asks', () => {
    const { server, client, peer, in_, schedule } = world()
    const send = (who: TestClient, to: Api.TypeInputPeer, scheduleDate: number, randomId: number) => () =>
      (who.call(new Api.messages.SendMessage({ peer: to, message: 'x', scheduleDate, randomId })) as Api.Updates).updates[1]!.className
    expect(send(client, peer, in_(10), 201)()).toBe('UpdateNewMessage')
    expect(send(client, peer, in_(400 * 86_400), 202)).toThrow('400 SCHEDULE_DATE_TOO_LATE')
    for (let i = 0; i < 100; i++) schedule('x', 60)
    expect(send(client, peer, in_(60), 203)).toThrow('400 SCHEDULE_TOO_MUCH')
    server.core.world.addUser({ username: 'some_bot', bot: true })
    const bot = loggedIn(server, 'some_bot')
    expect(send(bot, resolve(bot, 'username').peer, in_(60), 1)).toThrow('400 SCHEDULE_BOT_NOT_ALLOWED')
  })
})
