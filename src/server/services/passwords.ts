import * as Api from '../../../generated/api/index.js'
import { identityOf } from '../core/auth-keys.js'
import { bigIntFromBytesBE } from '../../bytes/bigint.js'
import { randomBytes } from '../../platform/random.js'
import { checkAnswer, freshGroup, type PasswordVerifier } from '../world/password.js'
import type { WorldUser } from '../world/peers.js'
import { authorize } from './auth.js'
import type { HandlerContext, ServiceContext } from './context.js'
import { callerOf } from './input-peers.js'
import { toBigInt } from './longs.js'
import { refuse } from './refuse.js'
import type { ServiceRegistry } from './registry.js'

const { PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow: SrpAlgorithm } = Api

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
    if (!user.password) refuse(400, 'PASSWORD_EMPTY')
    checkPassword(user, request.password, context)
    return authorize(context, user)
  })

  services.on(Api.account.UpdatePasswordSettings, 'account', (request, context) => {
    const user = callerOf(context)
    if (user.password) checkPassword(user, request.password, context)
    const { newAlgo, newPasswordHash, hint } = request.newSettings
    if (newAlgo === undefined) return true
    const off = newAlgo instanceof Api.PasswordKdfAlgoUnknown || newPasswordHash?.length === 0
    user.password = off ? undefined : newVerifier(newAlgo, newPasswordHash, hint)
    return true
  })
}

/** @throws {RpcError} 400 SRP_ID_INVALID or PASSWORD_HASH_INVALID, unless the proof is that of the password. */
function checkPassword(user: WorldUser, proof: Api.TypeInputCheckPasswordSRP, { accounts }: ServiceContext): void {
  if (!user.password || !(proof instanceof Api.InputCheckPasswordSRP)) refuse(400, 'PASSWORD_HASH_INVALID')
  const challenge = accounts.takeChallenge(toBigInt(proof.srpId), user) ?? refuse(400, 'SRP_ID_INVALID')
  if (!checkAnswer(user.password, challenge, { A: proof.A, M1: proof.M1 })) refuse(400, 'PASSWORD_HASH_INVALID')
}

function newVerifier(
  algorithm: Api.TypePasswordKdfAlgo,
  hash: Uint8Array | undefined,
  hint: string | undefined,
): PasswordVerifier {
  if (!(algorithm instanceof SrpAlgorithm) || hash?.length !== 256) refuse(400, 'NEW_SETTINGS_INVALID')
  const { salt1, salt2, g, p } = algorithm
  return { salt1, salt2, g, p, v: bigIntFromBytesBE(hash), hint }
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
  const { g, p, salt2 } = password ?? freshGroup(platform.random)
  const always = {
    newAlgo: new SrpAlgorithm({ salt1: randomBytes(platform.random, 8), salt2, g, p }),
    newSecureAlgo: new Api.SecurePasswordKdfAlgoUnknown(),
    secureRandom: randomBytes(platform.random, 256),
    hint: password?.hint,
  }
  if (!password || !challenge) return new Api.account.Password(always)
  return new Api.account.Password({
    ...always,
    hasPassword: true,
    currentAlgo: new SrpAlgorithm({ salt1: password.salt1, salt2, g, p }),
    srp_B: challenge.B,
    srpId: challenge.srpId,
  })
}
