import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { group, resolve } from './asking.js'
import { loggedIn, settled, testServer } from './setup.js'
import type { TestClient } from './test-client.js'

/** One account on two devices, and what it writes to. */
function world() {
  const server = testServer()
  const [client, other] = [loggedIn(server), loggedIn(server)]
  for (const each of [client, other]) each.call(new Api.updates.GetState())
  const peers = [resolve(client, 'friend_of_username').peer, group(client)] as const
  const save = (peer: Api.TypeInputPeer, args: object = { message: 'x' }): boolean => client.call(new Api.messages.SaveDraft({ peer, message: '', ...args }))
  return { server, client, other, peers, save }
}

/** The drafts in an answer, or told of since the last time: their text, and nothing where there is none any more. */
const draftsIn = ({ updates }: Api.Updates): unknown[] =>
  updates.map((each) => (each instanceof Api.UpdateDraftMessage ? [each.peer.className, (each.draft as Partial<Api.DraftMessage>).message] : each.className))

const told = async (client: TestClient): Promise<unknown[]> => {
  await settled()
  const seen = client.all(Api.Updates).flatMap(draftsIn)
  client.inbox.length = 0
  return seen
}

const all = (client: TestClient): Api.Updates => client.call(new Api.messages.GetAllDrafts()) as Api.Updates

describe('a draft', () => {
  it('is kept for its chat, shown to the other devices, and forgotten when it is empty', async () => {
    const { client, other, peers, save } = world()
    const bold = new Api.MessageEntityBold({ offset: 0, length: 1 })
    const replyTo = new Api.InputReplyToMessage({ replyToMsgId: 5 })
    expect(save(peers[0], { message: 'hello', entities: [bold], noWebpage: true })).toBe(true)
    save(peers[0], { message: 'hello again', replyTo })
    save(peers[1])
    expect(await told(other)).toEqual([['PeerUser', 'hello'], ['PeerUser', 'hello again'], ['PeerChannel', 'x']])
    expect(await told(client)).toEqual([])
    expect(all(client)).toMatchObject({ users: [{ username: 'friend_of_username' }], chats: [{ title: 'A group' }], updates: [{ draft: { message: 'hello again', replyTo: { replyToMsgId: 5 } } }, {}] })
    save(peers[1], { replyTo })
    expect(draftsIn(all(client))).toEqual([['PeerUser', 'hello again'], ['PeerChannel', '']])
    save(peers[1], {})
    save(peers[1], {})
    expect(draftsIn(all(client))).toEqual([['PeerUser', 'hello again']])
    expect(await told(other)).toEqual([['PeerChannel', ''], ['PeerChannel', undefined]])
  })
  it('is in the list of chats, and goes with what is sent in its place', async () => {
    const { server, client, other, peers, save } = world()
    const [peer] = peers
    server.core.message('friend_of_username', 'username', 'hi')
    save(peer)
    const inDialogs = (): unknown => {
      const asked = new Api.messages.GetDialogs({ offsetDate: 0, offsetId: 0, offsetPeer: new Api.InputPeerEmpty(), limit: 9, hash: 0 })
      return ((client.call(asked) as Api.messages.Dialogs).dialogs[0] as Api.Dialog).draft
    }
    expect(inDialogs()).toMatchObject({ className: 'DraftMessage', message: 'x' })
    client.call(new Api.messages.SendMessage({ peer, message: 'other', randomId: 1 }))
    expect(inDialogs()).toMatchObject({ message: 'x' })
    client.call(new Api.messages.SendMessage({ peer, message: 'x', clearDraft: true, randomId: 2 }))
    expect(inDialogs()).toBeUndefined()
    save(peer)
    await told(other)
    const media = new Api.InputMediaDice({ emoticon: '🎲' })
    client.call(new Api.messages.SendMedia({ peer, media, message: '', clearDraft: true, randomId: 3 }))
    expect(await told(other)).toContainEqual(['PeerUser', undefined])
    expect(inDialogs()).toBeUndefined()
  })
  it('goes with all the others, and holds no file', async () => {
    const { client, other, peers, save } = world()
    for (const peer of peers) save(peer)
    expect(() => save(peers[0], { media: new Api.InputMediaDice({ emoticon: '🎲' }) })).toThrow('400 MEDIA_INVALID')
    await told(other)
    expect(client.call(new Api.messages.ClearAllDrafts())).toBe(true)
    expect(await told(other)).toEqual([['PeerUser', undefined], ['PeerChannel', undefined]])
    expect(draftsIn(all(client))).toEqual([])
  })
})
