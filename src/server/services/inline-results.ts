import * as Api from '../../../generated/api/index.js'
import type { InlineContent } from '../world/bot-queries.js'
import type { HandlerContext } from './context.js'
import { checkCaption, mediaOf } from './media.js'
import { checkText } from './messages.js'
import { contactMedia, placeMedia, venueMedia } from './plain-media.js'
import { refuse } from './refuse.js'

/** A result as who asked sees it, and what is sent of it. */
export interface InlineResult {
  readonly shown: Api.TypeBotInlineResult
  readonly content: InlineContent
}

interface Message {
  readonly shown: Api.TypeBotInlineMessage
  readonly content: InlineContent
}

const MEDIA_INVALID = 'SEND_MESSAGE_MEDIA_INVALID'

type File = Api.MessageMediaPhoto | Api.MessageMediaDocument

/**
 * What a bot offers. Games, invoices and pages are not modelled, nor is anything that would have to be fetched from
 * another server.
 * @throws {RpcError} 400 RESULT_TYPE_INVALID, SEND_MESSAGE_TYPE_INVALID, SEND_MESSAGE_MEDIA_INVALID, MESSAGE_EMPTY, ...
 */
export function inlineResult(result: Api.TypeInputBotInlineResult, context: HandlerContext): InlineResult {
  switch (result.className) {
    case 'InputBotInlineResult': {
      const { id, type, title, description, url, thumb, content: web } = result
      const { shown: sendMessage, content } = inlineMessage(result.sendMessage, undefined, context)
      const pictures = { thumb: webDocument(thumb), content: webDocument(web) }
      return { shown: new Api.BotInlineResult({ id, type, title, description, url, ...pictures, sendMessage }), content }
    }
    case 'InputBotInlineResultPhoto': {
      const { id, type } = result
      const file = mediaOf(new Api.InputMediaPhoto({ id: result.photo }), context) as Api.MessageMediaPhoto
      const { shown: sendMessage, content } = inlineMessage(result.sendMessage, file, context)
      return { shown: new Api.BotInlineMediaResult({ id, type, photo: file.photo, sendMessage }), content }
    }
    case 'InputBotInlineResultDocument': {
      const { id, type, title, description } = result
      const file = mediaOf(new Api.InputMediaDocument({ id: result.document }), context) as Api.MessageMediaDocument
      const { shown: sendMessage, content } = inlineMessage(result.sendMessage, file, context)
      return { shown: new Api.BotInlineMediaResult({ id, type, title, description, document: file.document, sendMessage }), content }
    }
    default:
      return refuse(400, 'RESULT_TYPE_INVALID')
  }
}

function inlineMessage(message: Api.TypeInputBotInlineMessage, file: File | undefined, { world }: HandlerContext): Message {
  const { replyMarkup } = message
  switch (message.className) {
    case 'InputBotInlineMessageText': {
      const { message: text, entities, noWebpage } = message
      checkText(text)
      const shown = new Api.BotInlineMessageText({ message: text, entities, noWebpage, replyMarkup })
      return { shown, content: { text, entities, replyMarkup } }
    }
    case 'InputBotInlineMessageMediaAuto': {
      const { message: text, entities } = message
      if (file === undefined) refuse(400, MEDIA_INVALID)
      checkCaption(text)
      const shown = new Api.BotInlineMessageMediaAuto({ message: text, entities, replyMarkup })
      return { shown, content: { text, entities, media: file, replyMarkup } }
    }
    case 'InputBotInlineMessageMediaGeo': {
      const { heading, period, proximityNotificationRadius } = message
      const media = placeMedia(message, MEDIA_INVALID)
      const { geo } = media
      const shown = new Api.BotInlineMessageMediaGeo({ geo, heading, period, proximityNotificationRadius, replyMarkup })
      return { shown, content: { text: '', media, replyMarkup } }
    }
    case 'InputBotInlineMessageMediaVenue': {
      const media = venueMedia(message, MEDIA_INVALID)
      const { geo, title, address, provider, venueId, venueType } = media
      const shown = new Api.BotInlineMessageMediaVenue({ geo, title, address, provider, venueId, venueType, replyMarkup })
      return { shown, content: { text: '', media, replyMarkup } }
    }
    case 'InputBotInlineMessageMediaContact': {
      const { phoneNumber, firstName, lastName, vcard } = message
      const shown = new Api.BotInlineMessageMediaContact({ phoneNumber, firstName, lastName, vcard, replyMarkup })
      return { shown, content: { text: '', media: contactMedia(message, world), replyMarkup } }
    }
    default:
      return refuse(400, 'SEND_MESSAGE_TYPE_INVALID')
  }
}

/** Nothing is fetched: clients ask where the document is. */
function webDocument(document: Api.TypeInputWebDocument | undefined): Api.WebDocumentNoProxy | undefined {
  if (document === undefined) return undefined
  const { url, size, mimeType, attributes } = document
  return new Api.WebDocumentNoProxy({ url, size, mimeType, attributes })
}
