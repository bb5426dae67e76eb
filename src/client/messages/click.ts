import * as Api from '../../../generated/api/index.js'
import { LocalError } from '../../errors/errors.js'
import { isRpcError } from '../../errors/rpc-error.js'
import type { TelegramClient } from '../telegram-client.js'
import { sendMessage } from './send-message.js'
import { says, vote } from './vote.js'

/** Which button: by its data, its text, a condition, or its place, as index `i` of all or row `i` and column `j`. */
export interface ButtonClickParam {
  readonly data?: Uint8Array | undefined
  readonly text?: string | ((text: string) => boolean) | undefined
  /** Of a poll, it is asked about the answers. */
  readonly filter?: ((button: Api.TypeKeyboardButton) => boolean) | undefined
  /** Of a poll, also several answers; an empty list takes them back. */
  readonly i?: number | readonly number[] | undefined
  readonly j?: number | undefined
}

/**
 * What the bot answers; the message that was sent; the link that the button opens; how the poll stands; nothing where
 * the bot is silent.
 */
export type Clicked = Api.messages.TypeBotCallbackAnswer | Api.Message | Api.TypeUpdates | string | undefined

/**
 * Presses one of a message's buttons, or answers its poll; `undefined` where there is no such button or answer.
 * @throws see `press`
 */
export async function click(
  client: TelegramClient,
  peer: Api.TypeInputPeer,
  message: Api.Message,
  params: ButtonClickParam,
): Promise<Clicked> {
  const { id, media } = message
  if (params.data !== undefined) return askBot(client, new Api.messages.GetBotCallbackAnswer({ peer, msgId: id, data: params.data }))
  if (media?.className === 'MessageMediaPoll') return vote(client, peer, id, media.poll, params)
  const button = find(rowsOf(message) ?? [], params)
  return button && press(client, peer, id, button)
}

/** The buttons of a message; `undefined` where it has none. */
export function rowsOf({ replyMarkup }: Api.Message): Api.TypeKeyboardButton[][] | undefined {
  return replyMarkup !== undefined && 'rows' in replyMarkup ? replyMarkup.rows.map(({ buttons }) => buttons) : undefined
}

/** @throws {LocalError} `argument`, for a button that does more than asking the bot, saying something or opening a link */
export async function press(
  client: TelegramClient,
  peer: Api.TypeInputPeer,
  id: number,
  button: Api.TypeKeyboardButton,
): Promise<Clicked> {
  switch (button.className) {
    case 'KeyboardButton':
      return sendMessage(client, peer, { message: button.text, parseMode: false })
    case 'KeyboardButtonCallback':
      return askBot(client, new Api.messages.GetBotCallbackAnswer({ peer, msgId: id, data: button.data }))
    case 'KeyboardButtonGame':
      return askBot(client, new Api.messages.GetBotCallbackAnswer({ peer, msgId: id, game: true }))
    case 'KeyboardButtonUrl':
      return button.url
    default:
      throw new LocalError('argument', `click: expected a button with data, a text or a link, got a ${button.className}`)
  }
}

function find(rows: readonly Api.TypeKeyboardButton[][], params: ButtonClickParam): Api.TypeKeyboardButton | undefined {
  const { text, filter, j } = params
  const [i = -1] = [params.i ?? 0].flat()
  const all = rows.flat()
  if (text !== undefined) return all.find((button) => says(button.text, text))
  if (filter !== undefined) return all.find(filter)
  return j === undefined ? all[i] : rows[i]?.[j]
}

/** A bot that does not answer in time has been asked all the same. */
async function askBot(
  client: TelegramClient,
  request: Api.messages.GetBotCallbackAnswer,
): Promise<Api.messages.TypeBotCallbackAnswer | undefined> {
  try {
    return await client.invoke(request)
  } catch (error) {
    if (isRpcError(error) && error.type === 'BOT_RESPONSE_TIMEOUT') return undefined
    throw error
  }
}
