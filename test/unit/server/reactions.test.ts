import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { group, resolve } from './asking.js'
import { loggedIn, settled, testServer } from './setup.js'

const emoji = (emoticon: string): Api.ReactionEmoji => new Api.ReactionEmoji({ emoticon })

function pair() {
  const server = testServer()
  const [alice, bob] = [loggedIn(server), loggedIn(server, 'friend_of_username')]
  for (const client of [alice, bob]) client.call(new Api.updates.GetState())
  const [toBob, toAlice] = [resolve(alice, 'friend_of_username').peer, resolve(bob, 'username').peer]
  const send = (peer: Api.TypeInputPeer, randomId: number): number => {
    const { updates } = alice.call(new Api.messages.SendMessage({ peer, message: 'x', randomId })) as Api.Updates
    return (updates[0] as Api.UpdateMessageID).id
  }
  return { server, alice, bob, toBob, toAlice, send }
}

describe('a reaction', () => {
  it('is seen by both sides of a private chat, each under its own id, and taken back', async () => {
    const { server, alice, bob, toBob, toAlice, send } = pair()
    bob.call(new Api.messages.SendMessage({ peer: new Api.InputPeerSelf(), message: 'so that the ids differ', randomId: 1 }))
    const msgId = send(toBob, 2)
    const copy = [...server.core.user('friend_of_username').box.messages.keys()].at(-1)!
    expect(copy).not.toBe(msgId)
    const answer = bob.call(new Api.messages.SendReaction({ peer: toAlice, msgId: copy, reaction: [emoji('👍')] })) as Api.Updates
    expect(answer.updates).toMatchObject([{ className: 'UpdateMessageReactions', msgId: copy, reactions: { results: [{ count: 1, chosenOrder: 0 }], recentReactions: [{ my: true }] } }])
    await settled()
    expect(alice.all(Api.Updates).at(-1)!.updates).toMatchObject([{ msgId, reactions: { results: [{ count: 1, chosenOrder: undefined, reaction: { emoticon: '👍' } }] } }])
    alice.call(new Api.messages.SendReaction({ peer: toBob, msgId, reaction: [emoji('👍'), emoji('🎉')] }))
    const shown = () => (alice.call(new Api.messages.GetMessages({ id: [new Api.InputMessageID({ id: msgId })] })) as Api.messages.Messages).messages[0] as Api.Message
    expect(shown().reactions).toMatchObject({ results: [{ reaction: { emoticon: '👍' }, count: 2, chosenOrder: 0 }, { reaction: { emoticon: '🎉' }, count: 1, chosenOrder: 1 }] })
    for (const [client, peer, id] of [[bob, toAlice, copy], [alice, toBob, msgId]] as const) client.call(new Api.messages.SendReaction({ peer, msgId: id }))
    expect(shown().reactions).toBeUndefined()
  })
  it('to a message of a group is pushed to each member in its own view', async () => {
    const { alice, bob, send } = pair()
    const msgId = send(group(alice), 1)
    bob.call(new Api.messages.SendReaction({ peer: group(bob), msgId, reaction: [emoji('👍')] }))
    await settled()
    expect(alice.all(Api.Updates).at(-1)).toMatchObject({
      updates: [{ msgId, reactions: { min: false, results: [{ count: 1, chosenOrder: undefined }], recentReactions: [{ my: false }] } }],
      users: [{ username: 'friend_of_username' }],
    })
  })
  it('is refused where it is none, or to no message', () => {
    const { alice, toBob, send } = pair()
    const msgId = send(toBob, 1)
    const react = (...reaction: Api.TypeReaction[]) => () => alice.call(new Api.messages.SendReaction({ peer: toBob, msgId, reaction }))
    expect(react(new Api.ReactionPaid())).toThrow('400 REACTION_INVALID')
    expect(react(emoji(''))).toThrow('400 REACTION_INVALID')
    expect(react(...['a', 'b', 'c', 'd'].map(emoji))).toThrow('400 REACTIONS_TOO_MANY')
    expect(() => alice.call(new Api.messages.SendReaction({ peer: toBob, msgId: 99, reaction: [] }))).toThrow('400 MESSAGE_ID_INVALID')
  })
})
