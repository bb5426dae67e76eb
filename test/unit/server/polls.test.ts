import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { group, resolve } from './asking.js'
import { loggedIn, settled, testServer } from './setup.js'
import type { TestClient } from './test-client.js'

const text = (words: string): Api.TextWithEntities => new Api.TextWithEntities({ text: words, entities: [] })
const bytes = (...words: string[]): Uint8Array[] => words.map((each) => new TextEncoder().encode(each))
const textOf = (option: Uint8Array): string => new TextDecoder().decode(option)

type Args = Partial<Omit<Api.Poll, 'answers'>> & { readonly answers?: readonly string[] }
function pollOf({ answers = ['a', 'b', 'c'], ...args }: Args = {}): Api.Poll {
  const named = answers.map((each) => new Api.PollAnswer({ text: text(each), option: bytes(each)[0]! }))
  return new Api.Poll({ id: 0, question: text('?'), answers: named, hash: 0, ...args })
}

/** The admin of a group, a member, and a bot that is one, too. */
function world() {
  const server = testServer()
  const { id } = server.core.world.addUser({ username: 'some_bot', bot: true })
  for (const { members } of server.core.world.channels.values()) members.add(id)
  const [admin, friend, bot] = [loggedIn(server), loggedIn(server, 'friend_of_username'), loggedIn(server, 'some_bot')]
  for (const each of [admin, friend, bot]) each.call(new Api.updates.GetState())
  let randomId = 0
  const send = (who: TestClient, peer: Api.TypeInputPeer, poll: Api.Poll, more: object = {}): number => {
    const media = new Api.InputMediaPoll({ poll, ...more })
    const { updates } = who.call(new Api.messages.SendMedia({ peer, media, message: '', randomId: ++randomId })) as Api.Updates
    return (updates[0] as Api.UpdateMessageID).id
  }
  return { server, admin, friend, bot, send }
}

/** How a poll stands for somebody: how many have voted, and for what. */
function shown({ totalVoters, results }: Api.PollResults): unknown[] {
  return [totalVoters, results?.map(({ option, voters, chosen, correct }) => `${textOf(option)}${voters}${chosen ? ' chosen' : ''}${correct ? ' correct' : ''}`)]
}

const inAnswer = (answer: Api.TypeUpdates): unknown[] => shown(((answer as Api.Updates).updates[0] as Api.UpdateMessagePoll).results)
const results = (who: TestClient, peer: Api.TypeInputPeer, msgId: number): unknown[] => inAnswer(who.call(new Api.messages.GetPollResults({ peer, msgId, pollHash: 0 })))
const vote = (who: TestClient, peer: Api.TypeInputPeer, msgId: number, ...options: string[]): unknown[] =>
  inAnswer(who.call(new Api.messages.SendVote({ peer, msgId, options: bytes(...options) })))

async function told(client: TestClient): Promise<unknown[]> {
  await settled()
  const seen = client.all(Api.Updates).flatMap(({ updates }) => updates.flatMap((each) => (each instanceof Api.UpdateMessagePoll ? [shown(each.results)] : [])))
  client.inbox.length = 0
  return seen
}

describe('a poll', () => {
  it('in a group shows how others have voted to who has voted', async () => {
    const { admin, friend, send } = world()
    const [ofAdmin, ofFriend] = [group(admin), group(friend)]
    const id = send(admin, ofAdmin, pollOf())
    expect(results(friend, ofFriend, id)).toEqual([0, undefined])
    expect(vote(friend, ofFriend, id, 'b')).toEqual([1, ['a0', 'b1 chosen', 'c0']])
    expect(await told(admin)).toEqual([[1, undefined]])
    expect(vote(admin, ofAdmin, id, 'a')).toEqual([2, ['a1 chosen', 'b1', 'c0']])
    expect(await told(friend)).toEqual([[2, ['a1', 'b1 chosen', 'c0']]])
    expect(vote(admin, ofAdmin, id, 'b')).toEqual([2, ['a0', 'b2 chosen', 'c0']])
    expect(vote(friend, ofFriend, id)).toEqual([1, undefined])
    const found = friend.call(new Api.messages.Search({ peer: ofFriend, q: '', filter: new Api.InputMessagesFilterPoll(), minDate: 0, maxDate: 0, offsetId: 0, addOffset: 0, limit: 9, maxId: 0, minId: 0, hash: 0 })) as Api.messages.ChannelMessages
    expect(found.messages).toMatchObject([{ id, media: { poll: { question: { text: '?' } }, results: { min: true, totalVoters: 1 } } }])
    const input = new Api.InputChannel(ofAdmin)
    const again = admin.call(new Api.channels.GetMessages({ channel: input, id: [new Api.InputMessageID({ id })] })) as Api.messages.ChannelMessages
    expect(shown(((again.messages[0] as Api.Message).media as Api.MessageMediaPoll).results)).toEqual([1, ['a0', 'b1 chosen', 'c0']])
  })
  it('is one wherever it is sent on to', async () => {
    const { server, admin, friend, send } = world()
    const { peer } = resolve(admin, 'friend_of_username')
    server.core.message('friend_of_username', 'username', 'shifts the numbers')
    const self = new Api.InputPeerSelf()
    const id = send(admin, self, pollOf({ multipleChoice: true }))
    vote(admin, self, id, 'a', 'c')
    const forward = new Api.messages.ForwardMessages({ fromPeer: self, toPeer: peer, id: [id], randomId: [77] })
    const { updates } = admin.call(forward) as Api.Updates
    const there = (updates[0] as Api.UpdateMessageID).id
    await settled()
    const { message } = friend.all(Api.Updates).at(-1)!.updates[0] as Api.UpdateNewMessage
    const received = message as Api.Message
    expect(shown((received.media as Api.MessageMediaPoll).results as Api.PollResults)).toEqual([1, undefined])
    await told(friend)
    expect(vote(friend, resolve(friend, 'username').peer, received.id, 'c')).toEqual([2, ['a1', 'b0', 'c2 chosen']])
    expect(await told(admin)).toEqual([[2, ['a1 chosen', 'b0', 'c2 chosen']], [2, ['a1 chosen', 'b0', 'c2 chosen']]])
    expect(results(admin, peer, there)).toEqual([2, ['a1 chosen', 'b0', 'c2 chosen']])
    const { media } = server.core.user('username').box.written(id)!
    expect(shown((media as Api.MessageMediaPoll).results as Api.PollResults)).toEqual([2, ['a1 chosen', 'b0', 'c2 chosen']])
  })
  it('is closed by who has made it, and by its time', async () => {
    const { server, admin, friend, send } = world()
    const [ofAdmin, ofFriend] = [group(admin), group(friend)]
    const id = send(admin, ofAdmin, pollOf())
    vote(friend, ofFriend, id, 'a')
    await told(friend)
    const { poll } = (server.core.world.byUsername('a_group') as { box: { written(id: number): Api.Message } }).box.written(id).media as Api.MessageMediaPoll
    const close = (who: TestClient, peer: Api.TypeInputPeer) => (): unknown =>
      who.call(new Api.messages.EditMessage({ peer, id, media: new Api.InputMediaPoll({ poll: pollOf({ id: poll.id, closed: true }) }) }))
    expect(close(friend, ofFriend)).toThrow('403 MESSAGE_AUTHOR_REQUIRED')
    expect(close(admin, ofAdmin)()).toMatchObject({ updates: [{ className: 'UpdateEditChannelMessage', message: { media: { poll: { closed: true } } } }] })
    expect(await told(friend)).toEqual([[1, ['a1 chosen', 'b0', 'c0']]])
    expect(() => vote(friend, ofFriend, id, 'b')).toThrow('400 MESSAGE_POLL_CLOSED')
    expect(results(admin, ofAdmin, id)).toEqual([1, ['a1', 'b0', 'c0']])
    const short = send(admin, ofAdmin, pollOf({ closePeriod: 60 }))
    server.platform.advance(60_000)
    expect(() => vote(friend, ofFriend, short, 'b')).toThrow('400 MESSAGE_POLL_CLOSED')
    expect(close(admin, ofAdmin)).toThrow('400 MESSAGE_NOT_MODIFIED')
    expect(() => vote(friend, ofFriend, send(friend, ofFriend, pollOf({ closed: true })), 'a')).toThrow('400 MESSAGE_POLL_CLOSED')
  })
  it('counts its period from when it is sent, and is closed for all when somebody comes after it', async () => {
    const { server, admin, friend, send } = world()
    const peer = group(admin)
    const now = (): number => Math.floor(server.platform.clock.now().wallMs / 1000)
    const media = new Api.InputMediaPoll({ poll: pollOf({ closePeriod: 60 }) })
    admin.call(new Api.messages.SendMedia({ peer, media, message: '', randomId: 100, scheduleDate: now() + 3600 }))
    server.platform.advance(3_600_000)
    await settled()
    const { message } = admin.all(Api.Updates).at(-2)!.updates[0] as Api.UpdateNewChannelMessage
    const { id, media: sent } = message as Api.Message
    expect(sent).toMatchObject({ poll: { closePeriod: 60, closeDate: now() + 60 } })
    expect(vote(friend, group(friend), id, 'a')).toEqual([1, ['a1 chosen', 'b0', 'c0']])
    server.platform.advance(60_000)
    await told(friend)
    expect(admin.call(new Api.messages.GetPollResults({ peer, msgId: id, pollHash: 0 }))).toMatchObject({ updates: [{ poll: { closed: true } }] })
    expect(results(admin, peer, id)).toEqual([1, ['a1', 'b0', 'c0']])
    expect(await told(friend)).toEqual([[1, ['a1 chosen', 'b0', 'c0']]])
    for (const closePeriod of [0, -1, 2 ** 31 - 1]) expect(() => send(admin, peer, pollOf({ closePeriod }))).toThrow('400 MEDIA_INVALID')
  })
  it('shows everybody what they have voted after it was edited', () => {
    const { server, admin, friend, send } = world()
    const { peer } = resolve(admin, 'friend_of_username')
    server.core.message('friend_of_username', 'friend_of_username', 'shifts the numbers')
    const id = send(admin, peer, pollOf())
    vote(friend, resolve(friend, 'username').peer, id + 1, 'b')
    vote(admin, peer, id, 'a')
    admin.call(new Api.messages.EditMessage({ peer, id, message: 'caption' }))
    const box = (username: string, copy: number): unknown => {
      const { message, media } = server.core.user(username).box.written(copy)!
      return [message, ...shown((media as Api.MessageMediaPoll).results as Api.PollResults)]
    }
    expect(box('username', id)).toEqual(['caption', 2, ['a1 chosen', 'b1', 'c0']])
    expect(box('friend_of_username', id + 1)).toEqual(['caption', 2, ['a1', 'b1 chosen', 'c0']])
  })
  it('becomes nothing else, nothing else becomes one, and an edit that is refused does not close it', () => {
    const { admin, friend, send } = world()
    const peer = group(admin)
    const [id, ofFriend] = [send(admin, peer, pollOf()), group(friend)]
    const edit = (msgId: number, media: Api.TypeInputMedia, more: object = {}) => (): unknown => admin.call(new Api.messages.EditMessage({ peer, id: msgId, media, ...more }))
    const dice = new Api.InputMediaDice({ emoticon: '🎲' })
    const { updates } = admin.call(new Api.messages.SendMedia({ peer, media: dice, message: '', randomId: 99 })) as Api.Updates
    const end = new Api.InputMediaPoll({ poll: pollOf({ closed: true }) })
    expect(edit(id, dice)).toThrow('400 MEDIA_PREV_INVALID')
    expect(edit(id, new Api.InputMediaPoll({ poll: pollOf() }))).toThrow('400 MEDIA_PREV_INVALID')
    expect(edit((updates[0] as Api.UpdateMessageID).id, end)).toThrow('400 MEDIA_NEW_INVALID')
    expect(edit(id, end, { message: 'x'.repeat(1025) })).toThrow('400 MEDIA_CAPTION_TOO_LONG')
    expect(vote(friend, ofFriend, id, 'a')).toEqual([1, ['a1 chosen', 'b0', 'c0']])
  })
  it('in a basic group takes no votes of who has left', () => {
    const { server, admin, friend, send } = world()
    const chat = server.core.world.addChat({ title: 'a basic group', admins: ['username', 'friend_of_username'].map((each) => server.core.user(each).id) })
    const peer = new Api.InputPeerChat({ chatId: chat.id })
    send(admin, peer, pollOf())
    const msgId = server.core.user('friend_of_username').box.lastId
    expect(vote(friend, peer, msgId, 'a')).toEqual([1, ['a1 chosen', 'b0', 'c0']])
    friend.call(new Api.messages.DeleteChatUser({ chatId: chat.id, userId: new Api.InputUserSelf() }))
    expect(() => vote(friend, peer, msgId, 'b')).toThrow('403 CHAT_WRITE_FORBIDDEN')
  })
  it('that is a quiz shows what is right after the one vote', () => {
    const { admin, friend, send } = world()
    const id = send(admin, group(admin), pollOf({ quiz: true }), { correctAnswers: [1], solution: 'because', solutionEntities: [] })
    const ofFriend = group(friend)
    const answer = friend.call(new Api.messages.SendVote({ peer: ofFriend, msgId: id, options: bytes('a') })) as Api.Updates
    expect(inAnswer(answer)).toEqual([1, ['a1 chosen', 'b0 correct', 'c0']])
    expect(answer).toMatchObject({ updates: [{ results: { solution: 'because' } }] })
    expect(() => vote(friend, ofFriend, id, 'b')).toThrow('400 REVOTE_NOT_ALLOWED')
  })
  it('that is public tells who has voted, those who have, and its bot', async () => {
    const { admin, friend, bot, send } = world()
    const id = send(bot, group(bot), pollOf({ publicVoters: true, multipleChoice: true }))
    const peer = group(admin)
    const votes = (args: object = {}) => () => admin.call(new Api.messages.GetPollVotes({ peer, id, limit: 1, ...args }))
    expect(votes()).toThrow('403 POLL_VOTE_REQUIRED')
    vote(friend, group(friend), id, 'b')
    vote(admin, peer, id, 'a', 'b')
    await settled()
    const cast = bot.all(Api.Updates).flatMap(({ updates }) => updates.filter((each) => each instanceof Api.UpdateMessagePollVote))
    expect(cast.map(({ positions, options, qts }) => [positions, options.map(textOf), qts])).toEqual([[[1], ['b'], 1], [[0, 1], ['a', 'b'], 2]])
    const missed = new Api.updates.GetDifference({ pts: 1, date: 0, qts: 1 })
    expect(bot.call(missed)).toMatchObject({ otherUpdates: [{ className: 'UpdateMessagePollVote' }], users: [{ username: 'username' }] })
    expect(votes()()).toMatchObject({ count: 2, nextOffset: '1', votes: [{ className: 'MessagePeerVoteMultiple' }], users: [{ username: 'username' }] })
    expect(votes({ offset: '1' })()).toMatchObject({ count: 2, nextOffset: undefined, votes: [{ className: 'MessagePeerVote' }], users: [{ username: 'friend_of_username' }] })
    expect(votes({ option: bytes('a')[0] })()).toMatchObject({ count: 1, votes: [{ className: 'MessagePeerVoteInputOption' }] })
    const secret = send(admin, peer, pollOf())
    expect(() => admin.call(new Api.messages.GetPollVotes({ peer, id: secret, limit: 1 }))).toThrow('403 BROADCAST_FORBIDDEN')
  })
  it.each<[string, Api.Poll, object]>([
    ['POLL_QUESTION_INVALID', pollOf({ question: text('') }), {}],
    ['POLL_ANSWERS_INVALID', pollOf({ answers: ['a'] }), {}],
    ['POLL_ANSWER_INVALID', pollOf({ answers: ['a', ''] }), {}],
    ['POLL_OPTION_INVALID', new Api.Poll({ id: 0, question: text('?'), hash: 0, answers: [1, 2].map(() => new Api.PollAnswer({ text: text('a'), option: new Uint8Array(0) })) }), {}],
    ['POLL_OPTION_DUPLICATE', pollOf({ answers: ['a', 'a'] }), {}],
    ['MEDIA_INVALID', pollOf({ quiz: true }), { correctAnswers: [0], solution: 'x'.repeat(201), solutionEntities: [] }],
    ['QUIZ_CORRECT_ANSWERS_EMPTY', pollOf({ quiz: true }), {}],
    ['QUIZ_CORRECT_ANSWERS_TOO_MUCH', pollOf({ quiz: true }), { correctAnswers: [0, 1] }],
    ['QUIZ_CORRECT_ANSWER_INVALID', pollOf({ quiz: true }), { correctAnswers: [3] }],
    ['QUIZ_MULTIPLE_INVALID', pollOf({ quiz: true, multipleChoice: true }), { correctAnswers: [0] }],
  ])('is refused with %s', (error, poll, more) => {
    const { admin, send } = world()
    expect(() => send(admin, group(admin), poll, more)).toThrow(`400 ${error}`)
  })
  it('takes votes for what it asks alone, and names answers that have no name', () => {
    const { admin, send } = world()
    const peer = group(admin)
    const answers = ['x', 'y'].map((each) => new Api.InputPollAnswer({ text: text(each) }))
    const id = send(admin, peer, new Api.Poll({ id: 0, question: text('?'), answers, hash: 0 }))
    expect(vote(admin, peer, id, '1')).toEqual([1, ['00', '11 chosen']])
    expect(() => vote(admin, peer, id, '2')).toThrow('400 OPTION_INVALID')
    expect(() => vote(admin, peer, id, '0', '1')).toThrow('400 OPTIONS_TOO_MUCH')
    const several = send(admin, peer, pollOf({ multipleChoice: true }), { correctAnswers: [0] })
    expect(vote(admin, peer, several, 'b', 'c')).toEqual([1, ['a0', 'b1 chosen', 'c1 chosen']])
    expect(() => vote(admin, peer, several, 'a', 'a')).toThrow('400 OPTION_INVALID')
    expect(() => vote(admin, peer, several, 'a', 'b', 'c', 'a')).toThrow('400 OPTIONS_TOO_MUCH')
    expect(() => vote(admin, new Api.InputPeerSelf(), id, '0')).toThrow('400 MESSAGE_ID_INVALID')
  })
})
