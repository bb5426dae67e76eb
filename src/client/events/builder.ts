import type { TypeEntityLike } from '../../../generated/api/entity-like.js'
import type { CancelTimer } from '../../platform/timers.js'
import type { TlObject } from '../../tl/object.js'

/**
 * What kind of update a handler wants. `build` turns an update into the event that the handler gets, or `undefined`
 * where it is not meant; `filter` is then asked.
 */
export interface EventBuilder<Event = unknown> {
  /** Called once before the first update: peers by name become ids. */
  prepare?(client: EventClient): Promise<void>
  /** @param later the same function for each update of one handler */
  build(update: TlObject | UpdateConnectionState, later: Later<Event>): Event | undefined
  /** Whether the handler gets the event: anything truthy says yes, also as a promise. */
  filter?(event: Event): unknown
}

/**
 * Hands out an event that its update does not complete: what `make` gives, `delayMs` from now, or when the client
 * disconnects. The function that is returned calls it off.
 */
export type Later<Event = unknown> = (delayMs: number, make: () => Event) => CancelTimer

/** What a builder needs of the client. */
export interface EventClient {
  getPeerId(entity: TypeEntityLike): Promise<string>
}

/** Events that answer, or ask the server, are told by which client: before the filter sees them. */
export interface ClientBound {
  _setClient(client: EventClient): void
}

/** The link to the home data centre came up or went down; handlers for raw updates see it between the updates. */
export class UpdateConnectionState {
  static readonly disconnected = -1
  static readonly broken = 0
  static readonly connected = 1
  readonly state: -1 | 0 | 1

  constructor(state: -1 | 0 | 1) {
    this.state = state
  }
}

/** Thrown by a handler: handlers that were added after it do not see this update. */
export class StopPropagation extends Error {
  override readonly name: string = 'StopPropagation'
}
