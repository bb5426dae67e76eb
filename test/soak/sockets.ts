import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'
import type { Dice } from '../sim/dice.js'

/** Every open socket of this process of one kind: those that it connected to a port, or those that it took on one. */
export class OpenSockets {
  readonly #open = new Set<Socket>()
  readonly #channel: string
  readonly #hear: (message: unknown) => void
  /** Sockets since the start. */
  opened = 0

  /** @param port the remote one on the side of clients, the local one on that of servers. */
  constructor(side: 'client' | 'server', port: number) {
    this.#channel = `net.${side}.socket`
    this.#hear = (message) => {
      const { socket } = message as { readonly socket: Socket }
      if (side === 'client') socket.once('connect', () => this.#watch(socket, socket.remotePort === port))
      else this.#watch(socket, socket.localPort === port)
    }
    subscribe(this.#channel, this.#hear)
  }

  get size(): number {
    return this.#open.size
  }

  #watch(socket: Socket, ours: boolean): void {
    if (!ours) return
    this.opened++
    this.#open.add(socket)
    socket.once('close', () => this.#open.delete(socket))
  }

  /**
   * Destroys one of them. Resets are the proxy's: Node 20 never closes a socket that is destroyed while `resetAndDestroy`
   * waits for it to shut down, as happens when the peer ends its side meanwhile, and then the process cannot end.
   * @returns false when there is none.
   */
  destroyOne(dice: Dice): boolean {
    if (this.#open.size === 0) return false
    const socket = [...this.#open][dice.between(0, this.#open.size - 1)]!
    socket.destroy()
    return true
  }

  close(): void {
    unsubscribe(this.#channel, this.#hear)
  }
}

/** Destroys one of the sockets now and then: each of them about once in `meanMs`. */
export class SocketReaper {
  readonly #sockets: OpenSockets
  readonly #dice: Dice
  readonly #meanMs: number
  #timer: NodeJS.Timeout | undefined
  destroyed = 0

  constructor(sockets: OpenSockets, dice: Dice, meanMs: number) {
    this.#sockets = sockets
    this.#dice = dice
    this.#meanMs = meanMs
  }

  start(): void {
    const waitMs = this.#dice.wait(this.#meanMs / Math.max(1, this.#sockets.size))
    this.#timer = setTimeout(() => {
      if (this.#sockets.destroyOne(this.#dice)) this.destroyed++
      this.start()
    }, waitMs)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}
