import * as Api from '../../../generated/api/index.js'
import { identityOf } from '../core/auth-keys.js'
import type { WorldUser } from '../world/peers.js'
import type { HandlerContext, ServiceContext } from './context.js'
import { callerOf } from './input-peers.js'
import { toBigInt } from './longs.js'
import { refuse } from './refuse.js'
import type { ServiceRegistry } from './registry.js'
import { apiUser } from '../world/to-api.js'

const BOT_TOKEN = /^(\d{1,18}):[\w-]{20,64}$/
const PHONE = /^\+?[\d\s()-]{5,24}$/

/** Logging in and out: `auth.*` but for passwords and temporary keys, which have files of their own. */
export function addAuthServices(services: ServiceRegistry): void {
  services.on(Api.auth.SendCode, 'anyone', (request, context) => {
    const { phoneNumber } = request
    if (!PHONE.test(phoneNumber)) refuse(400, 'PHONE_NUMBER_INVALID')
    homeOf(context.world.byPhone(phoneNumber), context)
    return sentCode(context, phoneNumber, context.accounts.sendCode(phoneNumber))
  })

  services.on(Api.auth.ResendCode, 'anyone', (request, context) => {
    if (!context.accounts.forgetCode(request.phoneCodeHash)) refuse(400, 'PHONE_CODE_EXPIRED')
    return sentCode(context, request.phoneNumber, context.accounts.sendCode(request.phoneNumber))
  })

  services.on(Api.auth.CancelCode, 'anyone', (request, context) =>
    context.accounts.forgetCode(request.phoneCodeHash) || refuse(400, 'PHONE_CODE_EXPIRED'),
  )

  services.on(Api.auth.SignIn, 'anyone', (request, context) => {
    checkCode(context, request.phoneNumber, request.phoneCodeHash, request.phoneCode ?? '')
    const user = context.world.byPhone(request.phoneNumber)
    if (!user) return new Api.auth.AuthorizationSignUpRequired({})
    context.accounts.forgetCode(request.phoneCodeHash)
    return logIn(context, user)
  })

  services.on(Api.auth.SignUp, 'anyone', (request, context) => {
    checkCode(context, request.phoneNumber, request.phoneCodeHash, undefined)
    if (context.world.byPhone(request.phoneNumber)) refuse(400, 'PHONE_NUMBER_OCCUPIED')
    if (request.firstName.trim() === '') refuse(400, 'FIRSTNAME_INVALID')
    context.accounts.forgetCode(request.phoneCodeHash)
    const { phoneNumber: phone, firstName, lastName } = request
    return logIn(context, context.world.addUser({ phone, firstName, lastName, homeDc: context.dc.id }))
  })

  services.on(Api.auth.ImportBotAuthorization, 'anyone', (request, context) => {
    const id = BOT_TOKEN.exec(request.botAuthToken)?.[1] ?? refuse(400, 'ACCESS_TOKEN_INVALID')
    const known = context.world.users.get(BigInt(id))
    if (known && !known.bot) refuse(400, 'ACCESS_TOKEN_INVALID')
    const seed = { id: BigInt(id), bot: true, username: `test${id}_bot`, homeDc: context.dc.id }
    const bot = known ?? context.world.addUser(seed)
    if (bot.homeDc !== context.dc.id) refuse(303, `USER_MIGRATE_${bot.homeDc}`)
    return logIn(context, bot)
  })

  services.on(Api.auth.LogOut, 'account', (_request, context) => {
    const key = identityOf(context.key)
    key.userId = undefined
    return new Api.auth.LoggedOut({})
  })

  services.on(Api.auth.ExportAuthorization, 'account', (request, context) => {
    const target = context.dataCentres.find(({ id }) => id === request.dcId)
    if (!target || target.id === context.dc.id) refuse(400, 'DC_ID_INVALID')
    return new Api.auth.ExportedAuthorization(context.accounts.exportLogin(callerOf(context), target.id))
  })

  services.on(Api.auth.ImportAuthorization, 'anyone', (request, context) => {
    const userId =
      context.accounts.importLogin(toBigInt(request.id), request.bytes, context.dc.id) ??
      refuse(400, 'AUTH_BYTES_INVALID')
    const user = context.world.users.get(userId) ?? refuse(400, 'AUTH_BYTES_INVALID')
    return authorize(context, user)
  })
}

function sentCode(context: ServiceContext, phone: string, phoneCodeHash: string): Api.auth.SentCode {
  return new Api.auth.SentCode({
    type: new Api.auth.SentCodeTypeSms({ length: context.accounts.codeLength(phone) }),
    phoneCodeHash,
    timeout: 60,
  })
}

function checkCode(context: ServiceContext, phone: string, hash: string, code: string | undefined): void {
  if (code === '') refuse(400, 'PHONE_CODE_EMPTY')
  const verdict = context.accounts.checkCode(phone, hash, code)
  if (verdict === 'expired') refuse(400, 'PHONE_CODE_EXPIRED')
  if (verdict === 'wrong') refuse(400, 'PHONE_CODE_INVALID')
}

/** Sends a login to the data centre where the account lives. @throws {RpcError} 303 PHONE_MIGRATE_X */
function homeOf(user: WorldUser | undefined, context: HandlerContext): void {
  if (user && user.homeDc !== context.dc.id) refuse(303, `PHONE_MIGRATE_${user.homeDc}`)
}

/** Logs in, or asks for the password where the account has one. @throws {RpcError} 401 SESSION_PASSWORD_NEEDED */
function logIn(context: HandlerContext, user: WorldUser): Api.auth.Authorization {
  if (user.password) {
    identityOf(context.key).passwordPendingFor = user.id
    refuse(401, 'SESSION_PASSWORD_NEEDED')
  }
  return authorize(context, user)
}

/** Ties the caller's key to the account. */
export function authorize(context: HandlerContext, user: WorldUser): Api.auth.Authorization {
  const key = identityOf(context.key)
  key.userId = user.id
  key.passwordPendingFor = undefined
  return new Api.auth.Authorization({ user: apiUser(user, user) })
}
