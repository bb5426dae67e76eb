import type * as Api from '../../../generated/api/index.js'
import { LocalError } from '../../errors/errors.js'
import { connect } from '../connect.js'
import type { ClientCore } from '../core.js'
import type { CoreListeners } from '../core-listeners.js'
import { isAuthorized } from './authorization.js'
import { signInBot } from './bot.js'
import type { BotAuthParams, PhoneAuthParams, QrCodeAuthParams } from './params.js'
import { signInUser } from './phone.js'
import { signInWithQrCode } from './qr-code.js'

export type StartParams = PhoneAuthParams | BotAuthParams | QrCodeAuthParams

/**
 * Connects, and logs in unless the session is logged in already.
 * @returns the account, where a login was needed.
 */
export async function start(core: ClientCore, params: StartParams): Promise<Api.User | undefined> {
  await connect(core)
  if (await isAuthorized(core)) return undefined
  return unlessClosed(core, login(core, params ?? {}))
}

async function login(core: ClientCore, params: StartParams | Record<never, unknown>): Promise<Api.User> {
  const { settings } = core
  if ('botAuthToken' in params) return signInBot(core, settings, params)
  if ('phoneNumber' in params) return signInUser(core, settings, params)
  if ('qrCode' in params) return signInWithQrCode(core, settings, params)
  throw new LocalError('argument', 'start() needs botAuthToken, or phoneNumber and phoneCode, or qrCode')
}

/** The user who is asked for a code may never answer: a login ends with its connection all the same. */
function unlessClosed<T>(core: ClientCore, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = (): void => reject(new LocalError('disconnected', 'disconnect() ended the login'))
    // A call that is under way knows better why the connection has ended, and is rejected in this turn.
    const listener: CoreListeners = { onClose: () => void core.settings.platform.timers.set(0, end) }
    core.listeners.push(listener)
    work.then(resolve, reject).finally(() => core.listeners.splice(core.listeners.indexOf(listener), 1))
  })
}
