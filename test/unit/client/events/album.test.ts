import { describe, expect, it } from 'vitest'
import * as Api from '../../../../generated/api/index.js'
import { Album, AlbumEvent } from '../../../../src/client/events/album.js'
import type { EventClient } from '../../../../src/client/events/builder.js'
import { EventDispatcher } from '../../../../src/client/events/dispatcher.js'
import { NewMessage } from '../../../../src/client/events/new-message.js'
import { ManualPlatform } from '../../../../src/platform/manual.js'
import { systemPlatform } from '../../../../src/platform/system.js'
import type { Timers } from '../../../../src/platform/timers.js'
import { until } from '../../../support/until.js'
import { eventWorld, PEOPLE } from './event-world.js'

const CLIENT: EventClient = { getPeerId: async (entity) => String(entity) }

/** A dispatcher on virtual time. */
function dispatching({ running = true, sequential = false } = {}) {
  const platform = new ManualPlatform()
  const errors: string[] = []
  const state = { running }
  const events = new EventDispatcher(CLIENT, {
    timers: platform.timers,
    sequential,
    isRunning: () => state.running,
    onError: ({ message }) => void errors.push(message),
  })
  const pass = async (ms: number): Promise<void> => {
    platform.advance(ms)
    await settled()
  }
  /** Messages of a group, in a private chat unless a channel is named. */
  const bring = async (groupedId: bigint | undefined, ...ids: number[]): Promise<void> => {
    for (const id of ids) {
      const message = new Api.Message({ id, groupedId, peerId: new Api.PeerUser({ userId: 5 }), date: 1, message: `m${id}` })
      void events.dispatch(new Api.UpdateNewMessage({ message, pts: id, ptsCount: 1 }))
    }
    await settled()
  }
  return { platform, errors, events, state, pass, bring }
}

/** Everything that waits for nothing but other promises is done. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const idsOf = ({ messages }: AlbumEvent): number[] => messages.map(({ id }) => id)

describe('Album on virtual time', () => {
  it('is one event, half a second after its last message', async () => {
    const { events, bring, pass, platform } = dispatching()
    const albums: AlbumEvent[] = []
    events.add((event: AlbumEvent) => void albums.push(event), new Album({}))
    await bring(1n, 1, 2)
    await pass(499)
    await bring(1n, 3)
    await pass(499)
    expect(albums).toEqual([])
    await pass(1)
    expect(albums.map(idsOf)).toEqual([[1, 2, 3]])
    expect(albums[0]).toBeInstanceOf(AlbumEvent)
    expect(albums[0]).toMatchObject({ client: CLIENT, isPrivate: true })
    expect(albums[0]!.originalUpdates).toHaveLength(3)
    expect(String(albums[0]!.chatId)).toBe('5')
    expect(platform.pendingTimers).toBe(0)
  })
  it('keeps groups apart, also when a later one has the same id, and leaves other messages alone', async () => {
    const { events, bring, pass } = dispatching()
    const albums: number[][] = []
    events.add((event: AlbumEvent) => void albums.push(idsOf(event)), new Album())
    await bring(1n, 1)
    await bring(2n, 2)
    await bring(undefined, 3)
    await bring(1n, 4)
    await pass(500)
    await bring(1n, 5)
    await pass(500)
    expect(albums).toEqual([[2], [1, 4], [5]])
  })
  it('goes to every handler whole, also where several share one builder', async () => {
    const { events, bring, pass } = dispatching()
    const shared = new Album({})
    const albums: [string, number[]][] = []
    for (const [name, builder] of [['a', shared], ['b', shared], ['c', new Album({})]] as const)
      events.add((event: AlbumEvent) => void albums.push([name, idsOf(event)]), builder)
    await bring(1n, 1, 2)
    await pass(500)
    expect(albums).toEqual([['a', [1, 2]], ['b', [1, 2]], ['c', [1, 2]]])
  })
  it('is filtered, and its failures go to onError', async () => {
    const { events, bring, pass, errors } = dispatching()
    const fail = (): never => {
      throw new Error('failed')
    }
    events.add(fail, new Album({ chats: ['5'] }))
    events.add(fail, new Album({ chats: ['6'] }))
    events.add(fail, new Album({ chats: [5], blacklistChats: true }))
    events.add(fail, new Album({ func: ({ messages }) => messages.length > 2 }))
    await bring(1n, 1, 2)
    await pass(500)
    expect(errors).toEqual(['failed'])
  })
  it('is handed out at once when the client disconnects, and no timer is left', async () => {
    const { events, bring, platform, state } = dispatching()
    const albums: number[][] = []
    events.add((event: AlbumEvent) => void albums.push(idsOf(event)), new Album({}))
    await bring(1n, 1, 2)
    await bring(2n, 3)
    state.running = false
    events.release()
    expect(platform.pendingTimers).toBe(0)
    await settled()
    expect(albums).toEqual([[1, 2], [3]])
  })
  it('whose messages are handed out after that waits no longer than a turn', async () => {
    const { events, bring, pass } = dispatching({ running: false })
    const albums: number[][] = []
    events.add((event: AlbumEvent) => void albums.push(idsOf(event)), new Album({}))
    await bring(1n, 1, 2)
    await pass(0)
    expect(albums).toEqual([[1, 2]])
  })
  it('of a handler that was removed is not handed out', async () => {
    const { events, bring, pass } = dispatching()
    const album = new Album({})
    const handler = (): void => expect.unreachable('it was removed')
    events.add(handler, album)
    await bring(1n, 1)
    events.remove(handler, album)
    await pass(500)
    events.add(handler, album)
    await bring(2n, 2)
    events.clear()
    events.release()
    await settled()
  })
  it('waits for the handler before it where updates are sequential', async () => {
    const { events, bring, pass } = dispatching({ sequential: true })
    const seen: string[] = []
    let finish = (): void => {}
    events.add((event: AlbumEvent) => void seen.push(`album ${idsOf(event)}`), new Album({}))
    events.add(async () => {
      await new Promise<void>((resolve) => (finish = resolve))
      seen.push('slow')
    }, new NewMessage({ func: ({ message }) => message.groupedId === undefined }))
    await bring(1n, 1)
    await bring(undefined, 2)
    await pass(500)
    expect(seen).toEqual([])
    finish()
    await settled()
    expect(seen).toEqual(['slow', 'album 1'])
  })
})

describe('Album over the server', () => {
  it('has all files that were sent together, with their client, and is over with the client', async () => {
    await using world = await eventWorld()
    const { server } = world
    let endless = false
    const timers: Timers = {
      set: (delayMs, callback) => (endless && delayMs === 500 ? () => {} : systemPlatform.timers.set(delayMs, callback)),
    }
    const platform = { ...systemPlatform, timers }
    const [person, bot] = [await world.client(PEOPLE.person), await world.client(PEOPLE.bot, { platform })]
    const albums: AlbumEvent[] = []
    bot.addEventHandler((event) => void albums.push(event), new Album({ chats: ['username', 'the_channel'] }))
    const media = [0, 1, 2].map((i) => {
      const { id, accessHash, reference } = server.world.addFile({ bytes: new Uint8Array([i]), name: `${i}` })
      return new Api.InputMediaDocument({ id: new Api.InputDocument({ id, accessHash, fileReference: reference }) })
    })
    const multiMedia = media.map((each, i) => new Api.InputSingleMedia({ media: each, randomId: BigInt(i + 1), message: `${i}` }))
    const sent = await person.invoke(new Api.messages.SendMultiMedia({ peer: 'echo_bot', multiMedia }))
    expect((sent as Api.Updates).updates).toHaveLength(6)
    await until(() => albums.length === 1)
    expect(albums[0]!.messages.map(({ text }) => text)).toEqual(['0', '1', '2'])
    expect(albums[0]!.messages[1]).toMatchObject({ client: bot, isPrivate: true, document: { className: 'Document' } })
    expect(await albums[0]!.messages[2]!.downloadMedia()).toEqual(Buffer.from([2]))
    expect(await albums[0]!.getChat()).toMatchObject({ username: 'username' })
    // What has come is handed out, though the wait for more is not over.
    endless = true
    const posts = multiMedia.map((each, i) => new Api.InputSingleMedia({ ...each, randomId: BigInt(i + 9) }))
    await bot.invoke(new Api.messages.SendMultiMedia({ peer: 'the_channel', multiMedia: posts }))
    await bot.disconnect()
    await until(() => albums.length === 2)
    expect(albums[1]!.messages).toHaveLength(3)
    expect(albums[1]).toMatchObject({ isChannel: true, isGroup: false })
    expect(String(albums[1]!.messages[0]!.senderId)).toBe(`-100${world.channel.id}`)
  })
})
