import type { InvokeOptions } from '../connection/invoker.js'
import { cappedThreshold } from './settings.js'

/** What `invoke` takes beside the request. */
export interface CallOptions {
  readonly signal?: AbortSignal
  /** Seconds that one attempt may stay without an answer. */
  readonly timeout?: number
  /** Another data centre than the account's own. */
  readonly dcId?: number
  /** The longest wait, in seconds, that is slept through instead of being raised. */
  readonly floodSleepThreshold?: number
  /** Called when the server has the request: where the transport has quick acks, long before the answer perhaps. */
  readonly onAcknowledged?: () => void
}

/** The same as the calls underneath take it: times in milliseconds. */
export function invokeOptions(options: CallOptions = {}): InvokeOptions {
  const { signal, timeout, dcId, floodSleepThreshold, onAcknowledged } = options
  return {
    signal,
    onAcknowledged,
    dcId,
    timeoutMs: timeout === undefined ? undefined : timeout * 1000,
    floodSleepThresholdSeconds: floodSleepThreshold === undefined ? undefined : cappedThreshold(floodSleepThreshold),
  }
}
