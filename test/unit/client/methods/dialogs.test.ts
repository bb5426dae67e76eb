import { expect, it } from 'vitest'
import * as Api from '../../../../generated/api/index.js'
import { Dialog } from '../../../../src/client/dialogs/dialog.js'
import { methodWorld } from './method-world.js'

const FRIEND = 'friend_of_username'

it('getDialogs lists users, groups and channels with their newest messages and what is unread', async () => {
  await using world = await methodWorld()
  const { server, client, group, basicGroup, write } = world
  write('first', 'second')
  server.message(FRIEND, basicGroup, 'in the group')
  server.message(FRIEND, group, 'in the supergroup')
  const dialogs = await client.getDialogs()
  const shown = dialogs.map(({ title, id, isUser, isGroup, isChannel, unreadCount, message, inputEntity }) => [
    title, String(id), isUser, isGroup, isChannel, unreadCount, (message as Api.Message).message, inputEntity.className,
  ])
  const friendId = await client.getPeerId(FRIEND)
  expect(shown.sort()).toEqual([
    ['A basic group', `-${basicGroup.id}`, false, true, false, 1, 'in the group', 'InputPeerChat'],
    ['A group', `-100${group.id}`, false, true, true, 1, 'in the supergroup', 'InputPeerChannel'],
    ['Friend', friendId, true, false, false, 2, 'second', 'InputPeerUser'],
  ])
  expect(dialogs.total).toBe(3)

  expect(await client.markAsRead(FRIEND)).toBe(true)
  expect(await client.markAsRead('a_group', [1])).toBe(true)
  expect(await client.markAsRead('a_group')).toBe(false) // nothing was left
  const unread = (await client.getDialogs()).filter(({ unreadCount }) => unreadCount > 0)
  expect(unread.map(({ title }) => title)).toEqual(['A basic group'])
})

it('iterDialogs goes through any number of them, once each', async () => {
  await using world = await methodWorld()
  const { server, client } = world
  for (let i = 0; i < 230; i++) {
    const { id } = server.world.addUser({ firstName: `Person ${i}` })
    server.message(id, 'username', `from ${i}`)
  }
  const names = new Set<string>()
  for await (const dialog of client.iterDialogs()) names.add(dialog.name)
  expect(names.size).toBe(230)
  const some = await client.getDialogs({ limit: 120 })
  expect([some.length, some.total]).toEqual([120, 230])
  expect(await client.getDialogs({ limit: 0 })).toMatchObject({ length: 0, total: 230 })
  expect(await client.getDialogs({ archived: true })).toHaveLength(0)
  expect(await client.getDialogs({ offsetDate: 1000 })).toHaveLength(0)
})

it('a dialog says what it is of: pinned, archived, with a draft', () => {
  const user = new Api.User({ id: 5, accessHash: 7, firstName: 'A', lastName: 'B' })
  const entities = [new Api.MessageEntityBold({ offset: 0, length: 4 })]
  const draft = new Api.DraftMessage({ message: 'half a', entities, date: 9, noWebpage: true, replyTo: new Api.InputReplyToMessage({ replyToMsgId: 3 }) })
  const counts = { readInboxMaxId: 0, readOutboxMaxId: 0, unreadCount: 0, unreadMentionsCount: 4, unreadReactionsCount: 0, unreadPollVotesCount: 0 }
  const notifySettings = new Api.PeerNotifySettings({})
  const dialog = new Api.Dialog({ peer: new Api.PeerUser({ userId: 5 }), topMessage: 1, ...counts, notifySettings, pinned: true, folderId: 1, draft })
  const shown = new Dialog(dialog, user, undefined)
  expect(shown).toMatchObject({ name: 'A B', pinned: true, archived: true, folderId: 1, unreadMentionsCount: 4, date: undefined })
  expect(shown.draft).toMatchObject({ text: '**half** a', rawText: 'half a', linkPreview: false, replyToMsgId: 3, date: 9, isEmpty: false })
})
