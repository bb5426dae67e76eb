import type { TlObject } from '../tl/object.js'

/** Which counter an update moves, if any. */
export type Sequence =
  /** Private chats and basic groups, or the channel with this id (decimal). */
  | { readonly kind: 'pts'; readonly channel: string | undefined; readonly pts: number; readonly count: number }
  | { readonly kind: 'qts'; readonly qts: number }
  | { readonly kind: 'none' }

interface Fields {
  readonly className: string
  readonly pts?: number
  readonly ptsCount?: number
  readonly qts?: number
  readonly channelId?: unknown
  readonly message?: { readonly peerId?: { readonly channelId?: unknown } }
}

/** Updates that name a channel and count in the sequence of private chats all the same. */
const COMMON = /^UpdateShort/

/**
 * The place of an update in its sequence. A `pts` without a `pts_count` is information about another event, and moves
 * nothing.
 * @see https://core.telegram.org/api/updates#pts-checking-and-applying
 */
export function sequenceOf(update: TlObject): Sequence {
  const { className, pts, ptsCount, qts, channelId, message } = update as unknown as Fields
  if (typeof pts === 'number' && typeof ptsCount === 'number') {
    const channel = COMMON.test(className)
      ? undefined
      : (channelId ?? (/Channel/.test(className) ? message?.peerId?.channelId : undefined))
    return { kind: 'pts', channel: channel === undefined ? undefined : String(channel), pts, count: ptsCount }
  }
  return typeof qts === 'number' ? { kind: 'qts', qts } : { kind: 'none' }
}
