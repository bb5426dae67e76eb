/** `rawgram/client/downloads`: the downloads of a client as functions. */
import type { Bytes } from '../../bytes/bytes.js'
import { leftOut } from '../../client/compat/left-out.js'
import type {
  Downloaded,
  DownloadFileParams,
  DownloadProgress,
  IterDownloadParams,
} from '../../client/files/download.js'
import type { ThumbLike } from '../../client/files/thumbnail.js'
import type { TelegramClient } from '../../client/telegram-client.js'
import type { OutFile } from '../define.js'

export type { DownloadMediaParams as DownloadMediaInterface } from '../../client/files/download-media.js'
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

export const downloadProfilePhoto: (...args: unknown[]) => never = /* @__PURE__ */ leftOut('downloadProfilePhoto')
