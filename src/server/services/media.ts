import * as Api from '../../../generated/api/index.js'
import { apiMedia } from '../world/api-media.js'
import type { WorldFile } from '../world/files.js'
import type { SentMessage } from '../world/messages.js'
import type { HandlerContext } from './context.js'
import { keepDraft } from './drafts.js'
import { uploadedFile } from './files.js'
import { callerOf, type InputField } from './input-peers.js'
import { toBigInt } from './longs.js'
import { repliedTo, writable } from './messages.js'
import { plainMedia } from './plain-media.js'
import { refuse } from './refuse.js'
import type { ServiceRegistry } from './registry.js'
import { laterDate, sendAt } from './scheduled.js'
import { sendOnce } from './send-once.js'
import { sentUpdates } from './sent-updates.js'

const MAX_ALBUM = 10
const MAX_CAPTION = 1024

interface SentMedia {
  readonly media: Api.TypeInputMedia
  readonly message: string
  readonly randomId: Api.InputSingleMedia['randomId']
  readonly entities?: Api.TypeMessageEntity[] | undefined
}

interface SendRequest {
  readonly peer: InputField
  readonly replyTo: Api.TypeInputReplyTo | undefined
  readonly silent: boolean
  readonly clearDraft: boolean
  readonly scheduleDate?: number | undefined
  readonly replyMarkup?: Api.TypeReplyMarkup | undefined
}

/** Files in messages, alone and as albums. */
export function addMediaServices(services: ServiceRegistry): void {
  services.on(Api.messages.SendMedia, 'account', (request, context) => send([request], request, context, undefined))

  services.on(Api.messages.SendMultiMedia, 'account', (request, context) => {
    const { multiMedia } = request
    if (multiMedia.length === 0) refuse(400, 'MULTI_MEDIA_EMPTY')
    if (multiMedia.length > MAX_ALBUM) refuse(400, 'MULTI_MEDIA_TOO_LONG')
    return send(multiMedia, request, context, context.world.randomId())
  })
}

function send(
  all: readonly SentMedia[],
  request: SendRequest,
  context: HandlerContext,
  groupedId: bigint | undefined,
): Api.Updates {
  const from = callerOf(context)
  const to = writable(context, request.peer, from)
  const date = laterDate(request.scheduleDate, to, all.length, context)
  const randomIds = all.map(({ randomId }) => randomId)
  const sent = sendOnce(randomIds, context, () =>
    all
      .map(({ media, message: text, entities }) => {
        checkCaption(text)
        return { media: mediaOf(media, context), text, entities }
      })
      .map((content): SentMessage =>
        sendAt(
          date,
          {
            from,
            to,
            ...content,
            groupedId,
            silent: request.silent,
            replyMarkup: from.bot ? request.replyMarkup : undefined,
            replyToMsgId: repliedTo(request.replyTo),
            exceptKeyId: context.key.id,
          },
          context,
        ),
      ),
  )
  if (request.clearDraft) keepDraft(to, undefined, context)
  return sentUpdates(sent, randomIds, [from, to], context)
}

/** @throws {RpcError} 400 MEDIA_CAPTION_TOO_LONG */
export function checkCaption(text: string): void {
  if (text.length > MAX_CAPTION) refuse(400, 'MEDIA_CAPTION_TOO_LONG')
}

/** @throws {RpcError} 400 MEDIA_INVALID, MEDIA_EMPTY, and what is wrong with uploaded parts */
export function mediaOf(media: Api.TypeInputMedia, context: HandlerContext): Api.TypeMessageMedia {
  return plainMedia(media, context) ?? apiMedia(fileOf(media, context))
}

/** What is sent again, or what has just been uploaded. */
function fileOf(media: Api.TypeInputMedia, context: HandlerContext): WorldFile {
  if (!(media instanceof Api.InputMediaDocument) && !(media instanceof Api.InputMediaPhoto)) return uploadedFile(media, context)
  const { id } = media
  if (!(id instanceof Api.InputDocument) && !(id instanceof Api.InputPhoto)) refuse(400, 'MEDIA_EMPTY')
  const file = context.world.files.get(toBigInt(id.id))
  if (!file || file.accessHash !== toBigInt(id.accessHash) || file.photo !== id instanceof Api.InputPhoto) refuse(400, 'MEDIA_EMPTY')
  return file
}
