import * as Api from '../../../generated/api/index.js'
import { newPasswordVerifier } from '../../crypto/srp.js'
import { LocalError } from '../../errors/errors.js'
import { isRpcError } from '../../errors/rpc-error.js'
import type { ClientCore } from '../core.js'
import { algorithmOf, computeCheck } from './password.js'

export interface TwoFaParams {
  readonly isCheckPassword?: boolean
  readonly currentPassword?: string
  /** Left out: the password is removed. */
  readonly newPassword?: string
  readonly hint?: string
  readonly email?: string
  /** Asked for the code that was sent to `email`; `length` is how many digits it has. */
  readonly emailCodeCallback?: (length: number) => string | Promise<string>
  readonly onEmailCodeError?: (error: Error) => unknown
}

/**
 * Sets, changes or removes the password of two-step verification.
 * @see https://core.telegram.org/api/srp#setting-a-new-2fa-password
 */
export async function updateTwoFaSettings(core: ClientCore, params: TwoFaParams): Promise<void> {
  const { currentPassword, newPassword, hint = '', email } = params
  if (currentPassword === undefined && newPassword === undefined) {
    throw new LocalError('argument', 'give currentPassword, newPassword or both', { path: 'newPassword' })
  }
  const state = await core.ask(new Api.account.GetPassword())
  const { random } = core.settings.platform
  const password =
    state.hasPassword === true && currentPassword !== undefined
      ? await computeCheck(state, currentPassword, random)
      : new Api.InputCheckPasswordEmpty()
  if (params.isCheckPassword === true) {
    await core.ask(new Api.auth.CheckPassword({ password }))
    return
  }
  const settings = await settingsFor(newPassword)
  try {
    await core.ask(new Api.account.UpdatePasswordSettings({ password, newSettings: settings }))
  } catch (error) {
    if (!isRpcError(error, 'EMAIL_UNCONFIRMED') || params.emailCodeCallback === undefined) throw error
    await confirmEmail(core, params.emailCodeCallback, error.argument ?? 0, params.onEmailCodeError)
  }

  async function settingsFor(wanted: string | undefined): Promise<Api.account.PasswordInputSettings> {
    const mail = email === undefined ? {} : { email }
    if (wanted === undefined || wanted === '') {
      return new Api.account.PasswordInputSettings({
        newAlgo: new Api.PasswordKdfAlgoUnknown(),
        newPasswordHash: new Uint8Array(0),
        hint: '',
        ...mail,
      })
    }
    const { algorithm, verifier } = await newPasswordVerifier(algorithmOf(state.newAlgo), wanted, random)
    const newAlgo = new Api.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow(algorithm)
    return new Api.account.PasswordInputSettings({ newAlgo, newPasswordHash: verifier, hint, ...mail })
  }
}

async function confirmEmail(
  core: ClientCore,
  ask: (length: number) => string | Promise<string>,
  length: number,
  onError: ((error: Error) => unknown) | undefined,
): Promise<void> {
  for (;;) {
    try {
      await core.ask(new Api.account.ConfirmPasswordEmail({ code: await ask(length) }))
      return
    } catch (error) {
      if (onError === undefined || (await onError(error as Error)) === true) throw error
    }
  }
}
