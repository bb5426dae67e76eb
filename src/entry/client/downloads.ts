/** `rawgram/client/downloads`: the downloads of a client as functions. */
import type * as Api from '../../../generated/api/index.js'
import type { Bytes } from '../../bytes/bytes.js'
import type {
  Downloaded,
  DownloadFileParams,
  DownloadProgress,
  IterDownloadParams,
} from '../../client/files/download.js'
import type { DownloadProfilePhotoParams } from '../../client/files/download-profile-photo.js'
import type { ThumbLike } from '../../client/files/thumbnail.js'
import type { TelegramClient } from '../../client/telegram-client.js'
import type { OutFile } from '../define.js'

export type { DownloadMediaParams as DownloadMediaInterface } from '../../client/files/download-media.js'
export type { DownloadProfilePhotoParams } from '../../client/files/download-profile-photo.js'
export type {
  DownloadFileParams as DownloadFileParamsV2,
  DownloadProgress as progressCallback,
  IterDownloadParams as IterDownloadFunction,
} from '../../client/files/download.js'

export function iterDownload(
  client: TelegramClient,
  params: IterDownloadParams,
): AsyncGenerator<Bytes, undefined, undefined> {
  return client.iterDownload(params)
}

/** `client.downloadFile(location, params)` */
export function downloadFileV2(
  client: TelegramClient,
  location: unknown,
  params: DownloadFileParams = {},
): Promise<Downloaded> {
  return client.downloadFile(location, params)
}

/** `client.downloadMedia(messageOrMedia, params)`, the parameters one by one. */
export function downloadMedia(
  client: TelegramClient,
  messageOrMedia: unknown,
  outputFile?: OutFile,
  thumb?: ThumbLike,
  progressCallback?: DownloadProgress,
): Promise<Downloaded> {
  return client.downloadMedia(messageOrMedia, {
    ...(thumb === undefined ? {} : { thumb }),
    ...(outputFile === undefined ? {} : { outputFile }),
    ...(progressCallback === undefined ? {} : { progressCallback }),
  })
}

/** `client.downloadProfilePhoto(entity, params)` */
export function downloadProfilePhoto(
  client: TelegramClient,
  entity: Api.TypeEntityLike,
  params?: DownloadProfilePhotoParams,
): Promise<Downloaded> {
  return client.downloadProfilePhoto(entity, params)
}
