import type { EngineEvent } from '../engine/engine.js'
import type { ServiceItem } from '../engine/service-item.js'
import type { SaltPeriod } from '../salts.js'

/** What a service message asks of the engine. Handlers only name effects; the engine carries them out, in order. */
export type Effect =
  /** The server wants this salt from now on. */
  | { readonly do: 'adopt-salt'; readonly salt: bigint }
  | { readonly do: 'announce-salts'; readonly periods: readonly SaltPeriod[] }
  /** The server has said what time it is: milliseconds since 1970. */
  | { readonly do: 'set-clock'; readonly serverMs: number }
  /**
   * The server has certainly not processed this packet of these messages: they go out again under new ids. About a call
   * that left in other packets as well, which must not be carried out twice, the server is asked.
   */
  | { readonly do: 'send-again'; readonly msgIds: readonly bigint[] }
  /**
   * The server did not have these messages when it was asked. They may still be on their way, over a link that was given
   * up: they go out again under the ids that they have, so that the server takes one copy only.
   * `saidMs`: when it was asked, by its own clock, in milliseconds since 1970.
   */
  | { readonly do: 'repeat'; readonly msgIds: readonly bigint[]; readonly saidMs: number }
  /**
   * The server has not processed this packet of these messages, and can't say whether it had them before: those that left
   * once go out again under new ids, and of those that left twice nobody knows the outcome.
   */
  | { readonly do: 'too-old'; readonly msgIds: readonly bigint[] }
  /** The server knows nothing about these messages (any more): whether it processed them is unknown. */
  | { readonly do: 'forgotten'; readonly msgIds: readonly bigint[] }
  /** The server has these messages. */
  | { readonly do: 'received'; readonly msgIds: readonly bigint[] }
  /** The server has a new session: it knows nothing of what was sent before `firstMsgId`. */
  | { readonly do: 'session-created'; readonly firstMsgId: bigint; readonly uniqueId: bigint }
  /**
   * This session is of no use any more: a new one, in which these messages go out again. A call that left in other
   * packets as well, which must not be carried out twice, waits in the old one for its answer, as long as any is taken.
   */
  | { readonly do: 'leave-session'; readonly msgIds: readonly bigint[] }
  /** An answer of the server to a message of ours is there: to be acknowledged, as it has been received before. */
  | { readonly do: 'acknowledge'; readonly msgId: bigint }
  | { readonly do: 'send'; readonly item: ServiceItem }
  /** A pong for the ping that is waited for. */
  | { readonly do: 'pong'; readonly pingId: bigint }
  /** rpc_result. */
  | { readonly do: 'answer'; readonly msgId: bigint; readonly result: Uint8Array }
  | { readonly do: 'emit'; readonly event: EngineEvent }

export const NO_EFFECT: readonly Effect[] = []
