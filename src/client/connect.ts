import * as Api from '../../generated/api/index.js'
import { LocalError } from '../errors/errors.js'
import type { ClientCore } from './core.js'

/**
 * Opens the connection to the session's home data centre and waits for its first answer, the configuration.
 * @throws {TransportError} or {RemoteError}, what the last attempt failed with, after `connectionRetries` attempts.
 * @throws {LocalError} `timeout`, `aborted` or `disconnected`.
 */
export async function connect(core: ClientCore, signal?: AbortSignal): Promise<boolean> {
  if (core.running) return false
  const { closings } = core
  await core.session.load()
  // While the session was read, somebody may have disconnected, or another connect() may have been faster.
  if (core.closings !== closings)
    throw new LocalError('disconnected', 'connect() was ended by disconnect() before it was done')
  if (core.running) return false
  const giveUp = new AbortController()
  const caller = { aborted: false }
  const onAbort = (): void => {
    caller.aborted = true
    giveUp.abort(signal!.reason)
  }
  if (signal?.aborted === true)
    throw new LocalError('aborted', 'connect() was aborted by its caller', {}, { cause: signal.reason })
  signal?.addEventListener('abort', onAbort, { once: true })
  const { connectionRetries, connectTimeoutMs } = core.settings
  let lastFailure: Error | undefined
  core.open((error, failures) => {
    lastFailure = error
    if (failures >= connectionRetries) giveUp.abort(error)
  })
  try {
    const config = await core.ask(new Api.help.GetConfig(), { signal: giveUp.signal, timeoutMs: connectTimeoutMs })
    core.learn(config.dcOptions)
    core.learnTime(config.date)
    core.settled()
    core.session.save()
    return true
  } catch (error) {
    // Who has disconnected in the meantime may have connected again: that connection is none of this call's business.
    if (core.closings === closings) core.close()
    const gaveUp = error instanceof LocalError && error.failure === 'aborted' && !caller.aborted
    throw gaveUp && lastFailure !== undefined ? lastFailure : error
  } finally {
    signal?.removeEventListener('abort', onAbort)
  }
}
