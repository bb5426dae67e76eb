import * as Api from '../../../generated/api/index.js'
import { toHex } from '../../bytes/hex.js'
import { copiesOf } from './copies.js'
import { changed, push, type Changer } from './message-changes.js'
import type { WorldPeer, WorldUser } from './peers.js'
import { apiPeer } from './to-api.js'
import type { World } from './world.js'

/** What somebody has chosen. */
export interface Vote {
  /** The bytes of the answers. */
  readonly options: readonly Uint8Array[]
  /** Unix time in seconds. */
  readonly date: number
}

/** Where a poll was sent, and the message's number there, in a channel or as its author counts. */
interface Place {
  readonly author: WorldUser
  readonly to: WorldPeer
  readonly id: number
}

type Asked = Pick<Api.Poll, 'question' | 'publicVoters' | 'multipleChoice' | 'quiz' | 'closePeriod'>

/** A poll, wherever it was sent and sent on to: all its messages share the votes. */
export interface WorldPoll {
  readonly id: bigint
  readonly creator: WorldUser
  readonly asked: Asked
  readonly answers: readonly Api.PollAnswer[]
  /** Of a quiz, the answers that are right, by their places. */
  readonly correct: ReadonlySet<number>
  /** What is shown of a quiz once it was answered. */
  readonly solution: { readonly solution: string; readonly solutionEntities: Api.TypeMessageEntity[] } | undefined
  closed: boolean
  /** Unix time in seconds; where there is a period instead, it starts when the poll is first sent. */
  closeDate: number | undefined
  /** By who has voted, the last one last. */
  readonly votes: Map<bigint, Vote>
  readonly places: Place[]
}

/** The poll that a message shows. */
export function pollIn(world: World, media: Api.TypeMessageMedia | undefined): WorldPoll | undefined {
  return media instanceof Api.MessageMediaPoll ? world.polls.get(BigInt(media.poll.id.toString())) : undefined
}

export function hasOption(options: readonly Uint8Array[], option: Uint8Array): boolean {
  return options.some((each) => toHex(each) === toHex(option))
}

/** @param viewer who has to have voted to see how others did; without one, it is what everybody may see */
export function pollMedia(poll: WorldPoll, viewer?: WorldUser): Api.MessageMediaPoll {
  return new Api.MessageMediaPoll({ poll: apiPoll(poll, viewer), results: apiResults(poll, viewer) })
}

function apiPoll({ id, creator, asked, answers, closed, closeDate }: WorldPoll, viewer: WorldUser | undefined): Api.Poll {
  return new Api.Poll({ ...asked, id, answers: [...answers], closed, closeDate, creator: creator === viewer, hash: 0 })
}

function apiResults(poll: WorldPoll, viewer: WorldUser | undefined): Api.PollResults {
  const { answers, votes, correct, closed, asked, solution } = poll
  const own = viewer && votes.get(viewer.id)
  const totals = { min: viewer === undefined, totalVoters: votes.size }
  if (own === undefined && !closed) return new Api.PollResults(totals)
  const results = answers.map(({ option }, place) => {
    const voters = [...votes.values()].filter((vote) => hasOption(vote.options, option)).length
    const chosen = own !== undefined && hasOption(own.options, option)
    return new Api.PollAnswerVoters({ option, voters, recentVoters: [], chosen, correct: correct.has(place) })
  })
  return new Api.PollResults({ ...totals, results, ...(asked.quiz && solution) })
}

/** Has the period of a poll begin, where it was sent nowhere yet. */
export function beginPeriod(world: World, poll: WorldPoll): void {
  const { closePeriod } = poll.asked
  if (closePeriod !== undefined && poll.places.length === 0) poll.closeDate = world.now() + closePeriod
}

/** Closes a poll whose time is over, and tells all who have it. */
export function closeIfOver(world: World, poll: WorldPoll): void {
  if (poll.closed || poll.closeDate === undefined || poll.closeDate > world.now()) return
  poll.closed = true
  showPoll(world, { user: poll.creator }, poll)
}

/** Takes the vote of an account in place of its last one, or takes it back, and tells all who have the poll. */
export function castVote(world: World, { user, exceptKeyId }: Changer, poll: WorldPoll, options: readonly Uint8Array[]): void {
  poll.votes.delete(user.id)
  if (options.length > 0) poll.votes.set(user.id, { options, date: world.now() })
  showPoll(world, { user, exceptKeyId }, poll)
}

/** Has all messages with the poll show how it stands, and tells all who have one. */
export function showPoll(world: World, changer: Changer, poll: WorldPoll): void {
  for (const place of poll.places) {
    for (const { viewer, id } of place.to.kind === 'channel' ? inChannel(world, poll, place) : inBoxes(world, poll, place)) {
      const seen = place.to.kind === 'user' && viewer !== place.author ? place.author : place.to
      push(world, changer, viewer, { update: pollUpdate(poll, viewer, seen, id), date: world.now() }, [seen])
    }
  }
}

export function pollUpdate(poll: WorldPoll, viewer: WorldUser, peer: WorldPeer, msgId: number): Api.UpdateMessagePoll {
  const { results } = pollMedia(poll, viewer)
  return new Api.UpdateMessagePoll({ pollId: poll.id, peer: apiPeer(peer), msgId, poll: apiPoll(poll, viewer), results })
}

interface Shown {
  readonly viewer: WorldUser
  readonly id: number
}

/** A channel has one message for all, which says what everybody may see. */
function* inChannel(world: World, poll: WorldPoll, { to, id }: Place): Iterable<Shown> {
  if (to.kind !== 'channel') return
  const message = to.box.written(id)
  if (!message) return
  to.box.messages.set(id, changed(message, { media: pollMedia(poll) }))
  for (const viewer of world.membersOf(to)) yield { viewer, id }
}

/** Everybody has a copy, which says what they may see. */
function* inBoxes(world: World, poll: WorldPoll, { author, id }: Place): Iterable<Shown> {
  const origin = author.box.origins.get(id)
  if (origin === undefined) return
  for (const { owner: viewer, id: copyId, message: copy } of copiesOf(world, origin)) {
    viewer.box.messages.set(copyId, changed(copy, { media: pollMedia(poll, viewer) }))
    yield { viewer, id: copyId }
  }
}
