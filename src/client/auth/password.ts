import * as Api from '../../../generated/api/index.js'
import { answerPasswordChallenge, type PasswordAlgorithm } from '../../crypto/srp.js'
import { LocalError } from '../../errors/errors.js'
import { isRpcError } from '../../errors/rpc-error.js'
import type { Random } from '../../platform/random.js'
import { systemPlatform } from '../../platform/system.js'
import type { ClientCore } from '../core.js'
import { loggedIn, userOf } from './authorization.js'
import { notText, untilRight } from './login-loop.js'
import type { OnLoginError } from './params.js'

export interface PasswordParams {
  readonly password?: ((hint?: string) => string | Promise<string>) | undefined
  readonly onError?: OnLoginError | undefined
}

/** Fresh challenges that are fetched when the server has forgotten the last one. */
const MAX_CHALLENGES = 3

/**
 * Two-step verification: proves by SRP that the password is known, without sending it.
 * @throws {LocalError} `password`, when a password is wanted and `password` is not given.
 * @throws {RemoteError} `handshake`, when the server's numbers are unsafe; then nothing about the password was sent.
 * @see https://core.telegram.org/api/srp
 */
export async function signInWithPassword(core: ClientCore, params: PasswordParams): Promise<Api.User> {
  const { password: ask } = params
  if (ask === undefined) {
    const error = new LocalError('password', 'this account has a password; pass password: async (hint) => ...')
    await params.onError?.(error) // once, as nothing that the user enters could mend it
    throw error
  }
  return untilRight(async () => {
    const asked = await core.ask(new Api.account.GetPassword())
    const password = await ask(asked.hint)
    if (typeof password !== 'string' || password === '')
      throw new LocalError('password', `the password is ${notText(password)}`)
    return loggedIn(core, userOf(await checkPassword(core, asked, password)))
  }, params.onError)
}

async function checkPassword(
  core: ClientCore,
  asked: Api.account.TypePassword,
  password: string,
): Promise<Api.auth.TypeAuthorization> {
  let challenge = asked
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await computeCheck(challenge, password, core.settings.platform.random)
      return await core.ask(new Api.auth.CheckPassword({ password: answer }))
    } catch (error) {
      const stale = isRpcError(error, 'SRP_ID_INVALID') || isRpcError(error, 'SRP_PASSWORD_CHANGED')
      if (!stale || attempt === MAX_CHALLENGES) throw error
      challenge = await core.ask(new Api.account.GetPassword())
    }
  }
}

/**
 * The answer to the challenge in `account.password`, for `auth.checkPassword` and all methods that ask for a password.
 * @throws {LocalError} `password`, when the account has none or the algorithm is unknown.
 * @throws {RemoteError} `handshake`, when the server's numbers are unsafe.
 */
export async function computeCheck(
  challenge: Api.account.TypePassword,
  password: string,
  random: Random = systemPlatform.random,
): Promise<Api.InputCheckPasswordSRP> {
  const { srpId, srp_B: srpB, currentAlgo } = challenge
  if (currentAlgo === undefined || srpId === undefined || srpB === undefined) {
    throw new LocalError('password', 'this account has no password')
  }
  const { A, M1 } = await answerPasswordChallenge(algorithmOf(currentAlgo), srpB, password, random)
  return new Api.InputCheckPasswordSRP({ srpId, A, M1 })
}

export function algorithmOf(algorithm: Api.TypePasswordKdfAlgo): PasswordAlgorithm {
  if (algorithm.className === 'PasswordKdfAlgoUnknown') {
    throw new LocalError('password', 'the server uses a password algorithm that this version does not know')
  }
  const { salt1, salt2, g, p } = algorithm
  return { salt1, salt2, g, p }
}
