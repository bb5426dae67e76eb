import { concat } from '../bytes/bytes.js'
import { LocalError, type RemoteError, type TransportError } from '../errors/errors.js'
import { rpcErrorOf } from '../errors/rpc-error-classes.js'
import type { CallId, EngineEvent } from '../mtproto/engine/engine.js'
import { Driver, type DriverOptions } from './driver.js'
import { PendingCalls } from './pending-calls.js'
import type { CallLimits, Query } from './query.js'

export interface DcConnectionOptions extends Omit<DriverOptions, 'onEvent' | 'onFailure' | 'onLink'> {
  readonly dcId: number
  /** `invokeWithLayer` and `initConnection` up to the query. The engine was given the same, and uses it by itself. */
  readonly initConnection: Uint8Array
  readonly observer: ConnectionObserver
}

/** What the owner of a connection is told. */
export interface ConnectionObserver {
  /** A permanent key was agreed on: store it. */
  onAuthKey?(authKey: Uint8Array): void
  /** Any boxed object that is no answer: updates. */
  onMessage?(body: Uint8Array): void
  /** The server began a new session: updates may have been missed. */
  onSessionCreated?(): void
  onFailure?(error: TransportError | RemoteError | LocalError): void
  /** The server has confirmed that it does not know the permanent key: it is of no use any more. */
  onKeyRejected?(): void
  onLink?(up: boolean): void
  onReady?(): void
}

/**
 * One session with one data centre: calls in, answers out. The engine introduces the client to the server
 * (`invokeWithLayer`, `initConnection`) with the first call of a link.
 * @see https://core.telegram.org/api/invoking#saving-client-info
 */
export class DcConnection {
  readonly dcId: number
  readonly #options: DcConnectionOptions
  readonly #driver: Driver
  readonly #calls: PendingCalls
  #introduceAgain = false
  #closed: LocalError | undefined
  #lastFailure: Error | undefined
  #onIdle: (() => void) | undefined

  constructor(options: DcConnectionOptions) {
    this.dcId = options.dcId
    this.#options = options
    this.#calls = new PendingCalls(options.platform, {
      cancel: (call) => this.#driver.cancel(call),
      whyLate: () =>
        this.#driver.up || this.#lastFailure === undefined
          ? ''
          : `; the last connection failed: ${this.#lastFailure.message}`,
    })
    this.#driver = new Driver({
      ...options,
      onEvent: (event) => {
        this.#onEvent(event)
        this.#onIdle?.()
      },
      onFailure: (error) => {
        this.#lastFailure = error
        options.observer.onFailure?.(error)
      },
      onLink: (up) => options.observer.onLink?.(up),
    })
  }

  get up(): boolean {
    return this.#driver.up
  }

  get pendingCalls(): number {
    return this.#calls.size
  }

  open(): void {
    this.#driver.start()
  }

  /** Ends the connection; calls without an answer are rejected. */
  close(why: (method: string) => LocalError = disconnected): void {
    if (this.#closed !== undefined) return
    this.#closed = why('the call')
    this.#driver.stop()
    this.#calls.rejectAll(why)
  }

  /** No further calls are coming: the connection ends as soon as the last call under way has its answer. */
  closeWhenIdle(onClosed: () => void): void {
    this.#onIdle = () => {
      if (this.#calls.size > 0 || this.#closed !== undefined) return
      this.close()
      onClosed()
    }
    this.#onIdle()
  }

  /** Asks the server to forget the key in use, as after a log-out. */
  destroyAuthKey(): void {
    this.#driver.destroyAuthKey()
  }

  /**
   * The boxed result of `query`, raw.
   * @throws {RpcError} the server's refusal.
   * @throws {LocalError} `timeout`, `aborted`, `disconnected`, or `unknown-outcome`.
   */
  call(query: Query, limits: CallLimits = {}): Promise<Uint8Array> {
    if (this.#closed !== undefined) return Promise.reject(this.#closed)
    const body = this.#introduceAgain ? concat(this.#options.initConnection, query.body) : query.body
    this.#introduceAgain = false
    const options = { idempotent: query.idempotent, quickAck: limits.onAcknowledged !== undefined }
    return this.#calls.add(query, limits, () => this.#driver.send(body, options))
  }

  /** The server has said CONNECTION_NOT_INITED: the next call introduces the client again. */
  forgetIntroduction(): void {
    this.#introduceAgain = true
  }

  #refuse(call: CallId, code: number, message: string): void {
    const called = this.#calls.calledBy(call)
    this.#calls.reject(call, rpcErrorOf(code, message, called?.method, called?.wrappers))
  }

  #onEvent(event: EngineEvent): void {
    const { observer } = this.#options
    switch (event.type) {
      case 'result':
        return this.#calls.resolve(event.call, event.body)
      case 'rpc-error':
        return this.#refuse(event.call, event.code, event.message)
      case 'failed':
        return this.#calls.reject(event.call, event.error)
      case 'auth-key':
        if (!event.temporary) observer.onAuthKey?.(event.authKey)
        return
      case 'ready':
        return observer.onReady?.()
      case 'message':
        return observer.onMessage?.(event.body)
      case 'session-created':
        return observer.onSessionCreated?.()
      case 'lost':
        return event.key === 'rejected' ? observer.onKeyRejected?.() : undefined
      case 'acknowledged':
        return this.#calls.acknowledge(event.call)
      case 'auth-key-destroyed':
        return
    }
  }
}

function disconnected(method: string): LocalError {
  return new LocalError('disconnected', `${method} was ended by disconnect() before its answer came`)
}
