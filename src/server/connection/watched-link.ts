import type { Link, LinkHandlers } from '../../net/link.js'

/** A link that says when it ends, from whichever side. */
export class WatchedLink implements Link {
  readonly #link: Link
  onEnd: () => void = () => {}

  constructor(link: Link) {
    this.#link = link
  }

  get unsentBytes(): number {
    return this.#link.unsentBytes ?? 0
  }

  send(bytes: Uint8Array): boolean {
    return this.#link.send(bytes)
  }

  hold(held: boolean): void {
    this.#link.hold?.(held)
  }

  close(): void {
    this.onEnd()
    this.#link.close()
  }

  /** The handlers of its owner, who is told after `onEnd`. */
  watching(handlers: LinkHandlers): LinkHandlers {
    return {
      data: (chunk) => handlers.data(chunk),
      drain: () => handlers.drain?.(),
      close: (error) => {
        this.onEnd()
        handlers.close(error)
      },
    }
  }
}
