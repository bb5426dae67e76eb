import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { group, resolve } from './asking.js'
import { loggedIn, testServer } from './setup.js'

describe('messages.getExportedChatInvites', () => {
  const server = testServer()
  const client = loggedIn(server)

  it('answers the call of the reference page', () => {
    const { user, peer } = resolve(client, 'username')
    const answer = client.call(
      new Api.messages.GetExportedChatInvites({
        peer,
        adminId: user,
        limit: 100,
        revoked: true,
        offsetDate: 43,
        offsetLink: 'some string here',
      }),
    )
    expect(answer.count).toBe(4)
    expect(answer.invites.map((invite) => (invite as Api.ChatInviteExported).date)).toEqual([42, 37, 23, 11])
    expect(answer.invites.every((invite) => (invite as Api.ChatInviteExported).revoked)).toBe(true)
    expect((answer.users[0] as Api.User).username).toBe('username')
  })

  it('pages through a group by the date and link of the last invite', () => {
    const seen: string[] = []
    let offset: { offsetDate?: number; offsetLink?: string } = {}
    for (let page = 0; page < 4; page++) {
      const request = { peer: group(client), adminId: new Api.InputUserSelf(), limit: 2, ...offset }
      const { invites, count } = client.call(new Api.messages.GetExportedChatInvites(request as never))
      expect(count).toBe(4)
      for (const invite of invites as Api.ChatInviteExported[]) seen.push(invite.link)
      const last = invites.at(-1) as Api.ChatInviteExported | undefined
      if (last) offset = { offsetDate: last.date, offsetLink: last.link }
    }
    expect(seen.map((link) => link.slice(14, 20))).toEqual(['group4', 'group3', 'group2', 'group0'])
  })

  it('keeps revoked invites apart, and revoking moves one there', () => {
    const peer = group(client)
    const made = client.call(new Api.messages.ExportChatInvite({ peer, title: 'mine' })) as Api.ChatInviteExported
    client.call(new Api.messages.EditExportedChatInvite({ peer, link: made.link, revoked: true }))
    const request = { peer, adminId: new Api.InputUserSelf(), limit: 100, revoked: true }
    const { invites } = client.call(new Api.messages.GetExportedChatInvites(request))
    const links = (invites as Api.ChatInviteExported[]).map(({ link }) => link)
    expect(links).toEqual([made.link, 'https://t.me/+group1AAAAAAAAAAA'])
  })

  it('raises the three errors of the reference page', () => {
    const adminId = new Api.InputUserSelf()
    const ask = (peer: Api.TypeInputPeer, admin: Api.TypeInputUser = adminId) => () =>
      client.call(new Api.messages.GetExportedChatInvites({ peer, adminId: admin, limit: 1 }))
    expect(ask(new Api.InputPeerEmpty())).toThrow('400 PEER_ID_INVALID')
    expect(ask(new Api.InputPeerChat({ chatId: 5 }))).toThrow('400 PEER_ID_INVALID')
    const { user, peer } = resolve(client, 'friend_of_username')
    expect(ask(peer)).toThrow('400 CHAT_ADMIN_REQUIRED')
    expect(ask(group(client), user)).toThrow('400 ADMIN_ID_INVALID')
    expect(ask(group(client), new Api.InputUserEmpty())).toThrow('400 ADMIN_ID_INVALID')
    const wrongHash = new Api.InputPeerUser({ userId: peer.userId, accessHash: 77 })
    expect(ask(wrongHash)).toThrow('400 PEER_ID_INVALID')
  })
})
