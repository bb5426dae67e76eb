import * as Api from '../../../generated/api/index.js'
import { toHex } from '../../bytes/hex.js'
import { randomBytes } from '../../platform/random.js'
import { BoundedMap } from '../bounded-map.js'
import { identityOf, type ServerKey } from '../core/auth-keys.js'
import { MAX_LOGINS_UNDER_WAY } from '../limits.js'
import { authorize } from './auth.js'
import type { ServiceContext } from './context.js'
import { callerOf } from './input-peers.js'
import { refuse } from './refuse.js'
import type { ServiceRegistry } from './registry.js'

const TOKEN_SECONDS = 30

interface LoginToken {
  readonly key: ServerKey
  readonly bytes: Uint8Array
  readonly expires: number
  acceptedBy: bigint | undefined
}

/**
 * Logging in by a QR code: a stranger shows a token, somebody who is logged in accepts it, the stranger is told by
 * `updateLoginToken` and asks again.
 * @see https://core.telegram.org/api/qr-login
 */
export function addLoginTokenServices(services: ServiceRegistry): void {
  const tokens = new BoundedMap<string, LoginToken>(MAX_LOGINS_UNDER_WAY)

  services.on(Api.auth.ExportLoginToken, 'anyone', (_request, context) => {
    const identity = identityOf(context.key)
    for (const [name, { key, acceptedBy, bytes, expires }] of tokens) {
      if (expires < context.now) tokens.delete(name)
      else if (key === identity && acceptedBy !== undefined) return succeed(context, tokens, bytes)
    }
    const bytes = randomBytes(context.platform.random, 32)
    const expires = context.now + TOKEN_SECONDS
    tokens.set(toHex(bytes), { key: identity, bytes, expires, acceptedBy: undefined })
    return new Api.auth.LoginToken({ expires, token: bytes })
  })

  services.on(Api.auth.ImportLoginToken, 'anyone', ({ token }, context) => succeed(context, tokens, token))

  services.on(Api.auth.AcceptLoginToken, 'account', ({ token: bytes }, context) => {
    const token = tokens.get(toHex(bytes)) ?? refuse(400, 'AUTH_TOKEN_INVALID')
    if (token.expires < context.now) refuse(400, 'AUTH_TOKEN_EXPIRED')
    if (token.acceptedBy !== undefined) refuse(400, 'AUTH_TOKEN_ALREADY_ACCEPTED')
    token.acceptedBy = callerOf(context).id
    context.notifyKey(token.key, new Api.UpdateShort({ update: new Api.UpdateLoginToken(), date: context.now }))
    return new Api.Authorization({
      hash: context.world.randomId(),
      deviceModel: token.key.client?.deviceModel ?? '',
      platform: '',
      systemVersion: token.key.client?.systemVersion ?? '',
      apiId: token.key.client?.apiId ?? 0,
      appName: '',
      appVersion: token.key.client?.appVersion ?? '',
      dateCreated: context.now,
      dateActive: context.now,
      ip: '127.0.0.1',
      country: '',
      region: '',
    })
  })
}

function succeed(
  context: ServiceContext,
  tokens: Map<string, LoginToken>,
  bytes: Uint8Array,
): Api.auth.LoginTokenSuccess {
  const token = tokens.get(toHex(bytes))
  if (!token || token.expires < context.now) refuse(400, 'AUTH_TOKEN_EXPIRED')
  const user = token.acceptedBy === undefined ? undefined : context.world.users.get(token.acceptedBy)
  if (!user || token.key !== identityOf(context.key)) refuse(400, 'AUTH_TOKEN_INVALID')
  tokens.delete(toHex(bytes))
  if (user.password) {
    token.key.passwordPendingFor = user.id
    refuse(401, 'SESSION_PASSWORD_NEEDED')
  }
  return new Api.auth.LoginTokenSuccess({ authorization: authorize(context, user) })
}
