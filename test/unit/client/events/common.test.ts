import { describe, expect, it } from 'vitest'
import bigInt from 'big-integer'
import * as Api from '../../../../generated/api/index.js'
import { LocalError } from '../../../../src/errors/errors.js'
import { EventBuilder } from '../../../../src/client/events/event-builder.js'
import { EventCommon, EventCommonSender } from '../../../../src/client/events/event-common.js'
import { _intoIdSet } from '../../../../src/client/events/id-set.js'
import { NewMessage } from '../../../../src/client/events/new-message.js'
import type { TelegramClient } from '../../../../src/client/telegram-client.js'
import { until } from '../../../support/until.js'
import { eventWorld, PEOPLE, say } from './event-world.js'

describe('_intoIdSet', () => {
  const asked: unknown[] = []
  const client = {
    getPeerId: async (entity: unknown) => {
      asked.push(entity)
      return '77'
    },
  }
  it('takes ids as they are, without a mark as those of users, groups and channels', async () => {
    const marked = ['5', '-5', '-1005']
    for (const id of [5, 5n, '5', bigInt(5)]) expect(await _intoIdSet(client, id)).toEqual(marked)
    expect(await _intoIdSet(client, ['-4', -1001234567890])).toEqual(['-4', '-1001234567890'])
    expect(asked).toEqual([])
  })
  it('looks up names, each id once, and leaves out what is left out', async () => {
    expect(await _intoIdSet(client, ['username', 'me', 77])).toEqual(['77', '-77', '-10077'])
    expect(asked).toEqual(['username', 'me'])
    expect(await _intoIdSet(client, undefined)).toBeUndefined()
    expect(await _intoIdSet(client, [])).toEqual([])
  })
})

describe('EventCommon', () => {
  const peer = new Api.PeerChannel({ channelId: 9n })
  it('knows the kinds of chats by their peers', () => {
    const kinds = (event: EventCommon): unknown[] => [event.isPrivate, event.isGroup, event.isChannel, String(event.chatId)]
    expect(kinds(new EventCommon({ chatPeer: new Api.PeerUser({ userId: 5n }) }))).toEqual([true, false, false, '5'])
    expect(kinds(new EventCommon({ chatPeer: new Api.PeerChat({ chatId: 5n }) }))).toEqual([false, true, false, '-5'])
    expect(kinds(new EventCommon({ chatPeer: peer, broadcast: true }))).toEqual([false, false, true, '-1009'])
    expect(kinds(new EventCommon({ chatPeer: peer, broadcast: false }))).toEqual([false, true, true, '-1009'])
    expect(kinds(new EventCommon({ chatPeer: peer }))).toEqual([false, undefined, true, '-1009'])
    expect(kinds(new EventCommon({}))).toEqual([undefined, false, false, 'undefined'])
  })
  it('asks for a peer once, and not at all without a client', async () => {
    let asked = 0
    const event = new EventCommonSender({ chatPeer: peer, senderPeer: peer, msgId: 3 })
    expect([await event.getChat(), await event.getInputSender(), event.client]).toEqual([undefined, undefined, undefined])
    const entity = { className: 'Channel', broadcast: true }
    event._setClient({ getEntity: async () => (asked++, entity) } as unknown as TelegramClient)
    expect([await event.getChat(), await event.getChat(), event.chat, event.isGroup]).toEqual([entity, entity, entity, false])
    expect([event.sender, await event.getSender(), event.sender, event._messageId]).toEqual([undefined, entity, entity, 3])
    expect(asked).toBe(2)
  })
  it('has no chat where it cannot be found, and tells all other failures', async () => {
    const failing = (error: Error): EventCommon => {
      const event = new EventCommon({ chatPeer: peer })
      const client = { getEntity: () => Promise.reject(error), getInputEntity: () => Promise.reject(error) }
      event._setClient(client as unknown as TelegramClient)
      return event
    }
    const unknown = failing(new LocalError('entity', 'nobody'))
    expect([await unknown.getChat(), await unknown.getInputChat()]).toEqual([undefined, undefined])
    await expect(failing(new LocalError('disconnected', 'gone')).getChat()).rejects.toThrow('gone')
  })
})

describe('a builder of one’s own', () => {
  class Typing extends EventCommon {
    readonly userId: string
    constructor(update: Api.UpdateUserTyping) {
      super({ chatPeer: new Api.PeerUser({ userId: update.userId }) })
      this.userId = String(update.userId)
    }
  }
  class TypingBuilder extends EventBuilder<Typing> {
    override build(update: Api.TypeUpdate): Typing | undefined {
      return update instanceof Api.UpdateUserTyping ? new Typing(update) : undefined
    }
  }
  it('has its chats filtered, and its events get their client', async () => {
    await using world = await eventWorld()
    const client = await world.client(PEOPLE.person)
    const seen: [string, unknown][] = []
    for (const [name, chats] of [['bot', ['echo_bot']], ['other', [4]]] as const)
      client.addEventHandler((event) => void seen.push([name, event.client]), new TypingBuilder({ chats }))
    const { id: userId } = world.server.user('echo_bot')
    world.server.push('username', new Api.UpdateUserTyping({ userId, action: new Api.SendMessageTypingAction() }))
    await until(() => seen.length > 0)
    expect(seen).toEqual([['bot', client]])
  })
})

describe('NewMessage', () => {
  it('that is shared by two clients tells which of them got the message', async () => {
    await using world = await eventWorld()
    const [person, bot] = [await world.client(PEOPLE.person), await world.client(PEOPLE.bot)]
    const shared = new NewMessage({})
    const seen: TelegramClient[] = []
    for (const client of [person, bot]) client.addEventHandler((event) => void seen.push(event.client!), shared)
    await say(person, 'super_group', 'hello')
    await until(() => seen.length === 2)
    expect(new Set(seen)).toEqual(new Set([person, bot]))
  })
  it('takes whatever func says is true, also later', async () => {
    await using world = await eventWorld()
    const [person, bot] = [await world.client(PEOPLE.person), await world.client(PEOPLE.bot)]
    const seen: string[] = []
    for (const [name, func] of [['truthy', () => 'yes'], ['late', async () => 1], ['falsy', () => ''], ['later falsy', async () => 0]] as const)
      bot.addEventHandler(() => void seen.push(name), new NewMessage({ func }))
    await say(person, 'echo_bot', 'hello')
    await until(() => seen.length === 2)
    expect(seen).toEqual(['truthy', 'late'])
  })
  it('that wants nothing is refused', () => {
    expect(() => new NewMessage({ incoming: false, outgoing: false })).toThrow(/expected one of them at least/)
  })
})
