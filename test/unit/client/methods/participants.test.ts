import { expect, it } from 'vitest'
import * as Api from '../../../../generated/api/index.js'
import type { Participant } from '../../../../src/client/participants/iter-participants.js'
import { methodWorld } from './method-world.js'

const FRIEND = 'friend_of_username'
const shown = (all: readonly Participant[]): unknown[] => all.map(({ username, participant }) => [username, participant?.className])

it('getParticipants lists the members of a group of either kind, with what makes them members', async () => {
  await using world = await methodWorld()
  const { client, basicGroup } = world
  const all = await client.getParticipants('a_group')
  expect(shown(all)).toEqual([['username', 'ChannelParticipantAdmin'], [FRIEND, 'ChannelParticipant']])
  expect(all.total).toBe(2)
  expect(Object.keys(all[0]!)).not.toContain('participant') // it stands beside the fields
  const basic = await client.getParticipants(new Api.PeerChat({ chatId: basicGroup.id }), { search: 'friend' })
  expect(shown(basic)).toEqual([[FRIEND, 'ChatParticipant']])
  expect(basic.total).toBe(2)
  expect(shown(await client.getParticipants(FRIEND))).toEqual([[FRIEND, undefined]])
})

it.each([
  ['a text', { search: 'FRIEND' }, [FRIEND]],
  ['a kind', { filter: Api.ChannelParticipantsAdmins }, ['username']],
  ['a kind with a text of its own', { filter: Api.ChannelParticipantsKicked }, []],
  ['a kind and a text', { filter: new Api.ChannelParticipantsRecent(), search: 'user name' }, ['username']],
  ['a limit', { limit: 1 }, ['username']],
  ['an offset', { offset: 1 }, [FRIEND]],
  ['a limit of 0', { limit: 0 }, []],
] as const)('getParticipants keeps to %s', async (_, params, expected) => {
  await using world = await methodWorld()
  const { client } = world
  expect((await client.getParticipants('a_group', params)).map(({ username }) => username)).toEqual(expected)
})

it('iterParticipants goes through any number of them', async () => {
  await using world = await methodWorld()
  const { server, client, group } = world
  for (let i = 0; i < 450; i++) group.members.add(server.world.addUser({ firstName: `Member ${i}` }).id)
  const names = new Set<string | undefined>()
  for await (const { firstName } of client.iterParticipants('a_group', { search: 'member' })) names.add(firstName)
  expect(names.size).toBe(450)
  expect(await client.getParticipants('a_group', { limit: 300 })).toMatchObject({ length: 300, total: 452 })
})

it('kickParticipant takes somebody out, and oneself leaves', async () => {
  await using world = await methodWorld()
  const { client, friend, basicGroup } = world
  const names = async (entity: string | Api.PeerChat): Promise<unknown> =>
    (await client.getParticipants(entity)).map(({ username }) => username)
  await expect(friend.kickParticipant('a_group', 'username')).rejects.toThrow('CHAT_ADMIN_REQUIRED')
  const said = await client.kickParticipant('a_group', FRIEND)
  expect(said).toMatchObject({ action: { className: 'MessageActionChatDeleteUser' }, actionEntities: [{ username: FRIEND }], client })
  expect(await names('a_group')).toEqual(['username'])
  const basic = new Api.PeerChat({ chatId: basicGroup.id })
  expect(await client.kickParticipant(basic, FRIEND)).toMatchObject({ actionEntities: [{ username: FRIEND }], chatId: expect.anything() as unknown })
  expect(await names(basic)).toEqual(['username'])
  expect(await client.kickParticipant('a_group', 'me')).toBeUndefined() // who has left sees nothing more of it
  expect(await names('a_group')).toEqual([])
  await expect(client.kickParticipant(FRIEND, 'me')).rejects.toThrow('entity: expected a group or channel, got InputPeerUser')
})
