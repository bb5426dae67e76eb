import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { group, resolve } from './asking.js'
import { loggedIn, settled, testServer } from './setup.js'
import type { TestClient } from './test-client.js'

let lastRandomId = 0
const send = (client: TestClient, peer: Api.TypeInputPeer, message = 'first'): number => {
  const updates = client.call(new Api.messages.SendMessage({ peer, message, randomId: ++lastRandomId })) as Api.Updates
  return (updates.updates[0] as Api.UpdateMessageID).id
}
const fetched = (client: TestClient, ...id: Api.TypeInputMessage[]): Api.TypeMessage[] =>
  (client.call(new Api.messages.GetMessages({ id })) as Api.messages.Messages).messages
const pushed = (client: TestClient): Api.TypeUpdate[] => client.all(Api.Updates).flatMap(({ updates }) => updates)

function pair() {
  const server = testServer()
  const [alice, bob] = [loggedIn(server), loggedIn(server, 'friend_of_username')]
  // Nothing is pushed to a session that has not asked for anything yet.
  for (const client of [alice, bob]) client.call(new Api.updates.GetState())
  return { server, alice, bob, toBob: resolve(alice, 'friend_of_username').peer, toAlice: resolve(bob, 'username').peer }
}

describe('an edit', () => {
  it('changes the copies of both sides under their own ids, and is in the difference', async () => {
    const { alice, bob, toBob, toAlice } = pair()
    send(bob, toAlice, 'so that the ids differ')
    send(bob, new Api.InputPeerSelf(), 'more')
    const before = bob.call(new Api.updates.GetState())
    const id = send(alice, toBob)
    const edited = alice.call(new Api.messages.EditMessage({ peer: toBob, id, message: 'second' })) as Api.Updates
    expect(edited.updates).toMatchObject([{ className: 'UpdateEditMessage', message: { id, message: 'second', out: true } }])
    await settled()
    const [news, edit] = pushed(bob).slice(-2) as [Api.UpdateNewMessage, Api.UpdateEditMessage]
    expect(edit).toMatchObject({ className: 'UpdateEditMessage', message: { id: news.message.id, message: 'second', out: false } })
    expect(news.message.id).not.toBe(id)
    const { pts, date, qts } = before
    const difference = bob.call(new Api.updates.GetDifference({ pts, date, qts })) as Api.updates.Difference
    expect(difference.otherUpdates).toMatchObject([{ className: 'UpdateEditMessage' }])
    expect(difference.users).toMatchObject([{ username: 'username' }])
    const [message] = fetched(bob, new Api.InputMessageID({ id: news.message.id }))
    expect(message).toMatchObject({ message: 'second', editDate: expect.any(Number) })
  })
  it('of a message of a basic group, or a reaction, is neither seen nor made by who has left', async () => {
    const { server, alice, bob } = pair()
    const admins = ['username', 'friend_of_username'].map((each) => server.core.user(each).id)
    const chat = server.core.world.addChat({ title: 'a basic group', admins })
    const peer = new Api.InputPeerChat({ chatId: chat.id })
    const [id, ofBob] = [send(alice, peer), send(bob, peer)]
    const [before] = server.core.user('friend_of_username').box.history(({ out }) => !out, 0, 1)
    bob.call(new Api.messages.DeleteChatUser({ chatId: chat.id, userId: new Api.InputUserSelf() }))
    await settled()
    bob.inbox.length = 0
    alice.call(new Api.messages.EditMessage({ peer, id, message: 'second' }))
    const reaction = [new Api.ReactionEmoji({ emoticon: '👍' })]
    alice.call(new Api.messages.SendReaction({ peer, msgId: id, reaction }))
    await settled()
    expect(pushed(bob)).toEqual([])
    expect(fetched(bob, new Api.InputMessageID({ id: before!.id }))).toMatchObject([{ message: 'first', reactions: undefined }])
    expect(() => bob.call(new Api.messages.EditMessage({ peer, id: ofBob, message: 'x' }))).toThrow('403 CHAT_WRITE_FORBIDDEN')
    expect(() => bob.call(new Api.messages.SendReaction({ peer, msgId: before!.id, reaction }))).toThrow('403 CHAT_WRITE_FORBIDDEN')
  })
  it('is refused to others, without a change, without a text and for what is not there', () => {
    const { alice, bob, toBob, toAlice } = pair()
    const id = send(alice, toBob)
    const edit = (client: TestClient, peer: Api.TypeInputPeer, args: object) => () =>
      client.call(new Api.messages.EditMessage({ peer, id, ...args }))
    expect(edit(alice, toBob, { message: 'first' })).toThrow('400 MESSAGE_NOT_MODIFIED')
    expect(edit(alice, toBob, { message: '' })).toThrow('400 MESSAGE_EMPTY')
    expect(edit(alice, toBob, { message: 'x'.repeat(4097) })).toThrow('400 MESSAGE_TOO_LONG')
    expect(edit(alice, toBob, { message: 'x', id: 99 })).toThrow('400 MESSAGE_ID_INVALID')
    expect(edit(alice, new Api.InputPeerSelf(), { message: 'x' })).toThrow('400 MESSAGE_ID_INVALID')
    expect(edit(bob, toAlice, { message: 'x' })).toThrow('403 MESSAGE_AUTHOR_REQUIRED')
  })
})

describe('a deletion', () => {
  it('is for one alone, or for everybody with revoke', async () => {
    const { alice, bob, toBob } = pair()
    const [mine, ours] = [send(alice, toBob), send(alice, toBob)]
    const { pts } = alice.call(new Api.updates.GetState())
    expect(alice.call(new Api.messages.DeleteMessages({ id: [mine] }))).toMatchObject({ pts: pts + 1, ptsCount: 1 })
    expect(alice.call(new Api.messages.DeleteMessages({ id: [mine, ours], revoke: true }))).toMatchObject({ pts: pts + 2, ptsCount: 1 })
    expect(alice.call(new Api.messages.DeleteMessages({ id: [mine, 77] }))).toMatchObject({ pts: pts + 2, ptsCount: 0 })
    await settled()
    const [first, second, gone] = pushed(bob).slice(-3) as [Api.UpdateNewMessage, Api.UpdateNewMessage, Api.UpdateDeleteMessages]
    expect(gone).toMatchObject({ className: 'UpdateDeleteMessages', messages: [second.message.id], ptsCount: 1 })
    const id = [first, second].map(({ message }) => new Api.InputMessageID({ id: message.id }))
    expect(fetched(bob, ...id)).toMatchObject([{ message: 'first' }, { className: 'MessageEmpty', id: second.message.id }])
  })
  it('in a channel is for its admins and the author, and has the counter of the channel', async () => {
    const { alice, bob } = pair()
    const peer = group(alice)
    const channel = new Api.InputChannel({ channelId: peer.channelId, accessHash: peer.accessHash })
    const [ofAlice, ofBob] = [send(alice, peer), send(bob, peer)]
    const remove = (client: TestClient, ...id: number[]) => () => client.call(new Api.channels.DeleteMessages({ channel, id }))
    expect(remove(bob, ofAlice, ofBob)).toThrow('403 MESSAGE_DELETE_FORBIDDEN')
    const { pts } = remove(bob, ofBob)()
    expect(remove(alice, ofAlice, ofBob)()).toMatchObject({ pts: pts + 1, ptsCount: 1 })
    await settled()
    expect(pushed(alice).at(-1)).toMatchObject({ className: 'UpdateDeleteChannelMessages', messages: [ofBob], pts, ptsCount: 1 })
    const id = [new Api.InputMessageID({ id: ofBob })]
    expect(alice.call(new Api.channels.GetMessages({ channel, id }))).toMatchObject({ messages: [{ className: 'MessageEmpty' }] })
  })
})

describe('a reply', () => {
  it('names the message as each side counts, and leads back to it', async () => {
    const { alice, bob, toBob, toAlice } = pair()
    send(bob, new Api.InputPeerSelf(), 'so that the ids differ')
    send(alice, toBob, 'question')
    await settled()
    const question = (pushed(bob).at(-1) as Api.UpdateNewMessage).message.id
    const replyTo = new Api.InputReplyToMessage({ replyToMsgId: question })
    bob.call(new Api.messages.SendMessage({ peer: toAlice, message: 'answer', randomId: ++lastRandomId, replyTo }))
    await settled()
    const { message } = pushed(alice).at(-1) as Api.UpdateNewMessage
    const [asked] = fetched(alice, new Api.InputMessageReplyTo({ id: message.id }))
    expect(asked).toMatchObject({ message: 'question', out: true })
  })
})

describe('files', () => {
  it('go into messages, and into albums under one id', () => {
    const { server, alice, toBob } = pair()
    const { id, accessHash, reference } = server.core.world.addFile({ bytes: new Uint8Array(3), name: 'x' })
    const media = (hash = accessHash) =>
      new Api.InputMediaDocument({ id: new Api.InputDocument({ id, accessHash: hash, fileReference: reference }) })
    const messages = (updates: Api.TypeUpdates): object[] =>
      (updates as Api.Updates).updates.flatMap((update) => ('message' in update ? [update.message as object] : []))
    const alone = alice.call(new Api.messages.SendMedia({ peer: toBob, media: media(), message: 'caption', randomId: 1 }))
    expect(messages(alone)).toMatchObject([{ message: 'caption', groupedId: undefined, media: { document: { size: expect.anything() } } }])
    const album = (count: number, hash?: bigint) => () => {
      const multiMedia = Array.from({ length: count }, (_, i) => new Api.InputSingleMedia({ media: media(hash), randomId: hash === undefined ? i + 2 : i + 20, message: '' }))
      return messages(alice.call(new Api.messages.SendMultiMedia({ peer: toBob, multiMedia })))
    }
    const groups = album(3)().map((message) => String((message as Api.Message).groupedId))
    expect(groups).toHaveLength(3)
    expect(new Set(groups).size).toBe(1)
    expect(groups[0]).toMatch(/^\d+$/)
    expect(album(0)).toThrow('400 MULTI_MEDIA_EMPTY')
    expect(album(11)).toThrow('400 MULTI_MEDIA_TOO_LONG')
    expect(album(1, accessHash + 1n)).toThrow('400 MEDIA_EMPTY')
    expect(album(4)).toThrow('500 RANDOM_ID_DUPLICATE')
    expect(messages(alice.call(new Api.messages.SendMedia({ peer: toBob, media: media(), message: '', randomId: 5 })))).toHaveLength(1)
    const forward = (...randomId: number[]) => () =>
      alice.call(new Api.messages.ForwardMessages({ fromPeer: toBob, id: randomId.map(() => 1), randomId, toPeer: toBob }))
    expect(forward(7, 7)).toThrow('500 RANDOM_ID_DUPLICATE')
    expect(forward(7, 8)).not.toThrow()
    expect(forward(8)).toThrow('500 RANDOM_ID_DUPLICATE')
  })
})

describe('whoever a message speaks of', () => {
  it('comes with it: its first author, in pages, in dialogs and when it is pushed', async () => {
    const { server, alice, bob, toBob } = pair()
    const carol = server.core.world.addUser({ username: 'carol' })
    const id = server.core.message('carol', 'username', 'first').message.id
    expect(id).toBeGreaterThan(0)
    const fromPeer = new Api.InputPeerUser({ userId: carol.id, accessHash: carol.accessHash })
    alice.call(new Api.messages.ForwardMessages({ fromPeer, id: [1], randomId: [99], toPeer: toBob }))
    await settled()
    const names = ({ users }: { users: Api.TypeUser[] }): unknown[] => users.map((user) => (user as Api.User).username).sort()
    const everybody = ['carol', 'friend_of_username', 'username']
    expect(names(bob.all(Api.Updates).at(-1)!)).toEqual(everybody)
    const page = { offsetId: 0, offsetDate: 0, limit: 1, hash: 0 }
    expect(names(alice.call(new Api.messages.GetHistory({ peer: toBob, ...page, addOffset: 0, maxId: 0, minId: 0 })) as Api.messages.Messages)).toEqual(everybody)
    const dialogs = new Api.messages.GetDialogs({ ...page, offsetPeer: new Api.InputPeerEmpty() })
    expect(names(bob.call(dialogs) as Api.messages.Dialogs)).toEqual(everybody)
  })
})
