import type { TlObject } from '../../tl/object.js'
import { UpdateConnectionState, type EventBuilder } from './builder.js'

type UpdateClass = abstract new (...args: never[]) => unknown

export interface RawParams {
  /** Updates of these classes only. */
  readonly types?: readonly UpdateClass[]
  readonly func?: (update: TlObject | UpdateConnectionState) => boolean | Promise<boolean>
}

/** Every update as the server sent it. */
export class Raw implements EventBuilder<TlObject | UpdateConnectionState> {
  readonly #types: readonly UpdateClass[] | undefined
  readonly #func: RawParams['func']

  constructor({ types, func }: RawParams = {}) {
    this.#types = types
    this.#func = func
  }

  build(update: TlObject | UpdateConnectionState): TlObject | UpdateConnectionState | undefined {
    return this.#types === undefined || this.#types.some((type) => update instanceof type) ? update : undefined
  }

  async filter(update: TlObject | UpdateConnectionState): Promise<boolean> {
    return this.#func === undefined || Boolean(await this.#func(update))
  }
}
