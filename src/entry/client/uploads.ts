/** `rawgram/client/uploads` */
import type * as Api from '../../../generated/api/index.js'
import type { UploadFileParams } from '../../client/files/upload.js'
import type { TelegramClient } from '../../client/telegram-client.js'

export { CustomFile } from '../../client/files/source.js'
export type { UploadSource } from '../../client/files/source.js'
export type { UploadFileParams } from '../../client/files/upload.js'
export { fileMedia } from '../../client/messages/file-media.js'
export type { FileMediaParams } from '../../client/messages/file-media.js'
export { sendFile } from '../../client/messages/send-file.js'
export type { SendFileInterface } from '../../client/messages/send-file.js'

/** `client.uploadFile(params)` */
export function uploadFile(
  client: TelegramClient,
  params: UploadFileParams,
): Promise<Api.InputFile | Api.InputFileBig> {
  return client.uploadFile(params)
}
