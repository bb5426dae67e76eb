import * as Api from '../../../generated/api/index.js'
import { asBytes } from '../../bytes/bytes.js'
import type { TelegramClient } from '../telegram-client.js'
import type { Downloaded, DownloadFileParams } from './download.js'
import { namedFile } from './output-file.node.js'

export interface DownloadProfilePhotoParams extends Pick<DownloadFileParams, 'outputFile'> {
  /** The picture of 640 pixels, not that of 160. */
  readonly isBig?: boolean
}

/** Downloads the photo of a user, group or channel, as `downloadFile` does; there are no bytes where it has none. */
export async function downloadProfilePhoto(
  client: TelegramClient,
  entity: Api.TypeEntityLike,
  { isBig = false, outputFile }: DownloadProfilePhotoParams = {},
): Promise<Downloaded> {
  const owner = typeof entity === 'object' && 'photo' in entity ? entity : await client.getEntity(entity)
  const { photo } = owner as { readonly photo?: Api.TypeUserProfilePhoto | Api.TypeChatPhoto }
  if (photo === undefined || !('photoId' in photo)) return asBytes(new Uint8Array(0))
  const { photoId, dcId } = photo
  const location = new Api.InputPeerPhotoFileLocation({ peer: await client.getInputEntity(owner), photoId, big: isBig })
  const named = await namedFile(outputFile, location, false, undefined)
  return client.downloadFile(location, named === undefined ? { dcId } : { dcId, outputFile: named })
}
