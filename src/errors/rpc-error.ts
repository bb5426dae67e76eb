/** Types whose text always carries a number: seconds to wait, the data centre to turn to, the part that is missing. */
export type ArguedType =
  `${string}_WAIT` | `${string}_MIGRATE` | `${string}_TOO_FRESH` | 'FILE_PART_MISSING' | 'TAKEOUT_INIT_DELAY'

/** The number of an error of this type: certain, or possible. */
export type ArgumentOf<Type extends string> = [Type] extends [ArguedType] ? number : number | undefined

/**
 * The server said no. `FLOOD_WAIT_3` is split into `type: 'FLOOD_WAIT'` and `argument: 3`; the text as the server sent
 * it is `rpcMessage`.
 *
 * ```ts
 * try { await client.invoke(request) } catch (error) {
 *   if (isRpcError(error, 'FLOOD_WAIT')) console.log(`try again in ${error.argument} s`)
 * }
 * ```
 * @see https://core.telegram.org/api/errors
 */
export class RpcError<Type extends string = string> extends Error {
  /** As existing code spells and compares it. */
  override readonly name: string = 'RPCError'
  /** The kind of failure as HTTP would number it: 303, 400, 401, 403, 404, 406, 420, 500, -503. */
  readonly code: number
  /** The server's text without its number: `FLOOD_WAIT`, `FILE_REFERENCE_EXPIRED`. */
  readonly type: Type
  /** The number inside the text: seconds, a data centre, a part of a file. */
  readonly argument: ArgumentOf<Type>
  /** The server's text, unchanged. */
  readonly rpcMessage: string
  /** What existing code compares: the server's text, or `FLOOD` for every wait. */
  readonly errorMessage: string
  /** The method that failed as `Api` spells it, such as `messages.GetHistory`; of a wrapped call the innermost. */
  readonly method: string | undefined
  /** What the call was wrapped in, the outermost first: `['InvokeWithLayer']`. */
  readonly wrappers: readonly string[]

  constructor(
    code: number,
    rpcMessage: string,
    method?: string,
    options: { sentence?: string; errorMessage?: string; wrappers?: readonly string[] } = {},
  ) {
    const cause = method === undefined ? '' : ` (caused by ${method})`
    super(`${options.sentence ?? `${code}: ${rpcMessage}`}${cause}`)
    const { type, argument } = splitRpcMessage(rpcMessage)
    this.code = code
    this.type = type as Type
    this.argument = argument as ArgumentOf<Type>
    this.rpcMessage = rpcMessage
    this.errorMessage = options.errorMessage ?? rpcMessage
    this.method = method
    this.wrappers = options.wrappers ?? []
  }
}

/**
 * `FLOOD_WAIT_3` as `{ type: 'FLOOD_WAIT', argument: 3 }`; the number may stand in the middle
 * (`FILE_REFERENCE_5_EXPIRED`), and digits inside a word (`2FA_CONFIRM_WAIT_9`) belong to the word.
 */
export function splitRpcMessage(rpcMessage: string): { type: string; argument: number | undefined } {
  const words = rpcMessage.split('_')
  const at = words.findIndex((word, i) => i > 0 && /^\d+$/.test(word))
  if (at === -1) return { type: rpcMessage, argument: undefined }
  return { type: words.filter((_, i) => i !== at).join('_'), argument: Number(words[at]) }
}

/** One member for each type, so that who compares `type` also knows whether there is an `argument`. */
export type RpcErrorOf<Type extends string> = Type extends string ? RpcError<Type> : never

/** A request class that names the errors it raises, as generated methods do. */
interface RaisingMethod<Type extends string> {
  readonly className: string
  readonly prototype: { readonly __errors: Type }
}

/**
 * Narrows to an error of the server: any, of one type, or raised by one method (and then to the types it can raise).
 * The error of a wrapped call is one of the method inside, and of each wrapper.
 */
export function isRpcError(error: unknown): error is RpcError
export function isRpcError<Type extends string>(error: unknown, type: Type): error is RpcErrorOf<Type>
export function isRpcError<Type extends string>(error: unknown, method: RaisingMethod<Type>): error is RpcErrorOf<Type>
export function isRpcError(error: unknown, which?: string | RaisingMethod<string>): boolean {
  if (!(error instanceof RpcError)) return false
  if (which === undefined) return true
  if (typeof which === 'string') return error.type === which
  return error.method === which.className || error.wrappers.includes(which.className)
}
