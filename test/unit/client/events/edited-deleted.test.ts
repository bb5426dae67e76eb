import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Api from '../../../../generated/api/index.js'
import { DeletedMessage, type DeletedMessageEvent } from '../../../../src/client/events/deleted-message.js'
import { EditedMessage, EditedMessageEvent } from '../../../../src/client/events/edited-message.js'
import { NewMessageEvent } from '../../../../src/client/events/new-message-event.js'
import { until } from '../../../support/until.js'
import { eventWorld, PEOPLE, say, type EventWorld } from './event-world.js'

let world: EventWorld
beforeAll(async () => {
  world = await eventWorld()
})
afterAll(async () => {
  await world[Symbol.asyncDispose]()
})

describe('EditedMessage', () => {
  it('is the message as it is now, filtered as new ones are', async () => {
    const [person, bot] = [await world.client(PEOPLE.person), await world.client(PEOPLE.bot)]
    const seen: EditedMessageEvent[] = []
    bot.addEventHandler((event) => void seen.push(event), new EditedMessage({ pattern: /^(\w+) corrected/ }))
    bot.addEventHandler(() => expect.unreachable('a filter let through'), new EditedMessage({ outgoing: true }))
    for (const peer of ['echo_bot', world.group, world.supergroup] as const) {
      const entity = typeof peer === 'string' ? peer : peer.kind === 'chat' ? `-${peer.id}` : peer.username!
      const id = await say(person, entity, 'first')
      for (const message of ['ignored', 'text corrected'])
        await person.invoke(new Api.messages.EditMessage({ peer: entity, id, message }))
    }
    await until(() => seen.length === 3)
    for (const event of seen) {
      expect(event).toBeInstanceOf(EditedMessageEvent)
      expect(event).toBeInstanceOf(NewMessageEvent)
      expect(event).toMatchObject({ text: 'text corrected', client: bot })
      expect(event.message.editDate).toBeGreaterThan(0)
      expect(event.patternMatch?.[1]).toBe('text')
      expect(event.message.patternMatch).toBe(event.patternMatch)
      expect(String(event.senderId)).toBe(String(world.server.user('username').id))
    }
    expect(seen.map(({ isPrivate, isGroup, isChannel }) => [isPrivate, isGroup, isChannel])).toEqual([
      [true, false, false],
      [false, true, false],
      [false, true, true],
    ])
    expect(seen.map(({ originalUpdate }) => (originalUpdate as Api.UpdateEditMessage).className)).toEqual([
      'UpdateEditMessage',
      'UpdateEditMessage',
      'UpdateEditChannelMessage',
    ])
  })
})

describe('DeletedMessage', () => {
  it('names the ids, and the chat where it is a channel', async () => {
    const [person, bot] = [await world.client(PEOPLE.person), await world.client(PEOPLE.bot)]
    const seen: DeletedMessageEvent[] = []
    bot.addEventHandler((event) => void seen.push(event), new DeletedMessage({}))
    const ids = [await say(person, 'echo_bot', 'one'), await say(person, 'echo_bot', 'two')]
    const inGroup = await say(person, 'super_group', 'three')
    const copies = [...world.server.user('echo_bot').box.messages.keys()].slice(-2)
    await person.invoke(new Api.messages.DeleteMessages({ id: ids, revoke: true }))
    await person.invoke(new Api.channels.DeleteMessages({ channel: 'super_group', id: [inGroup] }))
    await until(() => seen.length === 2)
    expect(seen[0]).toMatchObject({ deletedIds: copies, peer: undefined, chatId: undefined, isPrivate: undefined })
    expect(seen[1]).toMatchObject({ deletedIds: [inGroup], isChannel: true, isPrivate: false, isGroup: undefined })
    expect(seen[1]!.peer).toBeInstanceOf(Api.PeerChannel)
    expect(String(seen[1]!.chatId)).toBe(`-100${world.supergroup.id}`)
    expect(await seen[1]!.getChat()).toMatchObject({ className: 'Channel', title: 'supergroup' })
    expect(seen[1]!.isGroup).toBe(true)
    expect(await seen[0]!.getChat()).toBeUndefined()
  })
  it('with chats knows channels alone', async () => {
    const [person, bot] = [await world.client(PEOPLE.person), await world.client(PEOPLE.bot)]
    const seen: number[][] = []
    const filter = { chats: ['super_group', 'username'], func: ({ deletedIds }: DeletedMessageEvent) => deletedIds.length }
    bot.addEventHandler(({ deletedIds }) => void seen.push(deletedIds), new DeletedMessage(filter))
    const id = await say(person, 'echo_bot', 'one')
    await person.invoke(new Api.messages.DeleteMessages({ id: [id], revoke: true }))
    const inGroup = await say(person, 'super_group', 'three')
    await person.invoke(new Api.channels.DeleteMessages({ channel: 'super_group', id: [inGroup] }))
    await until(() => seen.length > 0)
    expect(seen).toEqual([[inGroup]])
  })
})
