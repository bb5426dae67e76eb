import * as Api from '../../../generated/api/index.js'
import { identityOf } from '../core/auth-keys.js'
import { checkAnswer } from '../world/password.js'
import type { WorldUser } from '../world/peers.js'
import { authorize } from './auth.js'
import type { HandlerContext, ServiceContext } from './context.js'
import { toBigInt } from './longs.js'
import { refuse } from './refuse.js'
import type { ServiceRegistry } from './registry.js'

/**
 * Two-step verification: `account.getPassword` asks, `auth.checkPassword` answers.
 * @see https://core.telegram.org/api/srp
 */
export function addPasswordServices(services: ServiceRegistry): void {
  services.on(Api.account.GetPassword, 'anyone', (_request, context) => {
    const user = subjectOf(context)
    return passwordState(user, context)
  })

  services.on(Api.auth.CheckPassword, 'anyone', (request, context) => {
    const user = subjectOf(context)
    const { password } = request
    if (!(password instanceof Api.InputCheckPasswordSRP)) refuse(400, 'PASSWORD_HASH_INVALID')
    if (!user.password) refuse(400, 'PASSWORD_EMPTY')
    const challenge = context.accounts.takeChallenge(toBigInt(password.srpId), user) ?? refuse(400, 'SRP_ID_INVALID')
    if (!checkAnswer(user.password, challenge, { A: password.A, M1: password.M1 })) refuse(400, 'PASSWORD_HASH_INVALID')
    return authorize(context, user)
  })
}

/** The account that is logged in, or that has given its code and owes the password. */
function subjectOf(context: HandlerContext): WorldUser {
  const { passwordPendingFor } = identityOf(context.key)
  const pending = passwordPendingFor === undefined ? undefined : context.world.users.get(passwordPendingFor)
  return context.user ?? pending ?? refuse(401, 'AUTH_KEY_UNREGISTERED')
}

function passwordState(user: WorldUser, { accounts, platform }: ServiceContext): Api.account.Password {
  const { password } = user
  const challenge = accounts.challenge(user)
  const salts = (own: Uint8Array, salt2: Uint8Array, g: number, p: Uint8Array) =>
    new Api.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow({ salt1: own, salt2, g, p })
  const always = {
    newAlgo: password
      ? salts(platform.random.fill(new Uint8Array(8)), password.salt2, password.g, password.p)
      : new Api.PasswordKdfAlgoUnknown(),
    newSecureAlgo: new Api.SecurePasswordKdfAlgoUnknown(),
    secureRandom: platform.random.fill(new Uint8Array(256)),
    hint: password?.hint,
  }
  if (!password || !challenge) return new Api.account.Password(always)
  return new Api.account.Password({
    ...always,
    hasPassword: true,
    currentAlgo: salts(password.salt1, password.salt2, password.g, password.p),
    srp_B: challenge.B,
    srpId: challenge.srpId,
  })
}
