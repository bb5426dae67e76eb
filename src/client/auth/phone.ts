import * as Api from '../../../generated/api/index.js'
import { LocalError } from '../../errors/errors.js'
import { isRpcError } from '../../errors/rpc-error.js'
import type { ClientCore } from '../core.js'
import { loggedIn, userOf } from './authorization.js'
import { notText, untilRight } from './login-loop.js'
import type { ApiCredentials, PhoneAuthParams } from './params.js'
import { signInWithPassword } from './password.js'

export interface SentCode {
  readonly phoneCodeHash: string
  readonly isCodeViaApp: boolean
}

/** @throws {RpcError} PHONE_NUMBER_INVALID and its relatives. @see https://core.telegram.org/method/auth.sendCode */
export async function sendCode(
  core: ClientCore,
  { apiId, apiHash }: ApiCredentials,
  phoneNumber: string,
  forceSMS = false,
): Promise<SentCode> {
  const sent = await core.ask(
    new Api.auth.SendCode({ phoneNumber, apiId: Number(apiId), apiHash, settings: new Api.CodeSettings({}) }),
  )
  const code = codeOf(sent)
  if (!forceSMS || !code.isCodeViaApp) return code
  return codeOf(await core.ask(new Api.auth.ResendCode({ phoneNumber, phoneCodeHash: code.phoneCodeHash })))
}

function codeOf(sent: Api.auth.TypeSentCode): SentCode {
  if (sent.className !== 'auth.SentCode') {
    throw new LocalError(
      'state',
      `the server answered with ${sent.className} instead of sending a code; this login needs an official app`,
    )
  }
  return { phoneCodeHash: sent.phoneCodeHash, isCodeViaApp: sent.type.className === 'auth.SentCodeTypeApp' }
}

/** Logs a user in by phone number and code, with the password where two-step verification is on. */
export async function signInUser(
  core: ClientCore,
  credentials: ApiCredentials,
  params: PhoneAuthParams,
): Promise<Api.User> {
  const { onError } = params
  const { phone, sent } = await untilRight(async () => {
    const phone = typeof params.phoneNumber === 'function' ? await params.phoneNumber() : params.phoneNumber
    if (typeof phone !== 'string' || phone === '')
      throw new LocalError('argument', `the phone number is ${notText(phone)}`, { path: 'phoneNumber' })
    return { phone, sent: await sendCode(core, credentials, phone, params.forceSMS) }
  }, onError)
  let passwordNeeded = false
  const authorization = await untilRight(async () => {
    const phoneCode = await params.phoneCode(sent.isCodeViaApp)
    if (typeof phoneCode !== 'string' || phoneCode === '')
      throw new LocalError('argument', `the code is ${notText(phoneCode)}`, { path: 'phoneCode' })
    try {
      return await core.ask(new Api.auth.SignIn({ phoneNumber: phone, phoneCodeHash: sent.phoneCodeHash, phoneCode }))
    } catch (error) {
      if (!isRpcError(error, 'SESSION_PASSWORD_NEEDED')) throw error
      passwordNeeded = true
      return undefined
    }
  }, onError)
  if (passwordNeeded || authorization === undefined) return signInWithPassword(core, params)
  if (authorization.className === 'auth.AuthorizationSignUpRequired')
    return signUp(core, phone, sent.phoneCodeHash, params)
  return loggedIn(core, userOf(authorization))
}

async function signUp(
  core: ClientCore,
  phoneNumber: string,
  phoneCodeHash: string,
  params: PhoneAuthParams,
): Promise<Api.User> {
  return untilRight(async () => {
    if (params.firstAndLastNames === undefined) {
      throw new LocalError('state', 'this phone number has no account; pass firstAndLastNames to create one')
    }
    const [firstName, lastName = ''] = await params.firstAndLastNames()
    if (typeof firstName !== 'string' || firstName === '')
      throw new LocalError('argument', 'the first name is empty', { path: 'firstAndLastNames' })
    return loggedIn(
      core,
      userOf(await core.ask(new Api.auth.SignUp({ phoneNumber, phoneCodeHash, firstName, lastName }))),
    )
  }, params.onError)
}
