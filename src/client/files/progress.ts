import { LocalError } from '../../errors/errors.js'

/** Existing code stops a transfer by setting `isCanceled` on its callback; new code passes a signal. */
export interface Cancellable {
  isCanceled?: boolean
}

/** @throws {LocalError} `aborted`, when the caller has had enough. */
export function throwIfCancelled(
  what: string,
  callback: Cancellable | undefined,
  signal: AbortSignal | undefined,
): void {
  if (signal?.aborted === true)
    throw new LocalError('aborted', `${what} was aborted by its caller`, {}, { cause: signal.reason })
  if (callback?.isCanceled === true) throw new LocalError('aborted', 'USER_CANCELED')
}
