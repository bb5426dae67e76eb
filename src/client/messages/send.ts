import * as Api from '../../../generated/api/index.js'
import { wrongArgument } from '../../errors/wrong-argument.js'
import type { TelegramClient } from '../telegram-client.js'
import type { SendMessageParams } from './params.js'
import { replyPlace } from './reply-place.js'
import type { SendFileInterface } from './send-file.js'
import { sendFile } from './send-file.node.js'
import { sendMessage } from './send-message.js'
import type { EventMessage } from './shortcuts.js'
import { shownMessage } from './shown-message.js'

/**
 * Sends a text, a file with a text, or a copy of a message.
 * @throws {LocalError} `argument`, for parameters that make no sense together.
 * @throws {RpcError} the server's refusal.
 */
export async function send(client: TelegramClient, entity: Api.TypeEntityLike, params: SendMessageParams): Promise<EventMessage> {
  // Existing code says with null, or an empty path, that there is no file.
  const { message, file, commentTo, ...rest } = params
  if (typeof message === 'object' && !(message instanceof Api.Message)) throw wrongArgument('message', 'a text or a message', message)
  if (file) return sendFile(client, entity, fileParams({ ...params, file }))
  if (message instanceof Api.Message) return send(client, entity, copyOf(message, params))
  const { peer, replyTo } = await replyPlace(client, entity, params)
  const sent = await sendMessage(client, peer, { ...rest, message, replyTo: replyTo?.replyToMsgId })
  return shownMessage(client, sent, 'sent')
}

function fileParams(params: SendMessageParams & { file: NonNullable<SendMessageParams['file']> }): SendFileInterface {
  const { message, supportStreaming: supportsStreaming, schedule: scheduleDate, linkPreview: _, ...rest } = params
  const caption = typeof message === 'object' ? message.message : message
  return { ...rest, caption, supportsStreaming, scheduleDate }
}

/** The text or the file of a message, with its buttons, unless others are given. */
function copyOf({ message, entities, media, replyMarkup, silent }: Api.Message, params: SendMessageParams): SendMessageParams {
  const preview = media?.className === 'MessageMediaWebPage'
  return {
    buttons: replyMarkup,
    silent,
    ...params,
    message,
    formattingEntities: entities ?? [],
    linkPreview: preview,
    ...(media === undefined || preview ? {} : { file: media }),
  }
}
