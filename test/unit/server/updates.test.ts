import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { group, resolve } from './asking.js'
import { loggedIn, settled, testServer } from './setup.js'
import { inited, type TestClient } from './test-client.js'

describe('updates', () => {
  const send = (client: TestClient, message: { peer: Api.TypeInputPeer; message: string; randomId: number }): unknown =>
    client.call(new Api.messages.SendMessage(message))

  it('are pushed to the sessions of an account that take them', async () => {
    const server = testServer()
    const client = loggedIn(server)
    const quiet = loggedIn(server)
    client.query(new Api.help.GetNearestDc())
    quiet.send(quiet.message(inited(new Api.InvokeWithoutUpdates({ query: new Api.help.GetNearestDc() }))))
    expect(server.core.push('username', new Api.UpdatePtsChanged())).toBe(1)
    await settled()
    expect(client.all(Api.UpdateShort)).toMatchObject([{ update: new Api.UpdatePtsChanged() }])
    expect(quiet.all(Api.UpdateShort)).toHaveLength(0)
  })

  it('of a message reach both sides under consecutive pts, and the difference tells the same', async () => {
    const server = testServer()
    const [alice, bob] = [loggedIn(server), loggedIn(server, 'friend_of_username')]
    const before = bob.call(new Api.updates.GetState())
    const { peer } = resolve(alice, 'friend_of_username')
    for (const [randomId, message] of ['one', 'two'].entries()) send(alice, { peer, message, randomId: randomId + 1 })
    await settled()
    const pushed = bob.all(Api.Updates).map(({ updates }) => updates[0] as Api.UpdateNewMessage)
    expect(pushed.map((update) => update.pts - before.pts)).toEqual([1, 2])
    expect(alice.all(Api.Updates)).toHaveLength(0)
    const { pts, date, qts } = before
    const difference = bob.call(new Api.updates.GetDifference({ pts, date, qts })) as Api.updates.Difference
    expect((difference.newMessages as Api.Message[]).map(({ message }) => message)).toEqual(['one', 'two'])
    expect(difference.state.pts).toBe(before.pts + 2)
    const whole = { offsetId: 0, offsetDate: 0, addOffset: 0, limit: 10, maxId: 0, minId: 0, hash: 0 }
    const request = new Api.messages.GetHistory({ peer: resolve(bob, 'username').peer, ...whole })
    const history = bob.call(request) as Api.messages.Messages
    expect((history.messages as Api.Message[]).map(({ message }) => message)).toEqual(['two', 'one'])
  })

  it('are never sent twice for one random_id', () => {
    const server = testServer()
    const client = loggedIn(server)
    const once = (): unknown => send(client, { peer: new Api.InputPeerSelf(), message: 'x', randomId: 5 })
    once()
    expect(once).toThrow('500 RANDOM_ID_DUPLICATE')
  })

  it('of a channel have a difference of their own, in slices', () => {
    const server = testServer()
    const client = loggedIn(server)
    const peer = group(client)
    for (let i = 0; i < 25; i++) send(client, { peer, message: `m${i}`, randomId: i + 100 })
    const channel = new Api.InputChannel({ channelId: peer.channelId, accessHash: peer.accessHash })
    const filter = new Api.ChannelMessagesFilterEmpty()
    const seen: string[] = []
    let pts = 1
    for (let final = false; !final; ) {
      const request = new Api.updates.GetChannelDifference({ channel, filter, pts, limit: 10 })
      const slice = client.call(request) as Api.updates.ChannelDifference
      for (const message of slice.newMessages as Api.Message[]) seen.push(message.message)
      pts = slice.pts
      final = slice.final ?? false
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, i) => `m${i}`))
  })
})
