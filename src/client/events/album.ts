import type * as Api from '../../../generated/api/index.js'
import type { CancelTimer } from '../../platform/timers.js'
import type { TlObject } from '../../tl/object.js'
import { withShortcuts, type EventMessage } from '../messages/shortcuts.js'
import type { TelegramClient } from '../telegram-client.js'
import { broughtWith } from './brought-with.js'
import type { Later, UpdateConnectionState } from './builder.js'
import { EventBuilder, type DefaultEventInterface } from './event-builder.js'
import { EventCommon } from './event-common.js'
import { newMessageOf } from './message-of-update.js'

/** The messages of an album come one by one: it is complete when no more has come for so long. */
const SILENCE_MS = 500

/** Photos or files that were sent together. */
export class AlbumEvent extends EventCommon {
  readonly messages: EventMessage[]
  readonly originalUpdates: TlObject[]

  /** @param messages one at least */
  constructor(messages: Api.Message[], originalUpdates: TlObject[]) {
    const [first] = messages
    super({ chatPeer: first?.peerId, msgId: first?.id, broadcast: first?.post === true })
    this.messages = messages as EventMessage[]
    this.originalUpdates = originalUpdates
  }

  override _setClient(client: TelegramClient): void {
    super._setClient(client)
    for (const [index, message] of this.messages.entries()) withShortcuts(message, client, broughtWith(this.originalUpdates[index]!))
  }
}

interface Group {
  readonly messages: Api.Message[]
  readonly updates: TlObject[]
  cancel: CancelTimer
}

/**
 * Albums, each as one event: half a second after its last message, or when the client disconnects.
 * `NewMessage` has their messages as well, one by one.
 */
export class Album extends EventBuilder<AlbumEvent> {
  /** What has come so far, for each handler, by the group's id. */
  readonly #groups = new WeakMap<Later<AlbumEvent>, Map<string, Group>>()

  constructor(params: DefaultEventInterface<AlbumEvent> = {}) {
    super(params)
  }

  override build(update: TlObject | UpdateConnectionState, later: Later<AlbumEvent>): undefined {
    const message = newMessageOf(update)
    if (message?.groupedId === undefined) return
    const groups = this.#groupsOf(later)
    const id = String(message.groupedId)
    const group: Group = groups.get(id) ?? { messages: [], updates: [], cancel: () => {} }
    groups.set(id, group)
    group.messages.push(message)
    group.updates.push(update as TlObject)
    group.cancel()
    group.cancel = later(SILENCE_MS, () => {
      groups.delete(id)
      return new AlbumEvent(group.messages, group.updates)
    })
  }

  #groupsOf(later: Later<AlbumEvent>): Map<string, Group> {
    let groups = this.#groups.get(later)
    if (groups === undefined) {
      groups = new Map()
      this.#groups.set(later, groups)
    }
    return groups
  }
}
