import type * as Api from '../../../generated/api/index.js'
import { LocalError } from '../../errors/errors.js'
import type { DateLike } from '../../tl/argument-values.js'
import type { MarkupLike } from './markup.js'

interface TextParams {
  /** What the formatting is; the text itself is sent as it stands. */
  readonly formattingEntities?: readonly Api.TypeMessageEntity[] | undefined
  readonly buttons?: MarkupLike | undefined
  /** `false` keeps the server from showing what a link leads to. */
  readonly linkPreview?: boolean | undefined
  readonly schedule?: DateLike | undefined
}

export interface SendMessageParams extends TextParams {
  readonly message: string
  readonly replyTo?: number | Api.Message | undefined
  readonly topMsgId?: number | Api.Message | undefined
  readonly silent?: boolean | undefined
  readonly clearDraft?: boolean | undefined
  readonly noforwards?: boolean | undefined
}

export interface EditMessageParams extends TextParams {
  /** The message to change; left out, the one that the event is about. */
  readonly message?: number | Api.Message | undefined
  /** Left out, the text stays. */
  readonly text?: string | undefined
}

const SHARED: readonly string[] = ['message', 'formattingEntities', 'buttons', 'linkPreview', 'schedule']
const KNOWN: Readonly<Record<'send' | 'edit', ReadonlySet<string>>> = {
  send: new Set([...SHARED, 'replyTo', 'topMsgId', 'silent', 'clearDraft', 'noforwards']),
  edit: new Set([...SHARED, 'text']),
}

/**
 * Existing code may ask for what the package `telegram` does besides: nothing of that is left undone silently.
 * @throws {LocalError} `argument`, with what to do instead.
 */
export function checkParams(what: 'send' | 'edit', params: object): void {
  for (const [name, value] of Object.entries(params)) {
    if (KNOWN[what].has(name) || value === undefined || value === false) continue
    const advice =
      name === 'parseMode'
        ? 'put the formatting into formattingEntities'
        : `invoke Api.messages.${what === 'send' ? 'SendMedia' : 'EditMessage'} for more than text and buttons`
    throw new LocalError('argument', `${name}: expected no such parameter, got one; ${advice}`, { path: name })
  }
}
