/** What is called, for messages about it. */
export interface Called {
  /** `messages.GetHistory`; of a wrapped call the innermost. */
  readonly method: string
  /** What is wrapped around it, the outermost first: `['InvokeWithLayer', 'InvokeWithTakeout']`. */
  readonly wrappers?: readonly string[]
}

/** One call as the connection sees it: bytes out, bytes back. */
export interface Query extends Called {
  /** The boxed method call. The invoker disposes of it once it has been answered. */
  readonly body: Uint8Array
  /** Carrying it out twice does no harm. */
  readonly idempotent: boolean
}

/** How long the caller wants to wait. */
export interface CallLimits {
  readonly signal?: AbortSignal | undefined
  /** For one attempt; waits that the server asked for do not count. */
  readonly timeoutMs?: number | undefined
  /**
   * Called at the first sign that the server has the call, long before its answer perhaps. A hint: quick acks are not
   * authenticated.
   */
  readonly onAcknowledged?: (() => void) | undefined
}

const READING = /^(?:Get|Search|Resolve|Export|Ping)/
const HARMLESS = new Set(['upload.SaveFilePart', 'upload.SaveBigFilePart', 'auth.ImportLoginToken', 'help.SaveAppLog'])
/** Names that begin like a reading method and are none. */
const CHANGING = new Set([
  'messages.GetBotCallbackAnswer',
  'messages.ExportChatInvite',
  'chatlists.ExportChatlistInvite',
])

/**
 * Whether a method may be sent again when nobody knows if it was carried out: it only reads, or the server recognises
 * the second copy by its `random_id`.
 * @see https://core.telegram.org/method/messages.sendMessage (random_id: to prevent resending)
 */
export function isIdempotent(request: { readonly className: string }): boolean {
  const { className } = request
  if (CHANGING.has(className)) return false
  return (
    HARMLESS.has(className) || 'randomId' in request || READING.test(className.slice(className.lastIndexOf('.') + 1))
  )
}
