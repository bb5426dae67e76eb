import * as Api from '../../../generated/api/index.js'
import { inputUserOf } from '../../entities/convert.js'
import { LocalError } from '../../errors/errors.js'
import { describe } from '../../errors/evidence.js'
import type { TelegramClient } from '../telegram-client.js'
import { HTMLParser } from './html-parser.js'
import { MarkdownParser } from './markdown-parser.js'
import type { FormattedText, ParseInterface } from './text-entities.js'

/**
 * The parser of a name that existing code gives: `md`, `markdown` or `html`; an object with `parse` and `unparse` is one
 * itself.
 * @throws {LocalError} `argument`, for anything else.
 */
export function sanitizeParseMode(mode: string | ParseInterface): ParseInterface {
  if (mode === 'md' || mode === 'markdown') return MarkdownParser
  if (mode === 'html') return HTMLParser
  if (isParser(mode)) return mode
  const got = describe(mode)
  const expected = "'md', 'markdown', 'html' or an object with parse and unparse"
  const advice = typeof mode === 'string' && /^m(?:ark)?d(?:own)?v?2$/.test(mode) ? '; the second Markdown is left out' : ''
  throw new LocalError('argument', `Invalid parse mode type: expected ${expected}, got ${got}${advice}`, { expected, got })
}

/**
 * Text as `messages.SendMessage` takes it: its `message` and its `entities`. Links to `tg://user?id=` become mentions.
 * @param parseMode the client's, where it is left out; `false` for text as it is
 */
export async function _parseMessageText(
  client: Pick<TelegramClient, 'getInputEntity' | 'parseMode'>,
  message: string,
  parseMode: string | ParseInterface | false = client.parseMode ?? false,
): Promise<FormattedText> {
  if (parseMode === false) return [message, []]
  const [text, entities] = sanitizeParseMode(parseMode).parse(message)
  return [text, await Promise.all(entities.map((entity) => withMention(client, entity)))]
}

/** Text with its formatting in the client's notation; without a notation, the text alone. */
export function unparsed(
  { parseMode }: Pick<TelegramClient, 'parseMode'>,
  message: string,
  entities: readonly Api.TypeMessageEntity[] | undefined,
): string {
  return parseMode === undefined ? message : parseMode.unparse(message, entities)
}

async function withMention(
  client: Pick<TelegramClient, 'getInputEntity'>,
  entity: Api.TypeMessageEntity,
): Promise<Api.TypeMessageEntity> {
  if (entity.className !== 'MessageEntityTextUrl') return entity
  const id = /^tg:\/\/user\?id=(\d+)$/.exec(entity.url)?.[1]
  if (id === undefined) return entity
  const userId = inputUserOf(await client.getInputEntity(id))
  const { offset, length } = entity
  return userId === undefined ? entity : new Api.InputMessageEntityMentionName({ offset, length, userId })
}

function isParser(mode: unknown): mode is ParseInterface {
  const { parse, unparse } = (mode ?? {}) as { parse?: unknown; unparse?: unknown }
  return typeof parse === 'function' && typeof unparse === 'function'
}
