import type * as Api from '../../../generated/api/index.js'
import type { BigInteger } from 'big-integer'
import type { TlObject } from '../../tl/object.js'
import type { EventBuilder as Builder, EventClient, Later, UpdateConnectionState } from './builder.js'
import type { EventCommon } from './event-common.js'
import { _intoIdSet } from './id-set.js'

/** A question about these events; as existing code writes it, it may name another kind of them. */
type QuestionAbout<Event> = { ask(event: Event): unknown }['ask']

/** What every event with a chat takes. */
export interface DefaultEventInterface<Event = EventCommon> {
  /** Events in these chats alone; with `blacklistChats`, in all others. Ids cost no call, names are looked up once. */
  readonly chats?: readonly Api.TypeEntityLike[] | undefined
  readonly blacklistChats?: boolean | undefined
  /** Asked last: the handler gets the events for which it returns something truthy, or a promise of it. */
  readonly func?: QuestionAbout<Event> | undefined
}

interface InChat {
  readonly chatId?: BigInteger | undefined
}

/** Base of the builders whose events have a chat: it filters by that, and then asks `func`. */
export class EventBuilder<Event extends InChat = EventCommon> implements Builder<Event> {
  /** Marked ids, from the first update on. */
  chats: string[] | undefined
  blacklistChats: boolean
  /** Whether the names are looked up. */
  resolved: boolean = false
  func: QuestionAbout<Event> | undefined
  readonly #chats: readonly Api.TypeEntityLike[] | undefined

  constructor({ chats, blacklistChats, func }: DefaultEventInterface<Event> = {}) {
    this.#chats = chats
    this.blacklistChats = blacklistChats === true
    this.func = func
  }

  prepare(client: EventClient): Promise<void> {
    return this.resolve(client)
  }

  async resolve(client: EventClient): Promise<void> {
    if (this.resolved) return
    await this._resolve(client)
    this.resolved = true
  }

  /** What there is to look up, once. */
  async _resolve(client: EventClient): Promise<void> {
    this.chats = await _intoIdSet(client, this.#chats)
  }

  /** The update itself; builders of events put their own in its place. */
  build(update: TlObject | UpdateConnectionState, _later?: Later<Event>): Event | undefined {
    return update as object as Event
  }

  filter(event: Event): unknown {
    const { chats, blacklistChats, func } = this
    if (chats !== undefined) {
      const { chatId } = event
      if (chatId === undefined || chats.includes(String(chatId)) === blacklistChats) return false
    }
    return func === undefined || func(event)
  }
}
