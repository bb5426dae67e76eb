import * as Api from '../../../generated/api/index.js'
import { markDisposable } from '../../bytes/disposable.js'
import { equalConstantTime } from '../../bytes/equal.js'
import { DOWNLOAD_ALIGN_BYTES, DOWNLOAD_WINDOW_BYTES } from '../limits.js'
import { apiMedia, bytesOfProfilePhoto, bytesOfSize } from '../world/api-media.js'
import type { AccountUploads, WorldFile } from '../world/files.js'
import { cdnRedirect } from './cdn.js'
import type { HandlerContext } from './context.js'
import { callerOf, peerOf } from './input-peers.js'
import { toBigInt } from './longs.js'
import { refuse } from './refuse.js'
import type { ServiceRegistry } from './registry.js'

const ALIGN_WITHOUT_PRECISE = 4096

/**
 * Files in parts, with the alignment rules that a real server enforces.
 * @see https://core.telegram.org/api/files
 */
export function addFileServices(services: ServiceRegistry): void {
  services.on(Api.upload.SaveFilePart, 'account', ({ fileId, filePart, bytes }, context) => {
    markDisposable(bytes)
    const failure = uploadsOf(context).save(toBigInt(fileId), filePart, bytes)
    return failure === undefined || refuse(400, failure)
  })

  services.on(Api.upload.SaveBigFilePart, 'account', ({ fileId, filePart, fileTotalParts, bytes }, context) => {
    markDisposable(bytes)
    const failure = uploadsOf(context).save(toBigInt(fileId), filePart, bytes, fileTotalParts)
    return failure === undefined || refuse(400, failure)
  })

  services.on(Api.messages.UploadMedia, 'account', (request, context) => {
    peerOf(context, request.peer)
    return apiMedia(uploadedFile(request.media, context))
  })

  services.on(Api.upload.GetFile, 'account', (request, context) => {
    const { location, precise, limit } = request
    const offset = Number(toBigInt(request.offset))
    const { file, bytes } = fileAt(location, context)
    const align = precise ? DOWNLOAD_ALIGN_BYTES : ALIGN_WITHOUT_PRECISE
    if (offset < 0 || offset % align !== 0) refuse(400, 'OFFSET_INVALID')
    if (limit <= 0 || limit > DOWNLOAD_WINDOW_BYTES || limit % align !== 0) refuse(400, 'LIMIT_INVALID')
    if (!precise && DOWNLOAD_WINDOW_BYTES % limit !== 0) refuse(400, 'LIMIT_INVALID')
    const cdnDc = context.dataCentres.find(({ cdn }) => cdn)
    if (file.cdn && bytes === file.bytes && request.cdnSupported && cdnDc) {
      return cdnRedirect(context.world.cdn.redirect(file), cdnDc.id, offset)
    }
    const window = Math.floor(offset / DOWNLOAD_WINDOW_BYTES)
    if (window !== Math.floor((offset + limit - 1) / DOWNLOAD_WINDOW_BYTES)) refuse(400, 'LIMIT_INVALID')
    return new Api.upload.File({
      type: new Api.storage.FileUnknown(),
      mtime: context.now,
      bytes: bytes.subarray(offset, offset + limit),
    })
  })
}

function uploadsOf(context: HandlerContext): AccountUploads {
  return context.world.uploads.of(callerOf(context).id)
}

/** Makes a file of uploaded parts. @throws {RpcError} 400 MEDIA_INVALID and what is wrong with the parts */
export function uploadedFile(media: Api.TypeInputMedia, context: HandlerContext): WorldFile {
  const photo = media instanceof Api.InputMediaUploadedPhoto
  if (!photo && !(media instanceof Api.InputMediaUploadedDocument)) refuse(400, 'MEDIA_INVALID')
  const { file: input } = media
  const bytes = uploadedBytes(input, context)
  const thumb = photo || media.thumb === undefined ? undefined : uploadedBytes(media.thumb, context)
  return context.world.addFile({
    bytes,
    name: (input as Api.InputFile).name,
    mimeType: photo ? 'image/jpeg' : media.mimeType,
    dcId: context.dc.id,
    photo,
    attributes: photo ? [] : media.attributes,
    thumbs: thumb === undefined ? [] : [{ type: 'm', bytes: thumb }],
  })
}

/** A profile photo of uploaded parts. @throws {RpcError} 400 MEDIA_INVALID and what is wrong with the parts */
export function uploadedPhoto(input: Api.TypeInputFile, context: HandlerContext): WorldFile {
  return context.world.addFile({ bytes: uploadedBytes(input, context), mimeType: 'image/jpeg', dcId: context.dc.id, photo: true })
}

function uploadedBytes(input: Api.TypeInputFile, context: HandlerContext): Uint8Array {
  if (!(input instanceof Api.InputFile) && !(input instanceof Api.InputFileBig)) refuse(400, 'MEDIA_INVALID')
  const md5Checksum = input instanceof Api.InputFile ? input.md5Checksum : ''
  const bytes = uploadsOf(context).finish(toBigInt(input.id), input.parts, md5Checksum)
  return typeof bytes === 'string' ? refuse(400, bytes) : bytes
}

interface FoundFile {
  readonly file: WorldFile
  /** Of the file, or of the one of its pictures that is asked for. */
  readonly bytes: Uint8Array
}

function fileAt(location: Api.TypeInputFileLocation, context: HandlerContext): FoundFile {
  if (location instanceof Api.InputPeerPhotoFileLocation) return profilePhotoAt(location, context)
  const { world, dc } = context
  const isPhoto = location instanceof Api.InputPhotoFileLocation
  if (!isPhoto && !(location instanceof Api.InputDocumentFileLocation)) refuse(400, 'LOCATION_INVALID')
  const file = world.files.get(toBigInt(location.id))
  if (!file || file.photo !== isPhoto || file.accessHash !== toBigInt(location.accessHash)) refuse(400, 'FILE_ID_INVALID')
  if (location.fileReference.length === 0) refuse(400, 'FILE_REFERENCE_EMPTY')
  if (!equalConstantTime(location.fileReference, file.reference)) refuse(400, 'FILE_REFERENCE_EXPIRED')
  if (file.dcId !== dc.id) refuse(303, `FILE_MIGRATE_${file.dcId}`)
  const bytes = bytesOfSize(file, location.thumbSize) ?? refuse(400, 'LOCATION_INVALID')
  return { file, bytes }
}

/** Profile photos have no references: whoever sees their owner may download them. */
function profilePhotoAt({ peer, photoId, big }: Api.InputPeerPhotoFileLocation, context: HandlerContext): FoundFile {
  const file = peerOf(context, peer).photo
  if (file?.id !== toBigInt(photoId)) refuse(400, 'LOCATION_INVALID')
  if (file.dcId !== context.dc.id) refuse(303, `FILE_MIGRATE_${file.dcId}`)
  return { file, bytes: bytesOfProfilePhoto(file, big) }
}
