import { dispose } from '../bytes/dispose.node.js'
import type { LocalError } from '../errors/errors.js'
import { isRpcError, type RpcError } from '../errors/rpc-error.js'
import type { Platform } from '../platform/platform.js'
import type { DcConnection } from './dc-connection.js'
import type { DcPool } from './dc-pool.js'
import { CALL_TIMEOUT_MS, FLOOD_SLEEP_THRESHOLD_SECONDS, REQUEST_RETRIES } from './limits.js'
import type { CallLimits, Query } from './query.js'
import { decide, type CallHistory } from './rpc-policy.js'
import { Sleeper } from './sleep.js'

export interface InvokeOptions extends CallLimits {
  /** Another data centre than the account's home. */
  readonly dcId?: number | undefined
  /** The longest wait, in seconds, that is slept through instead of being raised. */
  readonly floodSleepThresholdSeconds?: number | undefined
  readonly requestRetries?: number | undefined
  /** The call was sent to this data centre instead: the next one of its kind may go there at once. */
  readonly onMigrate?: ((dcId: number) => void) | undefined
}

export interface InvokerOptions {
  readonly pool: DcPool
  readonly platform: Platform
  /** The home data centre will not have this key any more; it has to be thrown away. */
  readonly onLoggedOut: (error: RpcError) => void
  /** A wait that the server asked for is being slept through. */
  readonly onWait?: (method: string, delayMs: number, rpcMessage: string) => void
}

/** The one who asked: takes the answer, and may know how to mend what the server refuses. */
export interface Asker<Result> {
  read(body: Uint8Array): Result
  /** A refusal that would be raised now; `true` when its cause is gone and the call is to be sent once more. */
  mend?(error: RpcError): Promise<boolean>
}

/** How often one call has been sent again, by reason. */
type Attempts = { -readonly [Reason in 'failures' | 'migrations' | 'repairs']: CallHistory[Reason] }

/** Carries a call through refusals that can be mended: waits, moves, introductions, failures of the server. */
export class Invoker {
  readonly #options: InvokerOptions
  /** When a method may be called again, on the monotonic clock. */
  readonly #methodWaits = new Map<string, number>()

  readonly #sleeper: Sleeper

  constructor(options: InvokerOptions) {
    this.#options = options
    this.#sleeper = new Sleeper(options.platform.timers)
  }

  /** Calls that are waiting for their next attempt are rejected with `error`. */
  close(error: LocalError): void {
    this.#sleeper.wakeAll(error)
  }

  /**
   * The boxed result, or what the asker reads in it.
   * @throws what `DcConnection.call` throws, when nothing more can be done about it, and what the asker throws.
   */
  invoke(query: Query, options?: InvokeOptions): Promise<Uint8Array>
  invoke<Result>(query: Query, options: InvokeOptions, asker: Asker<Result>): Promise<Result>
  async invoke(query: Query, options: InvokeOptions = {}, asker?: Asker<unknown>): Promise<unknown> {
    const limits = options.timeoutMs === undefined ? { ...options, timeoutMs: CALL_TIMEOUT_MS } : options
    let { dcId } = options
    let count: Attempts | undefined
    for (;;) {
      if (this.#methodWaits.has(query.method)) await this.#waitForMethod(query.method, options)
      const connection = dcId === undefined ? this.#options.pool.home : await this.#options.pool.visit(dcId)
      let body: Uint8Array
      try {
        body = await connection.call(query, limits)
      } catch (error) {
        if (!isRpcError(error)) throw error
        count ??= { failures: 0, migrations: 0, repairs: 0 }
        const next = await this.#mend(error, query, options, count, connection, dcId, asker)
        if (next !== dcId && next !== undefined) options.onMigrate?.(next)
        dcId = next
        continue
      }
      dispose(query.body) // it was for this call alone, which is over
      return asker === undefined ? body : asker.read(body)
    }
  }

  /**
   * Does what the refusal asks for and returns the data centre to send the call to next; throws what cannot be mended.
   */
  async #mend(
    error: RpcError,
    query: Query,
    options: InvokeOptions,
    count: Attempts,
    connection: DcConnection,
    dcId: number | undefined,
    asker: Asker<unknown> | undefined,
  ): Promise<number | undefined> {
    const { pool, platform, onLoggedOut, onWait } = this.#options
    const { floodSleepThresholdSeconds = FLOOD_SLEEP_THRESHOLD_SECONDS, requestRetries = REQUEST_RETRIES } = options
    const atHome = dcId === undefined || dcId === pool.home.dcId
    const decision = decide(error, { ...count, requestRetries, floodSleepThresholdSeconds, atHome })
    switch (decision.kind) {
      case 'raise':
        if (decision.logout) onLoggedOut(error)
        if ((await asker?.mend?.(error)) === true) return dcId
        throw error
      case 'wait':
        if (decision.counts === 'failure') count.failures++
        if (decision.counts === 'repair') count.repairs++
        if (decision.counts === 'flood') onWait?.(query.method, decision.delayMs, error.rpcMessage)
        if (decision.wholeMethod)
          this.#methodWaits.set(query.method, platform.clock.now().monotonicMs + decision.delayMs)
        await this.#sleeper.sleep(decision.delayMs, query.method, options.signal)
        return dcId
      case 'introduce':
        count.repairs++
        connection.forgetIntroduction()
        return dcId
      case 'authorise':
        count.repairs++
        pool.forgetAuthorisation(connection.dcId)
        return dcId
      case 'migrate':
        count.migrations++
        if (decision.scope === 'request') return decision.dcId
        if (connection === pool.home) pool.moveHome(decision.dcId)
        return undefined
    }
  }

  async #waitForMethod(method: string, { floodSleepThresholdSeconds, signal }: InvokeOptions): Promise<void> {
    const leftMs = this.#methodWaits.get(method)! - this.#options.platform.clock.now().monotonicMs
    if (leftMs <= 0) this.#methodWaits.delete(method)
    // A caller who would rather hear of the wait gets it from the server, with the exact number.
    else if (leftMs <= (floodSleepThresholdSeconds ?? FLOOD_SLEEP_THRESHOLD_SECONDS) * 1000) {
      await this.#sleeper.sleep(leftMs, method, signal)
    }
  }
}
