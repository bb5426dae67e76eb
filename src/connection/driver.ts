import { LocalError, TransportError, type RemoteError } from '../errors/errors.js'
import type { CallId, CallOptions, Engine, EngineEvent } from '../mtproto/engine/engine.js'
import type { Dial, Link } from '../net/link.js'
import type { Platform } from '../platform/platform.js'
import type { CancelTimer } from '../platform/timers.js'
import type { TransportCodec } from '../transport/codec.js'
import type { AddressBook } from './address-book.js'
import type { Backoff } from './backoff.js'
import { DIAL_TIMEOUT_MS, HEALTHY_LINK_MS } from './limits.js'

export interface DriverOptions {
  readonly engine: Engine
  readonly platform: Platform
  readonly dial: Dial
  /** A new codec for a new link. */
  readonly makeCodec: () => TransportCodec
  readonly addresses: AddressBook
  readonly backoff: Backoff
  readonly onEvent: (event: EngineEvent) => void
  /** A link could not be opened, or was lost; the next attempt follows by itself unless `stop` is called. */
  readonly onFailure: (error: TransportError | RemoteError | LocalError) => void
  readonly onLink: (up: boolean) => void
}

/**
 * The only asynchronous code around an engine. It owns one link and one timer: it carries bytes between them, hands the
 * engine's events on, and dials again, after a wait, whenever the link is lost. After `stop` nothing of it is left.
 */
export class Driver {
  readonly #options: DriverOptions
  #running = false
  #link: Link | undefined
  #linkSinceMs = 0
  #writable = true
  #dialling: AbortController | undefined
  #cancelTimer: CancelTimer | undefined
  /** When the timer fires, on the monotonic clock. */
  #timerMs = Infinity
  #cancelRetry: CancelTimer | undefined
  #pumping = false
  #pumpQueued = false

  constructor(options: DriverOptions) {
    this.#options = options
  }

  /** Whether a link is open. */
  get up(): boolean {
    return this.#link !== undefined
  }

  start(): void {
    if (this.#running) return
    this.#running = true
    this.#dialSoon()
  }

  /** Closes the link and clears the timer. What the engine still holds stays in the engine. */
  stop(): void {
    if (!this.#running) return
    this.pump()
    this.#running = false
    this.#dialling?.abort()
    this.#cancelRetry?.()
    this.#clearTimer()
    this.#dialling = this.#cancelRetry = undefined
    this.#dropLink()
  }

  /** Queues a call. Everything queued in one turn of the event loop leaves together. */
  send(body: Uint8Array, options?: CallOptions): CallId {
    const call = this.#options.engine.send(body, this.#now(), options)
    this.#pumpSoon()
    return call
  }

  cancel(call: CallId): void {
    this.#options.engine.cancel(call, this.#now())
    this.#pumpSoon()
  }

  destroyAuthKey(): void {
    this.#options.engine.destroyAuthKey(this.#now())
    this.#pumpSoon()
  }

  /** Sends what waits, hands out what has come, and sets the timer. */
  pump(): void {
    if (this.#pumping || !this.#running) return
    const { engine } = this.#options
    this.#pumping = true
    try {
      for (;;) {
        this.#write()
        const event = engine.nextEvent()
        if (event === undefined) break
        this.#handle(event)
        if (!this.#running) return
      }
    } finally {
      this.#pumping = false
    }
    this.#setTimer()
  }

  #write(): void {
    const { engine } = this.#options
    while (this.#link !== undefined && this.#writable) {
      const output = engine.takeOutput(this.#now())
      if (output === undefined) return
      this.#writable = this.#link.send(output)
    }
  }

  #handle(event: EngineEvent): void {
    const { backoff, onEvent } = this.#options
    // What calls get is proof of health. A new session is none: it comes before the link has shown that it is of use.
    if (event.type === 'result' || event.type === 'rpc-error' || event.type === 'message') {
      backoff.succeeded()
    }
    if (event.type === 'lost') {
      onEvent(event)
      if (this.#link !== undefined) this.#lose(event.error)
    } else {
      onEvent(event)
    }
  }

  #pumpSoon(): void {
    if (this.#pumpQueued) return
    this.#pumpQueued = true
    void Promise.resolve().then(() => {
      this.#pumpQueued = false
      this.pump()
    })
  }

  /** A timer that fires before there is anything to do stays: deadlines move on with every packet. */
  #setTimer(): void {
    const deadlineMs = this.#options.engine.deadline()
    if (deadlineMs === undefined) return this.#clearTimer()
    if (this.#timerMs <= deadlineMs) return
    this.#clearTimer()
    this.#timerMs = deadlineMs
    const { timers } = this.#options.platform
    this.#cancelTimer = timers.set(Math.max(0, deadlineMs - this.#now().monotonicMs), () => {
      this.#cancelTimer = undefined
      this.#timerMs = Infinity
      const dueMs = this.#options.engine.deadline() ?? Infinity
      if (dueMs > this.#now().monotonicMs) return this.#setTimer()
      this.#options.engine.timeout(this.#now())
      this.pump()
    })
  }

  #clearTimer(): void {
    this.#cancelTimer?.()
    this.#cancelTimer = undefined
    this.#timerMs = Infinity
  }

  #dialSoon(): void {
    const { platform, backoff } = this.#options
    this.#cancelRetry = platform.timers.set(backoff.waitMs(this.#now().monotonicMs), () => {
      this.#cancelRetry = undefined
      // Another connection to this data centre may have failed in the meantime: then this one waits as well.
      if (backoff.waitMs(this.#now().monotonicMs) > 0) this.#dialSoon()
      else void this.#open()
    })
  }

  async #open(): Promise<void> {
    const { dial, addresses, platform, engine, makeCodec, onLink } = this.#options
    const abort = new AbortController()
    this.#dialling = abort
    let timedOut = false
    const cancelLimit = platform.timers.set(DIAL_TIMEOUT_MS, () => {
      timedOut = true
      abort.abort()
    })
    const handlers = {
      data: (chunk: Uint8Array): void => {
        if (this.#dialling !== abort) return
        engine.receive(chunk, this.#now())
        this.pump()
      },
      close: (error?: TransportError): void => {
        if (this.#dialling === abort)
          this.#lose(error ?? new TransportError('closed', 'the server closed the connection'))
      },
      drain: (): void => {
        if (this.#dialling !== abort) return
        this.#writable = true
        this.pump()
      },
    }
    try {
      const link = await dial(addresses.current, handlers, abort.signal)
      if (this.#dialling !== abort) return link.close()
      this.#link = link
      this.#writable = true
      this.#linkSinceMs = this.#now().monotonicMs
      engine.connected(makeCodec(), this.#now())
      onLink(true)
      this.pump()
    } catch (error) {
      if (this.#dialling !== abort) return
      const { host, port } = addresses.current
      const failure = timedOut
        ? new TransportError('connect', `${host}:${port} did not answer within ${DIAL_TIMEOUT_MS / 1000} s`)
        : (error as TransportError | LocalError)
      this.#dropLink()
      this.#fail(failure)
    } finally {
      cancelLimit()
    }
  }

  #lose(error: TransportError | RemoteError): void {
    const lastedMs = this.#now().monotonicMs - this.#linkSinceMs
    if (this.#link !== undefined && lastedMs >= HEALTHY_LINK_MS) this.#options.backoff.succeeded()
    this.#dropLink()
    this.#fail(error)
  }

  #dropLink(): void {
    const link = this.#link
    this.#link = undefined
    this.#dialling = undefined
    if (link === undefined) return
    link.close()
    this.#options.engine.disconnected(this.#now())
    this.#options.onLink(false)
  }

  #fail(error: TransportError | RemoteError | LocalError): void {
    const { backoff, addresses, onFailure } = this.#options
    const flooded = error instanceof TransportError && error.transportCode === -429
    backoff.failed(this.#now().monotonicMs, flooded)
    addresses.rotate()
    onFailure(error)
    if (!this.#running) return
    this.#dialSoon()
    this.pump()
  }

  #now(): { wallMs: number; monotonicMs: number } {
    return this.#options.platform.clock.now()
  }
}
