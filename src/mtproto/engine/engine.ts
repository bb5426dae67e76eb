import type { RemoteError, LocalError, TransportError } from '../../errors/errors.js'
import type { Instant } from '../../platform/clock.js'
import type { TransportCodec } from '../../transport/codec.js'

/** Names one call for as long as its engine lives. Not on the wire: a call may go out under several msg_ids. */
export type CallId = number

export interface CallOptions {
  /**
   * Carrying the call out twice does no harm (it only reads, or it has a `random_id`). Such a call is sent again when
   * nobody can say whether it was carried out; any other call then fails as `unknown-outcome`. Default false.
   */
  readonly idempotent?: boolean
  /** Ask for the transport's quick ack, and report the first sign of receipt as an `acknowledged` event. */
  readonly quickAck?: boolean
}

/**
 * What is to be done with the permanent key after a link was lost.
 * - `keep`: nothing speaks against it.
 * - `suspect`: an unauthenticated -404 said it is unknown. Keep it, try another address.
 * - `rejected`: the server said so inside an authenticated session, and a check with the key itself confirmed it.
 */
export type KeyVerdict = 'keep' | 'suspect' | 'rejected'

export type EngineEvent =
  /** A key was agreed on. Store a permanent one with its salt; a temporary one lives and dies with the engine. */
  | {
      readonly type: 'auth-key'
      readonly authKey: Uint8Array
      readonly salt: bigint
      readonly serverTimeOffsetMs: number
      readonly temporary: boolean
    }
  /** This link is ready for calls: a key is agreed on, and a temporary one is bound. Once per link. */
  | { readonly type: 'ready' }
  /** The boxed result, raw: only the caller knows its type. gzip is undone. The bytes are a view, not a copy. */
  | { readonly type: 'result'; readonly call: CallId; readonly body: Uint8Array }
  | { readonly type: 'rpc-error'; readonly call: CallId; readonly code: number; readonly message: string }
  /** The call has ended without an answer: its outcome is unknown, or its answer could not be unpacked. */
  | { readonly type: 'failed'; readonly call: CallId; readonly error: RemoteError | LocalError }
  /** The server has the call. Only for calls with `quickAck`; a hint, as quick acks are not authenticated. */
  | { readonly type: 'acknowledged'; readonly call: CallId }
  /** Any object that is no service message, raw: updates. */
  | { readonly type: 'message'; readonly body: Uint8Array }
  /** The server has made a new session, or a pushed object could not be unpacked: updates may have been missed. */
  | { readonly type: 'session-created' }
  /** The answer to `destroyAuthKey`: this key is gone, or the server would not have it. */
  | { readonly type: 'auth-key-destroyed'; readonly destroyed: boolean }
  /** The link is useless: close it, wait (backoff), dial again. Everything unanswered is kept. Once per link. */
  | { readonly type: 'lost'; readonly error: TransportError | RemoteError; readonly key: KeyVerdict }

/**
 * MTProto without IO: bytes and time go in, bytes and events come out. No clock, timer, socket or promise inside.
 *
 * A driver owns the link and one timer. After every call of a method that takes `now` it sends `takeOutput` until that
 * is `undefined`, drains `nextEvent`, and sets its timer to `deadline`.
 */
export interface Engine {
  /** A link is up, the first or the next one. `codec` is new and belongs to this link. */
  connected(codec: TransportCodec, now: Instant): void
  /** The link is gone. Keys, session and calls stay. Also to be called after `lost`, when the link has been closed. */
  disconnected(now: Instant): void
  /** Queues a call, `body` being the boxed query. Writes nothing; possible at any time, with or without a link. */
  send(body: Uint8Array, now: Instant, options?: CallOptions): CallId
  /**
   * The caller has lost interest: no event will name the call again. The server is told when it already has the call.
   */
  cancel(call: CallId, now: Instant): void
  /** Bytes of the link, split anywhere. Never throws on what they contain. */
  receive(chunk: Uint8Array, now: Instant): void
  /** `deadline` has passed. Calling it early does no harm. */
  timeout(now: Instant): void
  /** The next packet for the link, or `undefined` when there is nothing to send now. */
  takeOutput(now: Instant): Uint8Array | undefined
  nextEvent(): EngineEvent | undefined
  /** When `timeout` is due, on the monotonic clock in milliseconds; `undefined`: never. */
  deadline(): number | undefined
  /** Asks the server to forget the key in use (after a log-out). Ends in `auth-key-destroyed`, or in `lost`. */
  destroyAuthKey(now: Instant): void
}
