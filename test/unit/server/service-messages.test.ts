import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { encodeObject } from '../../../src/server/services/encode-result.js'
import { group, resolve } from './asking.js'
import { loggedIn, settled, testServer, type TestServer } from './setup.js'
import type { TestClient } from './test-client.js'

/** Two people who are told of everything. */
function world() {
  const server = testServer()
  for (const username of ['anna', 'robert']) server.core.world.addUser({ username })
  const [ann, bob] = [loggedIn(server, 'anna'), loggedIn(server, 'robert')]
  for (const client of [ann, bob]) client.call(new Api.updates.GetState())
  const ids = { ann: server.core.user('anna').id, bob: server.core.user('robert').id }
  return { server, ann, bob, ids, bobOfAnn: resolve(ann, 'robert').user }
}

/** What an account's updates say has happened, since the last time. */
async function told(client: TestClient): Promise<string[]> {
  await settled()
  const seen = client.all(Api.Updates).flatMap(({ updates }) => updates)
  client.inbox.length = 0
  return seen.flatMap((update) => ('message' in update && update.message instanceof Api.MessageService ? [saidOf(update.message)] : []))
}

function saidOf({ action, fromId, replyTo }: Api.MessageService): string {
  const { className, ...fields } = action
  const from = fromId instanceof Api.PeerUser ? fromId.userId : 'nobody'
  const { replyToMsgId } = (replyTo ?? {}) as Partial<Api.MessageReplyHeader>
  const said = Object.values(fields as object).map((each) => String((each as { className?: string } | undefined)?.className ?? each))
  return [from, className.replace('MessageAction', ''), ...said, ...(replyToMsgId === undefined ? [] : [`of ${replyToMsgId}`])].join(' ')
}

const history = (client: TestClient, peer: Api.TypeInputPeer): string[] => {
  const page = { peer, offsetId: 0, offsetDate: 0, addOffset: 0, limit: 100, maxId: 0, minId: 0, hash: 0 }
  const { messages } = client.call(new Api.messages.GetHistory(page)) as Api.messages.Messages
  return messages.map((each) => (each instanceof Api.MessageService ? saidOf(each) : (each as Api.Message).message)).reverse()
}

/** What the answer to a query says has happened. */
const saidIn = (answer: Api.TypeUpdates): string[] =>
  (answer as Api.Updates).updates.flatMap((each) => ('message' in each && each.message instanceof Api.MessageService ? [saidOf(each.message)] : []))

function channelOf(client: TestClient, args: { readonly megagroup?: true; readonly broadcast?: true }) {
  const made = client.call(new Api.channels.CreateChannel({ title: 'C', about: '', ...args })) as Api.Updates
  const { id, accessHash } = made.chats[0] as Api.Channel
  const ids = { channelId: id, accessHash: accessHash! }
  return { made, channel: new Api.InputChannel(ids), peer: new Api.InputPeerChannel(ids) }
}

function photoOf({ core }: TestServer): { readonly photo: Api.InputChatPhoto } {
  const { id, accessHash, reference } = core.world.addFile({ bytes: Uint8Array.of(1), photo: true })
  return { photo: new Api.InputChatPhoto({ id: new Api.InputPhoto({ id, accessHash, fileReference: reference }) }) }
}

describe('the service says', () => {
  it('to the members of a basic group all that happens, also to who has to go', async () => {
    const { server, ann, bob, ids, bobOfAnn } = world()
    const made = ann.call(new Api.messages.CreateChat({ title: 'G', users: [] })).updates as Api.Updates
    const { id: chatId } = made.chats[0] as Api.Chat
    const created = `${ids.ann} ChatCreate G ${ids.ann}`
    expect(saidIn(made)).toEqual([created])
    const add = new Api.messages.AddChatUser({ chatId, userId: bobOfAnn, fwdLimit: 0 })
    const done = [
      ann.call(add).updates,
      ann.call(new Api.messages.EditChatTitle({ chatId, title: 'H' })),
      ann.call(new Api.messages.EditChatPhoto({ chatId, ...photoOf(server) })),
      ann.call(new Api.messages.EditChatPhoto({ chatId, photo: new Api.InputChatPhotoEmpty() })),
      ann.call(new Api.messages.DeleteChatUser({ chatId, userId: bobOfAnn })),
    ]
    const after = [
      `${ids.ann} ChatAddUser ${ids.bob}`,
      `${ids.ann} ChatEditTitle H`,
      `${ids.ann} ChatEditPhoto Photo`,
      `${ids.ann} ChatDeletePhoto`,
      `${ids.ann} ChatDeleteUser ${ids.bob}`,
    ]
    expect(done.flatMap(saidIn)).toEqual(after)
    expect(await told(bob)).toEqual(after)
    expect(await told(ann)).toEqual([])
    const peer = new Api.InputPeerChat({ chatId })
    expect(history(ann, peer)).toEqual([created, ...after])
    expect(history(bob, peer)).toEqual(after)
    expect(server.core.world.chats.get(BigInt(String(chatId)))).toMatchObject({ title: 'H', photo: undefined })
    expect(() => ann.call(new Api.messages.EditChatPhoto({ chatId, photo: new Api.InputChatPhotoEmpty() }))).toThrow('400 CHAT_NOT_MODIFIED')
    expect(() => bob.call(new Api.messages.UpdatePinnedMessage({ peer, id: 1 }))).toThrow('403 CHAT_WRITE_FORBIDDEN')
    ann.call(add)
    expect(saidIn(bob.call(new Api.messages.DeleteChatUser({ chatId, userId: new Api.InputUserSelf() })))).toEqual([`${ids.bob} ChatDeleteUser ${ids.bob}`])
    expect((await told(ann)).at(-1)).toBe(`${ids.bob} ChatDeleteUser ${ids.bob}`)
  })
  it('to the members of a supergroup who comes and goes, and nothing to who has left', async () => {
    const { ann, bob, ids, bobOfAnn } = world()
    const { made, channel, peer } = channelOf(ann, { megagroup: true })
    expect(saidIn(made)).toEqual([`${ids.ann} ChannelCreate C`])
    const invite = (): Api.messages.InvitedUsers => ann.call(new Api.channels.InviteToChannel({ channel, users: [bobOfAnn, bobOfAnn] }))
    expect(saidIn(invite().updates)).toEqual([`${ids.ann} ChatAddUser ${ids.bob}`])
    expect(saidIn(invite().updates)).toEqual([])
    const [bobs] = (await bob.call(new Api.messages.GetDialogs({ offsetDate: 0, offsetId: 0, offsetPeer: new Api.InputPeerEmpty(), limit: 9, hash: 0 })) as Api.messages.Dialogs).chats as [Api.Channel]
    const ofBob = new Api.InputChannel({ channelId: bobs.id, accessHash: bobs.accessHash! })
    expect(saidIn(bob.call(new Api.channels.LeaveChannel({ channel: ofBob })))).toEqual([])
    const { link } = ann.call(new Api.messages.ExportChatInvite({ peer })) as Api.ChatInviteExported
    const hash = link.replace('https://t.me/+', '')
    const joined = bob.call(new Api.messages.ImportChatInvite({ hash })) as Api.messages.ChatInviteJoinResultOk
    expect(saidIn(joined.updates)).toEqual([`${ids.bob} ChatJoinedByLink ${ids.ann}`])
    const bannedRights = new Api.ChatBannedRights({ viewMessages: true, untilDate: 0 })
    const ban = new Api.channels.EditBanned({ channel, participant: resolve(ann, 'robert').peer, bannedRights })
    expect(saidIn(ann.call(ban))).toEqual([`${ids.ann} ChatDeleteUser ${ids.bob}`])
    expect(saidIn(ann.call(ban))).toEqual([])
    expect(await told(ann)).toEqual([`${ids.bob} ChatDeleteUser ${ids.bob}`, `${ids.bob} ChatJoinedByLink ${ids.ann}`])
    expect(history(ann, peer)).toHaveLength(5)
  })
  it('in a channel what admins do, and not who reads it', async () => {
    const { server, ann, bob, bobOfAnn } = world()
    const { made, channel, peer } = channelOf(ann, { broadcast: true })
    expect(saidIn(made)).toEqual(['nobody ChannelCreate C'])
    expect(saidIn(ann.call(new Api.channels.InviteToChannel({ channel, users: [bobOfAnn] })).updates)).toEqual([])
    const seen = async (): Promise<unknown> => {
      await settled()
      const { updates, chats } = bob.all(Api.Updates).at(-1)!
      return [updates[0]!.className, (chats[0] as Api.Channel).left]
    }
    expect(await seen()).toEqual(['UpdateChannel', false])
    const bannedRights = new Api.ChatBannedRights({ viewMessages: true, untilDate: 0 })
    ann.call(new Api.channels.EditBanned({ channel, participant: resolve(ann, 'robert').peer, bannedRights }))
    expect(await seen()).toEqual(['UpdateChannel', true])
    ann.call(new Api.channels.InviteToChannel({ channel, users: [bobOfAnn] }))
    ann.call(new Api.channels.EditTitle({ channel, title: 'D' }))
    ann.call(new Api.channels.EditPhoto({ channel, ...photoOf(server) }))
    const after = ['nobody ChatEditTitle D', 'nobody ChatEditPhoto Photo']
    expect(await told(bob)).toEqual(after)
    expect(history(ann, peer)).toEqual(['nobody ChannelCreate C', ...after])
    const refused = (title: string) => () => ann.call(new Api.channels.EditTitle({ channel, title }))
    expect(refused('')).toThrow('400 CHAT_TITLE_EMPTY')
    expect(refused('D')).toThrow('400 CHAT_NOT_MODIFIED')
    const { channelId, accessHash } = group(bob)
    const ofOthers = new Api.channels.EditTitle({ channel: new Api.InputChannel({ channelId, accessHash }), title: 'x' })
    expect(() => bob.call(ofOthers)).toThrow('400 CHAT_ADMIN_REQUIRED')
  })
})

describe('what is pinned', () => {
  it('is named, to each by the number of their own copy', async () => {
    const { server, ann, bob, ids } = world()
    server.core.message('robert', 'username', 'shifts the numbers')
    const { peer } = resolve(ann, 'robert')
    const send = (to: Api.TypeInputPeer, randomId: number): number =>
      ((ann.call(new Api.messages.SendMessage({ peer: to, message: 'x', randomId })) as Api.Updates).updates[0] as Api.UpdateMessageID).id
    const id = send(peer, 1)
    await told(bob)
    expect(saidIn(ann.call(new Api.messages.UpdatePinnedMessage({ peer, id })))).toEqual([`${ids.ann} PinMessage of ${id}`])
    expect(await told(bob)).toEqual([`${ids.ann} PinMessage of ${id + 1}`])
    expect(saidIn(ann.call(new Api.messages.UpdatePinnedMessage({ peer, id, unpin: true })))).toEqual([])
    expect(saidIn(ann.call(new Api.messages.UpdatePinnedMessage({ peer, id, pmOneside: true })))).toEqual([])
    const self = new Api.InputPeerSelf()
    expect(saidIn(ann.call(new Api.messages.UpdatePinnedMessage({ peer: self, id: send(self, 2) })))).toEqual([])
    expect(await told(bob)).toEqual([])
  })
})

describe('messages of the service', () => {
  const made = () => {
    const all = world()
    const { channel, peer } = channelOf(all.ann, { megagroup: true })
    return { ...all, channel, peer }
  }
  it('are read, found and deleted like others, and neither changed, pinned nor sent on', () => {
    const { ann, channel, peer } = made()
    const asked = { peer, q: '', minDate: 0, maxDate: 0, offsetId: 0, addOffset: 0, limit: 9, maxId: 0, minId: 0, hash: 0 }
    const found = (q: string, filter: Api.TypeMessagesFilter): number =>
      (ann.call(new Api.messages.Search({ ...asked, q, filter })) as Api.messages.ChannelMessages).count
    expect([found('', new Api.InputMessagesFilterEmpty()), found('C', new Api.InputMessagesFilterEmpty())]).toEqual([1, 0])
    expect([found('', new Api.InputMessagesFilterPhotos()), found('', new Api.InputMessagesFilterChatPhotos())]).toEqual([0, 0])
    const [id, refusal] = [[1], '400 MESSAGE_ID_INVALID']
    expect(() => ann.call(new Api.messages.EditMessage({ peer, id: 1, message: 'x' }))).toThrow(refusal)
    expect(() => ann.call(new Api.messages.UpdatePinnedMessage({ peer, id: 1 }))).toThrow(refusal)
    expect(() => ann.call(new Api.messages.ForwardMessages({ fromPeer: peer, toPeer: new Api.InputPeerSelf(), id, randomId: [1] }))).toThrow(refusal)
    const input = [new Api.InputMessageID({ id: 1 })]
    const { messages } = ann.call(new Api.channels.GetMessages({ channel, id: input })) as Api.messages.ChannelMessages
    expect(messages).toMatchObject([{ className: 'MessageService', action: { title: 'C' } }])
    expect(ann.call(new Api.channels.DeleteMessages({ channel, id }))).toMatchObject({ ptsCount: 1 })
    expect(history(ann, peer)).toEqual([])
  })
  it('photos of the chat are found by what they are', () => {
    const { server, ann, channel, peer } = made()
    ann.call(new Api.channels.EditPhoto({ channel, ...photoOf(server) }))
    const filter = new Api.InputMessagesFilterChatPhotos()
    const asked = { peer, q: '', filter, minDate: 0, maxDate: 0, offsetId: 0, addOffset: 0, limit: 9, maxId: 0, minId: 0, hash: 0 }
    expect(ann.call(new Api.messages.Search(asked))).toMatchObject({ messages: [{ action: { className: 'MessageActionChatEditPhoto' } }] })
  })
  it('are in the differences, with whom they speak of', () => {
    const { ann, bob, ids, bobOfAnn, channel } = made()
    ann.call(new Api.channels.InviteToChannel({ channel, users: [bobOfAnn] }))
    ann.call(new Api.messages.CreateChat({ title: 'G', users: [bobOfAnn] }))
    const own = bob.call(new Api.updates.GetDifference({ pts: 1, qts: 0, date: 0 }))
    expect(own).toMatchObject({ newMessages: [{ className: 'MessageService', out: false }] })
    expect((own as Api.updates.Difference).users.map(({ id }) => String(id)).sort()).toEqual([ids.ann, ids.bob].map(String).sort())
    const filter = new Api.ChannelMessagesFilterEmpty()
    const missed = ann.call(new Api.updates.GetChannelDifference({ channel, filter, pts: 1, limit: 100 })) as Api.updates.ChannelDifference
    expect(missed.newMessages).toMatchObject([{ action: { title: 'C' } }, { action: { users: [ids.bob].map((id) => ({ value: id })) } }])
    expect(missed.users.map(({ id }) => String(id))).toContain(String(ids.bob))
  })
  it('have the form that each layer has for them', () => {
    const { server } = made()
    const message = [...server.core.world.channels.values()].at(-1)!.box.messages.get(1)!
    const idIn = (layer: number): string => Buffer.from(encodeObject(message, layer).subarray(0, 4)).reverse().toString('hex')
    expect([167, 189, 198, 204, 214, 227].map(idIn)).toEqual(['2b085862', '2b085862', 'd3d28540', 'd3d28540', '7a800e0a', '7a800e0a'])
    expect([160, 195, 210].map(idIn)).toEqual(['90a6ca84', '90a6ca84', '90a6ca84'])
    // But for its id, it is laid out alike.
    expect(encodeObject(message, 167).subarray(4)).toEqual(encodeObject(message, 227).subarray(4))
  })
})
