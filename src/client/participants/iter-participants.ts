import * as Api from '../../../generated/api/index.js'
import { inputChannelOf } from '../../entities/convert.js'
import { getDisplayName } from '../compat/utils.js'
import { RequestIter } from '../request-iter.js'
import type { TelegramClient } from '../telegram-client.js'

export interface IterParticipantsParams {
  /** At most so many; left out, all that the server tells of. */
  readonly limit?: number | undefined
  /** So many further on. */
  readonly offset?: number | undefined
  /** Members with this text in their name or username. */
  readonly search?: string | undefined
  /** Members of one kind, in channels: `Api.ChannelParticipantsAdmins`, or an object of such a class. */
  readonly filter?: Api.TypeChannelParticipantsFilter | FilterClass | undefined
  /** `false` spares the request that asks a channel for the `total`. */
  readonly showTotal?: boolean | undefined
}

interface FilterClass {
  readonly className: string
  new (args: never): Api.TypeChannelParticipantsFilter
}

/** A member, with what makes it one. */
export type Participant = Api.User & {
  readonly participant: Api.TypeChannelParticipant | Api.TypeChatParticipant | undefined
}

/** The most that a server gives at once. */
const PAGE = 200

/**
 * The members of a group or channel; of a private chat, the other side.
 * @see https://core.telegram.org/api/channel
 */
export function iterParticipants(
  client: TelegramClient,
  entity: Api.TypeEntityLike,
  params: IterParticipantsParams = {},
): RequestIter<Participant> {
  return new RequestIter((iter) => limited(participants(client, entity, params, iter), params.limit))
}

async function* limited<Item>(items: AsyncGenerator<Item>, limit: number = Infinity): AsyncGenerator<Item, void, undefined> {
  let left = limit
  // With a limit of 0 nothing but the total is asked for.
  for await (const item of items) {
    if (left-- > 0) yield item
    if (left <= 0) return
  }
}

async function* participants(
  client: TelegramClient,
  entity: Api.TypeEntityLike,
  params: IterParticipantsParams,
  iter: RequestIter<Participant>,
): AsyncGenerator<Participant, void, undefined> {
  const peer = await client.getInputEntity(entity)
  const channel = inputChannelOf(peer)
  if (channel !== undefined) return yield* ofChannel(client, channel, params, iter)
  const isWanted = matcher(params.search)
  if (peer.className === 'InputPeerChat') {
    const { fullChat, users } = await client.invoke(new Api.messages.GetFullChat({ chatId: peer.chatId }))
    const members = fullChat.className === 'ChatFull' ? fullChat.participants : undefined
    const known = members?.className === 'ChatParticipants' ? members.participants : []
    iter.total = known.length
    for (const user of joined(known, users)) if (isWanted(user)) yield user
    return
  }
  iter.total = 1
  const user = await client.getEntity(peer)
  if (user.className === 'User' && isWanted(user)) yield withParticipant(user, undefined)
}

async function* ofChannel(
  client: TelegramClient,
  channel: Api.TypeInputChannel,
  { filter, search, offset = 0, showTotal = true }: IterParticipantsParams,
  iter: RequestIter<Participant>,
): AsyncGenerator<Participant, void, undefined> {
  if (showTotal) {
    const { fullChat } = await client.invoke(new Api.channels.GetFullChannel({ channel }))
    if (fullChat.className === 'ChannelFull') iter.total = fullChat.participantsCount
  }
  // The server searches in one kind of members alone.
  const isWanted = filter === undefined ? () => true : matcher(search)
  const kind = kindOf(filter) ?? new Api.ChannelParticipantsSearch({ q: search ?? '' })
  for (let at = offset; ; ) {
    const answer = await client.invoke(
      new Api.channels.GetParticipants({ channel, filter: kind, offset: at, limit: PAGE, hash: 0 }),
    )
    if (answer.className !== 'channels.ChannelParticipants' || answer.participants.length === 0) return
    iter.total ??= answer.count
    for (const user of joined(answer.participants, answer.users)) if (isWanted(user)) yield user
    at += answer.participants.length
    if (at >= answer.count) return
  }
}

/** Kinds that take a text; existing code gives their classes without one. */
const WITH_TEXT: ReadonlySet<string> = new Set([
  'ChannelParticipantsBanned',
  'ChannelParticipantsKicked',
  'ChannelParticipantsSearch',
  'ChannelParticipantsContacts',
])

function kindOf(filter: IterParticipantsParams['filter']): Api.TypeChannelParticipantsFilter | undefined {
  if (typeof filter !== 'function') return filter
  return new filter((WITH_TEXT.has(filter.className) ? { q: '' } : {}) as never)
}

function* joined(
  members: readonly (Api.TypeChannelParticipant | Api.TypeChatParticipant)[],
  users: readonly Api.TypeUser[],
): Generator<Participant> {
  const byId = new Map(users.map((user) => [String(user.id), user]))
  for (const member of members) {
    const user = 'userId' in member ? byId.get(String(member.userId)) : undefined
    if (user?.className === 'User') yield withParticipant(user, member)
  }
}

/** What makes somebody a member stands beside the fields of the user, and is none of them. */
function withParticipant(user: Api.User, participant: Participant['participant']): Participant {
  return Object.defineProperty(user, 'participant', { value: participant, configurable: true, writable: true }) as Participant
}

function matcher(search: string | undefined): (user: Api.User) => boolean {
  if (search === undefined || search === '') return () => true
  const wanted = search.toLowerCase()
  return (user) => [getDisplayName(user), user.username ?? ''].some((name) => name.toLowerCase().includes(wanted))
}
