import * as Api from '../../../generated/api/index.js'
import bigInt from 'big-integer'
import { wrongArgument } from '../../errors/wrong-argument.js'
import type { ClientCore } from '../core.js'
import { collect, downloadFile, type Downloaded, type DownloadFileParams } from './download.js'
import { documentFile, holderOf, photoFile } from './location.js'
import { namedFile } from './output-file.node.js'
import { bytesInside, byteCount, findThumbnail, type ThumbLike } from './thumbnail.js'

export interface DownloadMediaParams extends DownloadFileParams {
  /** One of the pictures of the file instead of the file itself. */
  readonly thumb?: ThumbLike
}

/**
 * Downloads what a message, media, a document or a photo holds, as `downloadFile` does. In a folder, the file is named
 * after its kind and date. A reference that has expired is taken from the message again.
 * @throws {LocalError} `argument`, where there is no file, or it has no such picture.
 */
export async function downloadMedia(
  core: ClientCore,
  messageOrMedia: unknown,
  { thumb, ...params }: DownloadMediaParams = {},
): Promise<Downloaded> {
  const holder = holderOf(messageOrMedia)
  const message = messageOrMedia instanceof Api.Message ? messageOrMedia : undefined
  const outputFile = await namedFile(params.outputFile, holder, thumb !== undefined && thumb !== null, message?.date)
  const options: DownloadFileParams = {
    ...(message && params.refreshLocation === undefined ? { msgData: [message.peerId, message.id] } : {}),
    ...params,
    ...(outputFile === undefined ? {} : { outputFile }),
  }
  if (thumb === undefined || thumb === null) return downloadFile(core, holder, options)
  if (holder.className !== 'Document' && holder.className !== 'Photo')
    throw wrongArgument('thumb', 'nothing: a location says itself which picture it is', thumb)
  const size = findThumbnail(holder, thumb)
  const inside = bytesInside(size)
  if (inside !== undefined) {
    return collect(outputFile, async (write) => {
      await write(inside)
      await params.progressCallback?.(bigInt(inside.length), bigInt(inside.length))
    })
  }
  const file = holder.className === 'Photo' ? photoFile(holder, size.type)! : documentFile(holder, size.type)
  return downloadFile(core, file.location, {
    ...options,
    fileSize: params.fileSize ?? byteCount(size),
    dcId: params.dcId ?? holder.dcId,
  })
}
