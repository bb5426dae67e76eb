import * as Api from '../../../generated/api/index.js'
import { wrongArgument } from '../../errors/wrong-argument.js'
import { isImage, type FileAttributesParams } from '../compat/file-attributes.js'
import { getInputMedia } from '../compat/input-media.js'
import type { Cancellable } from '../files/progress.js'
import { CustomFile, type UploadSource } from '../files/source.js'
import type { TelegramClient } from '../telegram-client.js'
import type { FileLike } from './params.js'

export interface FileMediaParams extends FileAttributesParams {
  /** Shown with a document before it is opened. */
  readonly thumb?: UploadSource | undefined
  readonly progressCallback?: (((progress: number) => unknown) & Cancellable) | undefined
  readonly workers?: number | undefined
}

/**
 * What is sent of a file: uploaded, where it is not yet; a link is fetched by the server. Pictures go as photos, unless
 * `forceDocument` says otherwise.
 * @throws {LocalError} `argument`, for what is no file; `entity`, for what holds none.
 */
export async function fileMedia(client: TelegramClient, file: FileLike, params: FileMediaParams): Promise<Api.TypeInputMedia> {
  if (typeof file !== 'string' && (typeof file !== 'object' || file === null)) throw wrongArgument('file', 'a path, bytes, a link or media', file)
  const isPicture = isImage(nameOf(file))
  const isPhoto = isPicture && params.forceDocument !== true
  if (typeof file === 'string' && /^https?:\/\//.test(file))
    return isPhoto ? new Api.InputMediaPhotoExternal({ url: file }) : new Api.InputMediaDocumentExternal({ url: file })
  const { thumb, progressCallback, workers, ...rest } = params
  // A picture that is not sent as a photo is a plain file anyway.
  const attributes = isPicture ? { ...rest, forceDocument: false } : rest
  if (!isSource(file)) return getInputMedia(file, { ...attributes, isPhoto })
  const shared = workers === undefined ? {} : { workers }
  const onProgress = progressCallback === undefined ? {} : { onProgress: progressCallback }
  const uploaded = await client.uploadFile({ file, ...shared, ...onProgress })
  const media = getInputMedia(uploaded, { ...attributes, isPhoto })
  if (media instanceof Api.InputMediaUploadedDocument && thumb !== undefined)
    media.thumb = await client.uploadFile({ file: thumb, ...shared })
  return media
}

function isSource(file: FileLike): file is UploadSource {
  return typeof file === 'string' || file instanceof Uint8Array || file instanceof CustomFile || !('className' in file)
}

function nameOf(file: FileLike): string {
  if (typeof file === 'string') return file
  const { name } = file as { name?: unknown }
  return typeof name === 'string' ? name : ''
}
