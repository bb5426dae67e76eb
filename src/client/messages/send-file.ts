import * as Api from '../../../generated/api/index.js'
import { wrongArgument } from '../../errors/wrong-argument.js'
import type { DateLike } from '../../tl/argument-values.js'
import type { FileAttributesParams } from '../compat/file-attributes.js'
import { generateRandomLong } from '../compat/helpers.js'
import { getInputMedia } from '../compat/input-media.js'
import type { TelegramClient } from '../telegram-client.js'
import { fileMedia, type FileMediaParams } from './file-media.js'
import { replyMarkup } from './markup.js'
import { messageIn } from './message-in.js'
import { formatted, type FileLike, type FormatParams, type SendingParams } from './params.js'
import { replyPlace } from './reply-place.js'
import type { EventMessage } from './shortcuts.js'
import { shownMessage } from './shown-message.js'

export interface SendFileInterface extends Omit<FileMediaParams, keyof FileAttributesParams>, FormatParams, SendingParams {
  /** Several make up an album, of which the first message is returned. */
  readonly file: FileLike | readonly FileLike[]
  /** Of an album, one for each file. */
  readonly caption?: string | readonly string[] | undefined
  readonly attributes?: readonly Api.TypeDocumentAttribute[] | undefined
  readonly mimeType?: string | undefined
  readonly forceDocument?: boolean | undefined
  readonly voiceNote?: boolean | undefined
  readonly videoNote?: boolean | undefined
  readonly supportsStreaming?: boolean | undefined
  readonly scheduleDate?: DateLike | undefined
  /** Has no effect: the size is found out. */
  readonly fileSize?: number | undefined
}

/**
 * Sends a file with a caption, or several as an album, and returns the message, of an album the first one.
 * @throws {LocalError} `argument`, where there is no file; what the upload throws.
 * @throws {RpcError} the server's refusal.
 */
export async function sendFile(client: TelegramClient, entity: Api.TypeEntityLike, params: SendFileInterface): Promise<EventMessage> {
  const { file, silent, clearDraft, noforwards, scheduleDate } = params
  if (file === undefined || file === null) throw wrongArgument('file', 'a file', file)
  const place = await replyPlace(client, entity, params)
  const shared = { ...place, silent, clearDraft, noforwards, scheduleDate }
  const captions = (Array.isArray(params.caption) ? params.caption : [params.caption ?? '']) as readonly string[]
  if (Array.isArray(file)) {
    const multiMedia: Api.InputSingleMedia[] = []
    for (const [index, each] of (file as readonly FileLike[]).entries()) {
      const media = await uploadedMedia(client, place.peer, await fileMedia(client, each, mediaParams(params)))
      const text = await formatted(client, captions[index] ?? '', params)
      multiMedia.push(new Api.InputSingleMedia({ media, randomId: generateRandomLong(), ...text }))
    }
    if (multiMedia.length === 0) throw wrongArgument('file', 'at least one file', file)
    const answer = await client.invoke(new Api.messages.SendMultiMedia({ ...shared, multiMedia }))
    return shownMessage(client, messageIn(answer, multiMedia[0]!.randomId), 'sent')
  }
  const request = new Api.messages.SendMedia({
    ...shared,
    media: await fileMedia(client, file as FileLike, mediaParams(params)),
    ...(await formatted(client, captions[0] ?? '', params)),
    replyMarkup: replyMarkup(params.buttons),
  })
  return shownMessage(client, messageIn(await client.invoke(request), request.randomId), 'sent')
}

function mediaParams({ thumb, progressCallback, workers, attributes, ...params }: SendFileInterface): FileMediaParams {
  const { mimeType, forceDocument, voiceNote, videoNote, supportsStreaming } = params
  const given = { attributes, mimeType, forceDocument, voiceNote, videoNote, supportsStreaming }
  const attributesGiven = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  return { thumb, progressCallback, workers, ...attributesGiven }
}

/** Albums are made of files that the server has: what is new is given to it first. */
async function uploadedMedia(client: TelegramClient, peer: Api.TypeInputPeer, media: Api.TypeInputMedia): Promise<Api.TypeInputMedia> {
  if (!/Uploaded|External/.test(media.className)) return media
  return getInputMedia(await client.invoke(new Api.messages.UploadMedia({ peer, media })))
}
