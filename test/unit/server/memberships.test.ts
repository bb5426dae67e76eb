import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import type { WorldChannel } from '../../../src/server/world/peers.js'
import { group, resolve } from './asking.js'
import { loggedIn, settled, testServer } from './setup.js'

/** The admin of a group, and somebody who is in none. */
function world() {
  const server = testServer()
  const stranger = server.core.world.addUser({ username: 'stranger' })
  const channel = server.core.world.byUsername('a_group') as WorldChannel
  const [admin, outsider] = [loggedIn(server), loggedIn(server, 'stranger')]
  const inputChannel = ({ channelId, accessHash }: Api.InputPeerChannel): Api.InputChannel => new Api.InputChannel({ channelId, accessHash })
  const exported = (args: object = {}): string => {
    const made = admin.call(new Api.messages.ExportChatInvite({ peer: group(admin), ...args })) as Api.ChatInviteExported
    return made.link.replace('https://t.me/+', '')
  }
  return { server, stranger, channel, admin, outsider, exported, ofGroup: inputChannel(group(outsider)) }
}

describe('a group', () => {
  it('is looked at and joined by an invite, as often as that allows', () => {
    const { stranger, channel, outsider, admin, exported } = world()
    const hash = exported({ usageLimit: 1 })
    const before = channel.members.size
    expect(outsider.call(new Api.messages.CheckChatInvite({ hash }))).toMatchObject({ className: 'ChatInvite', title: 'A group', megagroup: true, participantsCount: before })
    const answer = outsider.call(new Api.messages.ImportChatInvite({ hash })) as Api.messages.ChatInviteJoinResultOk
    expect((answer.updates as Api.Updates).chats).toMatchObject([{ title: 'A group', left: false, participantsCount: before + 1 }])
    expect(channel.members.has(stranger.id)).toBe(true)
    expect(() => outsider.call(new Api.messages.CheckChatInvite({ hash }))).toThrow('400 INVITE_HASH_EXPIRED')
    const open = exported()
    expect(admin.call(new Api.messages.CheckChatInvite({ hash: open }))).toMatchObject({ className: 'ChatInviteAlready', chat: { title: 'A group' } })
    expect(() => admin.call(new Api.messages.ImportChatInvite({ hash: open }))).toThrow('400 USER_ALREADY_PARTICIPANT')
  })
  it('is not joined by an invite that is over, or where somebody has to agree', () => {
    const { server, channel, stranger, outsider, admin, exported } = world()
    const join = (hash: string) => () => outsider.call(new Api.messages.ImportChatInvite({ hash }))
    expect(join('')).toThrow('400 INVITE_HASH_EMPTY')
    expect(join('unknown')).toThrow('400 INVITE_HASH_EXPIRED')
    const short = exported({ expireDate: Math.floor(server.platform.clock.now().wallMs / 1000) + 5 })
    server.platform.advance(5_000)
    expect(join(short)).toThrow('400 INVITE_HASH_EXPIRED')
    const revoked = exported()
    admin.call(new Api.messages.EditExportedChatInvite({ peer: group(admin), link: `https://t.me/+${revoked}`, revoked: true }))
    expect(join(revoked)).toThrow('400 INVITE_HASH_EXPIRED')
    expect(join(exported({ requestNeeded: true }))).toThrow('400 INVITE_REQUEST_SENT')
    expect(channel.members.has(stranger.id)).toBe(false)
  })
  it('with a name is joined by anybody, and shows who is in it', () => {
    const { admin, outsider, ofGroup } = world()
    const participant = () => outsider.call(new Api.channels.GetParticipant({ channel: ofGroup, participant: new Api.InputPeerSelf() }))
    expect(participant).toThrow('400 USER_NOT_PARTICIPANT')
    outsider.call(new Api.channels.JoinChannel({ channel: ofGroup }))
    expect(participant()).toMatchObject({ participant: { className: 'ChannelParticipantSelf' } })
    expect(() => outsider.call(new Api.channels.JoinChannel({ channel: ofGroup }))).toThrow('400 USER_ALREADY_PARTICIPANT')
    const common = admin.call(new Api.messages.GetCommonChats({ userId: resolve(admin, 'stranger').user, maxId: 0, limit: 10 }))
    expect(common).toMatchObject({ chats: [{ title: 'A group' }] })
  })
  it('or channel is made, and others are invited', () => {
    const { server, admin, outsider } = world()
    const { user } = resolve(admin, 'stranger')
    const { chats } = admin.call(new Api.channels.CreateChannel({ title: 'News', about: '', broadcast: true })) as Api.Updates
    expect(chats).toMatchObject([{ className: 'Channel', title: 'News', broadcast: true, creator: true }])
    const { id, accessHash } = chats[0] as Api.Channel
    const channel = new Api.InputChannel({ channelId: id, accessHash: accessHash! })
    expect(() => outsider.call(new Api.channels.JoinChannel({ channel }))).toThrow('400 CHANNEL_PRIVATE')
    expect(() => outsider.call(new Api.channels.InviteToChannel({ channel, users: [user] }))).toThrow('400 CHAT_ADMIN_REQUIRED')
    expect(admin.call(new Api.channels.InviteToChannel({ channel, users: [user] }))).toMatchObject({ missingInvitees: [] })
    expect(server.core.world.channels.get(BigInt(id.toString()))!.members.size).toBe(2)
    const made = admin.call(new Api.messages.CreateChat({ title: 'Few', users: [] }))
    const { id: chatId } = (made.updates as Api.Updates).chats[0] as Api.Chat
    admin.call(new Api.messages.AddChatUser({ chatId, userId: user, fwdLimit: 0 }))
    expect(() => admin.call(new Api.messages.AddChatUser({ chatId, userId: user, fwdLimit: 0 }))).toThrow('400 USER_ALREADY_PARTICIPANT')
    expect(() => admin.call(new Api.channels.CreateChannel({ title: '', about: '' }))).toThrow('400 CHAT_TITLE_EMPTY')
  })
})

describe('an account', () => {
  it('changes its names', () => {
    const { outsider } = world()
    expect(outsider.call(new Api.account.UpdateProfile({ firstName: 'New', lastName: 'Name' }))).toMatchObject({ firstName: 'New', lastName: 'Name' })
    expect(outsider.call(new Api.account.UpdateProfile({ lastName: '' }))).toMatchObject({ firstName: 'New', lastName: undefined })
    expect(() => outsider.call(new Api.account.UpdateProfile({ firstName: '' }))).toThrow('400 FIRSTNAME_INVALID')
    const rename = (username: string) => () => outsider.call(new Api.account.UpdateUsername({ username })) as Api.User
    expect(rename('somebody')()).toMatchObject({ username: 'somebody' })
    expect(rename('somebody')).toThrow('400 USERNAME_NOT_MODIFIED')
    expect(rename('Username')).toThrow('400 USERNAME_OCCUPIED')
    for (const wrong of ['abc', '1abcde', 'ab__cd', 'abcde_']) expect(rename(wrong)).toThrow('400 USERNAME_INVALID')
    expect(outsider.call(new Api.account.CheckUsername({ username: 'username' }))).toBe(false)
    expect(rename('')()).toMatchObject({ username: undefined })
  })
})

describe('a private chat', () => {
  it('tells who is typing, and how far messages were read', async () => {
    const { server, admin, outsider } = world()
    for (const client of [admin, outsider]) client.call(new Api.updates.GetState())
    const { peer } = resolve(outsider, 'username')
    outsider.call(new Api.messages.SetTyping({ peer, action: new Api.SendMessageTypingAction() }))
    await settled()
    expect(admin.all(Api.Updates).at(-1)).toMatchObject({ updates: [{ className: 'UpdateUserTyping' }], users: [{}, {}] })
    for (const randomId of [1, 2]) outsider.call(new Api.messages.SendMessage({ peer, message: 'x', randomId }))
    const back = resolve(admin, 'stranger').peer
    const readOutbox = (): number => {
      const asked = new Api.messages.GetPeerDialogs({ peers: [new Api.InputDialogPeer({ peer })] })
      return (outsider.call(asked).dialogs[0] as Api.Dialog).readOutboxMaxId
    }
    expect(readOutbox()).toBe(0)
    admin.call(new Api.messages.ReadHistory({ peer: back, maxId: 1 }))
    await settled()
    expect(outsider.all(Api.Updates).at(-1)!.updates).toMatchObject([{ className: 'UpdateReadHistoryOutbox', maxId: 1 }])
    expect(readOutbox()).toBe(1)
    admin.call(new Api.messages.ReadHistory({ peer: back, maxId: 0 }))
    admin.call(new Api.messages.ReadHistory({ peer: back, maxId: 0 }))
    expect(readOutbox()).toBe(2)
    expect(server.core.user('stranger').box.log.entries.filter(({ update }) => update instanceof Api.UpdateReadHistoryOutbox)).toHaveLength(2)
  })
  it('takes places, people and dice', () => {
    const { server, outsider } = world()
    const peer = new Api.InputPeerSelf()
    const geoPoint = new Api.InputGeoPoint({ lat: 1, long: 2 })
    let randomId = 0
    const send = (media: Api.TypeInputMedia) => (): unknown => {
      const { updates } = outsider.call(new Api.messages.SendMedia({ peer, media, message: '', randomId: ++randomId })) as Api.Updates
      return ((updates[1] as Api.UpdateNewMessage).message as Api.Message).media
    }
    expect(send(new Api.InputMediaGeoPoint({ geoPoint }))()).toMatchObject({ className: 'MessageMediaGeo', geo: { lat: 1, long: 2 } })
    expect(send(new Api.InputMediaGeoPoint({ geoPoint: new Api.InputGeoPointEmpty() }))).toThrow('400 MEDIA_INVALID')
    const contact = new Api.InputMediaContact({ phoneNumber: '+9996620001', firstName: 'U', lastName: '', vcard: '' })
    expect(String((send(contact)() as Api.MessageMediaContact).userId)).toBe(String(server.core.user('username').id))
    const { value } = send(new Api.InputMediaDice({ emoticon: '🎲' }))() as Api.MessageMediaDice
    expect([1, 2, 3, 4, 5, 6]).toContain(value)
    expect(send(new Api.InputMediaDice({ emoticon: 'x' }))).toThrow('400 EMOTICON_INVALID')
  })
})
