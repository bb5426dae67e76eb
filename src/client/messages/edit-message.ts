import * as Api from '../../../generated/api/index.js'
import type { TelegramClient } from '../telegram-client.js'
import { fileMedia } from './file-media.node.js'
import { replyMarkup } from './markup.js'
import { messageIn } from './message-in.js'
import { checkParams, formatted, type EditMessageParams } from './params.js'

/**
 * Changes the text, the file or the buttons of a message, and returns it as it is now.
 * @throws {LocalError} `argument`, for parameters that are more than that, and for what is no file.
 * @throws {RpcError} the server's refusal: `MESSAGE_NOT_MODIFIED`, `MESSAGE_AUTHOR_REQUIRED`, ...
 */
export async function editMessage(
  client: TelegramClient,
  peer: Api.TypeInputPeer,
  id: number,
  params: EditMessageParams,
): Promise<Api.Message | undefined> {
  const request = new Api.messages.EditMessage({ peer, id, scheduleDate: params.schedule, ...(await changes(client, params)) })
  return messageIn(await client.invoke(request), id)
}

/** The same for a message that was sent by way of a bot: it lives in the data centre that its id names. */
export async function editInlineMessage(
  client: TelegramClient,
  id: Api.TypeInputBotInlineMessageID,
  params: EditMessageParams,
): Promise<void> {
  await client.invoke(new Api.messages.EditInlineBotMessage({ id, ...(await changes(client, params)) }), id.dcId)
}

/** What a message that is edited keeps, unless it is given anew: its text, and its buttons. */
export function keptOf({ message, entities, replyMarkup: buttons }: Api.Message, { text }: EditMessageParams): EditMessageParams {
  return text === undefined ? { buttons, text: message, formattingEntities: entities ?? [] } : { buttons }
}

type Changes = Partial<Pick<Api.messages.EditInlineBotMessage, 'message' | 'entities' | 'media' | 'replyMarkup' | 'noWebpage'>>

async function changes(client: TelegramClient, params: EditMessageParams): Promise<Changes> {
  checkParams('edit', params)
  const { text, file, forceDocument, attributes, thumb, buttons, linkPreview } = params
  return {
    // Existing code says with null, or an empty path, that there is no file.
    media: file ? await fileMedia(client, file, { forceDocument: forceDocument === true, attributes: attributes ?? [], thumb }) : undefined,
    ...(text === undefined ? {} : await formatted(client, text, params)),
    replyMarkup: replyMarkup(buttons),
    noWebpage: linkPreview === false,
  }
}
