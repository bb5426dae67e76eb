import type { RpcError } from '../errors/rpc-error.js'
import { MAX_MIGRATIONS, MAX_REPAIRS, RETRY_BASE_MS } from './limits.js'

/** What has happened to one call so far, and what its caller allows. */
export interface CallHistory {
  /** Attempts that the server failed to carry out (500, -503). */
  readonly failures: number
  readonly migrations: number
  /** Times that the call was sent again because of CONNECTION_NOT_INITED, MSG_WAIT_* or a lost authorisation. */
  readonly repairs: number
  readonly requestRetries: number
  readonly floodSleepThresholdSeconds: number
  /** The call went to the account's home data centre. */
  readonly atHome: boolean
}

export type Decision =
  /** Wait, then send the same call again. With `method`, other calls of this method wait as well. */
  | {
      readonly kind: 'wait'
      readonly delayMs: number
      readonly counts: 'flood' | 'failure' | 'repair'
      readonly wholeMethod: boolean
    }
  /** The account, or with `request` this call alone, belongs to another data centre. */
  | { readonly kind: 'migrate'; readonly dcId: number; readonly scope: 'account' | 'request' }
  /** Introduce the client again, and send the same call. */
  | { readonly kind: 'introduce' }
  /** Carry the authorisation over from home again, and send the same call. */
  | { readonly kind: 'authorise' }
  /** The caller has to know. With `logout`, the key is of no use any more. */
  | { readonly kind: 'raise'; readonly logout: boolean }

const RAISE: Decision = { kind: 'raise', logout: false }
const ACCOUNT_MOVES = new Set(['PHONE_MIGRATE', 'NETWORK_MIGRATE', 'USER_MIGRATE'])
const REQUEST_MOVES = new Set(['FILE_MIGRATE', 'STATS_MIGRATE'])
/** Waits that belong to one method; a slow chat holds back that chat alone. */
const METHOD_WAITS = new Set(['FLOOD_WAIT', 'FLOOD_PREMIUM_WAIT', 'FLOOD_TEST_PHONE_WAIT'])
const LOGGED_OUT = new Set([
  'AUTH_KEY_UNREGISTERED',
  'AUTH_KEY_INVALID',
  'SESSION_REVOKED',
  'SESSION_EXPIRED',
  'USER_DEACTIVATED',
  'USER_DEACTIVATED_BAN',
])
const SERVER_FAILURES = new Set([
  'RPC_CALL_FAIL',
  'RPC_MCGET_FAIL',
  'WORKER_BUSY_TOO_LONG_RETRY',
  'INTERDC_CALL_ERROR',
  'INTERDC_CALL_RICH_ERROR',
  'Timeout',
  'Timedout',
  'No workers running',
])
/** The server's time limit for an invokeAfterMsg is 0.5 s, so that the call it waits for may be there after as long. */
const MSG_WAIT_DELAY_MS = 500

/**
 * What to do about a refusal.
 * @see https://core.telegram.org/api/errors
 */
export function decide(error: RpcError, history: CallHistory): Decision {
  const { type, code, argument = 0 } = error
  const repairable = history.repairs < MAX_REPAIRS
  if (METHOD_WAITS.has(type) || type === 'SLOWMODE_WAIT') {
    if (argument > history.floodSleepThresholdSeconds) return RAISE
    return { kind: 'wait', delayMs: argument * 1000, counts: 'flood', wholeMethod: type !== 'SLOWMODE_WAIT' }
  }
  if (ACCOUNT_MOVES.has(type) || REQUEST_MOVES.has(type)) {
    if (argument === 0 || history.migrations >= MAX_MIGRATIONS) return RAISE
    return { kind: 'migrate', dcId: argument, scope: REQUEST_MOVES.has(type) ? 'request' : 'account' }
  }
  if (type === 'CONNECTION_NOT_INITED' || type === 'CONNECTION_LAYER_INVALID')
    return repairable ? { kind: 'introduce' } : RAISE
  if (type.startsWith('MSG_WAIT_')) {
    return repairable ? { kind: 'wait', delayMs: MSG_WAIT_DELAY_MS, counts: 'repair', wholeMethod: false } : RAISE
  }
  if (type === 'AUTH_KEY_DUPLICATED') return { kind: 'raise', logout: history.atHome }
  if (LOGGED_OUT.has(type)) {
    if (history.atHome) return { kind: 'raise', logout: true }
    return repairable && type === 'AUTH_KEY_UNREGISTERED' ? { kind: 'authorise' } : RAISE
  }
  if (
    (code === 500 && type !== 'AUTH_RESTART') ||
    code === -500 ||
    Math.abs(code) === 503 ||
    SERVER_FAILURES.has(type)
  ) {
    if (history.failures + 1 >= history.requestRetries) return RAISE
    return { kind: 'wait', delayMs: RETRY_BASE_MS * 2 ** history.failures, counts: 'failure', wholeMethod: false }
  }
  return RAISE
}
