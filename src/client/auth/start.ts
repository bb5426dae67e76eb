import type * as Api from '../../../generated/api/index.js'
import { LocalError } from '../../errors/errors.js'
import { connect } from '../connect.js'
import type { ClientCore } from '../core.js'
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
  const { settings } = core
  if ('botAuthToken' in params) return signInBot(core, settings, params)
  if ('phoneNumber' in params) return signInUser(core, settings, params)
  if ('qrCode' in params) return signInWithQrCode(core, settings, params)
  throw new LocalError('argument', 'start() needs botAuthToken, or phoneNumber and phoneCode, or qrCode')
}
