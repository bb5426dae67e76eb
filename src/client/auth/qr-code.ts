import * as Api from '../../../generated/api/index.js'
import { Sleeper } from '../../connection/sleep.js'
import { LocalError } from '../../errors/errors.js'
import { isRpcError } from '../../errors/rpc-error.js'
import type { ClientCore } from '../core.js'
import type { CoreListeners } from '../core-listeners.js'
import { loggedIn, userOf } from './authorization.js'
import { untilRight } from './login-loop.js'
import type { ApiCredentials, QrCodeAuthParams } from './params.js'
import { signInWithPassword } from './password.js'

/** A new token is fetched this long before the old one expires. */
const RENEW_BEFORE_MS = 1_000
/** And not sooner than this, whatever the server says of its time: the server is not to be asked without end. */
const MIN_SHOWN_MS = 1_000

/**
 * Logs in by a QR code that another device of the account scans: shows tokens, each until it expires, and waits for
 * `updateLoginToken`.
 * @see https://core.telegram.org/api/qr-login
 */
export async function signInWithQrCode(
  core: ClientCore,
  { apiId, apiHash }: ApiCredentials,
  params: QrCodeAuthParams,
): Promise<Api.User> {
  const { platform } = core.settings
  const sleeper = new Sleeper(platform.timers)
  let scanned = false
  const woken = new LocalError('aborted', 'the code was scanned')
  const listener: CoreListeners = {
    onObject: (value) => {
      if (!hasLoginToken(value)) return
      scanned = true
      sleeper.wakeAll(woken)
    },
    onClose: () => sleeper.wakeAll(new LocalError('disconnected', 'disconnect() ended the login')),
  }
  core.listeners.push(listener)
  const exportToken = (): Promise<Api.auth.TypeLoginToken> =>
    core.ask(new Api.auth.ExportLoginToken({ apiId: Number(apiId), apiHash, exceptIds: [] }))
  try {
    return await untilRight(
      async () => {
        for (;;) {
          scanned = false
          const token = await exportToken()
          if (token.className !== 'auth.LoginToken') return loggedIn(core, await accept(core, token))
          await params.qrCode({ token: token.token, expires: token.expires })
          const leftMs = token.expires * 1000 - core.serverNowMs() - RENEW_BEFORE_MS
          try {
            if (!scanned) await sleeper.sleep(Math.max(MIN_SHOWN_MS, leftMs), 'the QR login')
          } catch (error) {
            if (error !== woken) throw error
          }
        }
      },
      (error) => (isRpcError(error, 'SESSION_PASSWORD_NEEDED') ? true : params.onError(error)),
    )
  } catch (error) {
    if (isRpcError(error, 'SESSION_PASSWORD_NEEDED')) return await signInWithPassword(core, params)
    throw error
  } finally {
    core.listeners.splice(core.listeners.indexOf(listener), 1)
  }
}

async function accept(
  core: ClientCore,
  token: Api.auth.LoginTokenSuccess | Api.auth.LoginTokenMigrateTo,
): Promise<Api.TypeUser> {
  if (token.className === 'auth.LoginTokenSuccess') return userOf(token.authorization)
  core.pool.moveHome(token.dcId)
  const moved = await core.ask(new Api.auth.ImportLoginToken({ token: token.token }))
  if (moved.className !== 'auth.LoginTokenSuccess')
    throw new LocalError('state', `the server answered the login with ${moved.className}`)
  return userOf(moved.authorization)
}

function hasLoginToken(value: unknown): boolean {
  const { className, update, updates } = value as {
    className?: string
    update?: { className?: string }
    updates?: { className?: string }[]
  }
  if (className === 'UpdateShort') return update?.className === 'UpdateLoginToken'
  return Array.isArray(updates) && updates.some((each) => each.className === 'UpdateLoginToken')
}
