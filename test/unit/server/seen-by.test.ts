import { expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { group } from './asking.js'
import { loggedIn, settled, testServer } from './setup.js'
import type { TestClient } from './test-client.js'

const page = { offsetId: 0, addOffset: 0, limit: 9, maxId: 0, minId: 0, hash: 0 }

/** Every way in which an account is shown the one message of the group: whether it is its own, and how it has reacted. */
function shown(client: TestClient, id: number, pts: number): string[] {
  const peer = group(client)
  const channel = new Api.InputChannel(peer)
  const filter = new Api.InputMessagesFilterEmpty()
  const lists = [
    client.call(new Api.messages.GetHistory({ peer, offsetDate: 0, ...page })),
    client.call(new Api.messages.Search({ peer, q: 'x', filter, minDate: 0, maxDate: 0, ...page })),
    client.call(new Api.channels.GetMessages({ channel, id: [new Api.InputMessageID({ id })] })),
    client.call(new Api.messages.GetDialogs({ offsetDate: 0, offsetId: 0, offsetPeer: new Api.InputPeerEmpty(), limit: 9, hash: 0 })),
  ] as { messages: Api.TypeMessage[] }[]
  const difference = client.call(new Api.updates.GetChannelDifference({ channel, filter: new Api.ChannelMessagesFilterEmpty(), pts, limit: 9 })) as Api.updates.ChannelDifference
  const edits = difference.otherUpdates.map((update) => (update as Api.UpdateEditChannelMessage).message)
  const messages = [...lists.flatMap((list) => list.messages), ...difference.newMessages, ...edits] as Api.Message[]
  return messages.map(({ out, reactions }) => `${out ? 'own' : 'of others'}, ${reactions?.results.map(({ chosenOrder = 'not' }) => chosenOrder)} chosen`)
}

it('shows each member of a channel which messages are its own, and how it has reacted', async () => {
  const server = testServer()
  const [author, other, friend] = [loggedIn(server), loggedIn(server), loggedIn(server, 'friend_of_username')]
  for (const client of [author, friend, other]) client.call(new Api.updates.GetState())
  const [peer, { box }] = [group(author), server.core.world.byUsername('a_group') as { box: { log: { pts: number } } }]
  const { pts } = box.log
  const { updates } = author.call(new Api.messages.SendMessage({ peer, message: 'x', randomId: 1 })) as Api.Updates
  const { id } = updates[0] as Api.UpdateMessageID
  friend.call(new Api.messages.SendReaction({ peer: group(friend), msgId: id, reaction: [new Api.ReactionEmoji({ emoticon: '👍' })] }))
  const edit = author.call(new Api.messages.EditMessage({ peer, id, message: 'x2' }))
  expect(edit).toMatchObject({ updates: [{ className: 'UpdateEditChannelMessage', message: { out: true } }] })
  await settled()
  for (const [client, out] of [[other, true], [friend, false]] as const) {
    expect(client.all(Api.Updates).at(-1)).toMatchObject({ updates: [{ className: 'UpdateEditChannelMessage', message: { message: 'x2', out } }] })
  }
  // The message as it was at first, which the difference has as well, had no reactions.
  expect(new Set(shown(author, id, pts))).toEqual(new Set(['own, not chosen', 'own, undefined chosen']))
  expect(shown(friend, id, pts)).toEqual(Array<string>(6).fill('of others, 0 chosen'))
})
