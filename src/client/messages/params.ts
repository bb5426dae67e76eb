import type * as Api from '../../../generated/api/index.js'
import { LocalError } from '../../errors/errors.js'
import { describe } from '../../errors/evidence.js'
import type { DateLike } from '../../tl/argument-values.js'
import { _parseMessageText } from '../compat/parse-mode.js'
import type { ParseInterface } from '../compat/text-entities.js'
import type { TelegramClient } from '../telegram-client.js'
import type { UploadSource } from '../files/source.js'
import type { MarkupLike } from './markup.js'

/** What a text looks like, and what is below it. */
export interface FormatParams {
  /** The notation of the text: the client's where it is left out, `md`, `html`, a parser, or `false` for text as it stands. */
  readonly parseMode?: string | ParseInterface | false | undefined
  /** What the formatting is; with it, the text is sent as it stands. */
  readonly formattingEntities?: readonly Api.TypeMessageEntity[] | undefined
  readonly buttons?: MarkupLike | undefined
}

/** What a message is an answer to. */
export interface ReplyParams {
  readonly replyTo?: number | Api.Message | undefined
  readonly topMsgId?: number | Api.Message | undefined
  /** The post of a channel that this is a comment on. */
  readonly commentTo?: number | Api.Message | undefined
}

/** How a message is sent, whatever is in it. */
export interface SendingParams extends ReplyParams {
  readonly silent?: boolean | undefined
  readonly clearDraft?: boolean | undefined
  readonly noforwards?: boolean | undefined
}

interface TextParams extends FormatParams {
  /** `false` keeps the server from showing what a link leads to. */
  readonly linkPreview?: boolean | undefined
  readonly schedule?: DateLike | undefined
}

/** What can be sent as a file: a path or bytes, a link, or what was received or uploaded before. */
export type FileLike =
  | UploadSource
  | Api.TypeMessageMedia
  | Api.TypeInputMedia
  | Api.TypeInputFile
  | Api.TypePhoto
  | Api.TypeDocument
  | Api.Message

/** How a file is shown. */
interface FileParams {
  /** Shows a picture or a film as a plain file. */
  readonly forceDocument?: boolean | undefined
  readonly attributes?: readonly Api.TypeDocumentAttribute[] | undefined
  readonly thumb?: UploadSource | undefined
}

export interface SendMessageParams extends TextParams, SendingParams, FileParams {
  /** A text, or a message whose copy is sent; beside a file, its caption. */
  readonly message?: string | Api.Message | undefined
  readonly file?: FileLike | readonly FileLike[] | undefined
  readonly supportStreaming?: boolean | undefined
}

export interface EditMessageParams extends TextParams, FileParams {
  /** The message to change; left out, the one that the event is about. */
  readonly message?: number | Api.Message | undefined
  /** Left out, the text stays. */
  readonly text?: string | undefined
  /** Takes the place of the file that the message has. On Node; in a browser it is made by a function of `rawgram/client/uploads`. */
  readonly file?: FileLike | undefined
}

const SHARED: readonly string[] = ['message', 'parseMode', 'formattingEntities', 'buttons', 'linkPreview', 'schedule']
const KNOWN: Readonly<Record<'send' | 'edit', ReadonlySet<string>>> = {
  send: new Set([...SHARED, 'replyTo', 'topMsgId', 'silent', 'clearDraft', 'noforwards']),
  edit: new Set([...SHARED, 'text', 'file', 'forceDocument', 'attributes', 'thumb']),
}

/**
 * Existing code may ask for what the package `telegram` does besides: nothing of that is left undone silently.
 * @throws {LocalError} `argument`, with what to do instead.
 */
export function checkParams(what: 'send' | 'edit', params: SendMessageParams | EditMessageParams): void {
  const name = what === 'send' ? 'message' : 'text'
  const text = (params as { readonly message?: unknown; readonly text?: unknown })[name]
  if (typeof text !== 'string' && (what === 'send' || text !== undefined)) {
    const got = describe(text)
    throw new LocalError('argument', `${name}: expected a text as in { ${name}: 'text' }, got ${got}`, { path: name, got })
  }
  for (const [given, value] of Object.entries(params)) {
    if (KNOWN[what].has(given) || value === undefined || value === false) continue
    const [request, whole] = what === 'send' ? ['SendMedia', 'text and buttons'] : ['EditMessage', 'text, buttons and a file']
    const advice = `invoke Api.messages.${request} for more than ${whole}`
    throw new LocalError('argument', `${given}: expected no such parameter, got one; ${advice}`, { path: given })
  }
}

/** The text and its formatting, as requests take them. @throws {LocalError} `argument`, for a notation that is none */
export async function formatted(
  client: TelegramClient,
  text: string,
  { parseMode, formattingEntities }: TextParams,
): Promise<{ readonly message: string; readonly entities: Api.TypeMessageEntity[] | undefined }> {
  if (formattingEntities !== undefined) return { message: text, entities: [...formattingEntities] }
  const [message, entities] = await _parseMessageText(client, text, parseMode)
  return { message, entities: entities.length > 0 ? entities : undefined }
}
