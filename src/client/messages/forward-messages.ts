import * as Api from '../../../generated/api/index.js'
import { LocalError } from '../../errors/errors.js'
import type { DateLike } from '../../tl/argument-values.js'
import type { TelegramClient } from '../telegram-client.js'
import { messageIn } from './message-in.js'
import type { EventMessage } from './shortcuts.js'
import { shownMessage } from './shown-message.js'

export interface ForwardMessagesParams {
  readonly messages: MessageToForward | readonly MessageToForward[]
  /** The chat that they are in; messages know it, ids do not. */
  readonly fromPeer?: Api.TypeEntityLike | undefined
  readonly silent?: boolean | undefined
  readonly schedule?: DateLike | undefined
  /** Without saying whose they are. */
  readonly dropAuthor?: boolean | undefined
  /** Nobody may forward or save them. */
  readonly noforwards?: boolean | undefined
}

type MessageToForward = number | Api.Message

/**
 * Sends messages on, a request for each chat that they come from.
 * @returns the messages that became of them, in the same order within a chat.
 * @throws {LocalError} `argument`, for an id without `fromPeer`.
 */
export async function forwardMessages(
  client: TelegramClient,
  entity: Api.TypeEntityLike,
  { messages, fromPeer, schedule, silent, dropAuthor, noforwards }: ForwardMessagesParams,
): Promise<EventMessage[]> {
  const toPeer = await client.getInputEntity(entity)
  const sent: EventMessage[] = []
  for (const [from, id] of await byChat(client, [messages].flat() as readonly MessageToForward[], fromPeer)) {
    const options = { silent, dropAuthor, noforwards, scheduleDate: schedule }
    const request = new Api.messages.ForwardMessages({ fromPeer: from, id, toPeer, ...options })
    const updates = await client.invoke(request)
    for (const randomId of request.randomId) sent.push(shownMessage(client, messageIn(updates, randomId), 'sent'))
  }
  return sent
}

async function byChat(
  client: TelegramClient,
  messages: readonly MessageToForward[],
  fromPeer: Api.TypeEntityLike | undefined,
): Promise<Iterable<readonly [Api.TypeInputPeer, number[]]>> {
  const groups = new Map<string, readonly [Api.TypeInputPeer, number[]]>()
  for (const message of messages) {
    const from = typeof message === 'number' ? fromPeer : message.peerId
    if (from === undefined) throw new LocalError('argument', 'fromPeer: expected the chat that the ids belong to, got none')
    const key = await client.getPeerId(from)
    const group = groups.get(key) ?? ([await client.getInputEntity(from), []] as const)
    group[1].push(typeof message === 'number' ? message : message.id)
    groups.set(key, group)
  }
  return groups.values()
}
