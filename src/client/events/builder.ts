import type { TypeEntityLike } from '../../../generated/api/entity-like.js'
import type { TlObject } from '../../tl/object.js'

/**
 * What kind of update a handler wants. `build` turns an update into the event that the handler gets, or `undefined`
 * where it is not meant; `filter` is then asked.
 */
export interface EventBuilder<Event = unknown> {
  /** Called once before the first update: peers by name become ids. */
  prepare?(client: EventClient): Promise<void>
  build(update: TlObject | UpdateConnectionState): Event | undefined
  filter?(event: Event): boolean | Promise<boolean>
}

/** What a builder needs of the client. */
export interface EventClient {
  getPeerId(entity: TypeEntityLike): Promise<string>
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
