import * as Api from '../../../generated/api/index.js'
import type { WorldFile, WorldThumb } from './files.js'

/** Of the box that a picture fits in, by its letter. @see https://core.telegram.org/api/files#image-thumbnail-types */
const BOX_PIXELS: Readonly<Record<string, number>> = { s: 100, m: 320, x: 800, y: 1280, w: 2560, a: 160, b: 320, c: 640 }
/** The letter of the whole photo. */
const WHOLE_PHOTO = 'y'

/** A file of the world as messages carry it. */
export function apiMedia(file: WorldFile, date: number): Api.MessageMediaDocument | Api.MessageMediaPhoto {
  return file.photo
    ? new Api.MessageMediaPhoto({ photo: apiPhoto(file, date) })
    : new Api.MessageMediaDocument({ document: apiDocument(file, date) })
}

/** What a size of a file's pictures asks for; empty for the file itself. */
export function bytesOfSize(file: WorldFile, size: string): Uint8Array | undefined {
  if (size === (file.photo ? WHOLE_PHOTO : '')) return file.bytes
  return file.thumbs.find(({ type }) => type === size)?.bytes
}

export function apiDocument(file: WorldFile, date: number): Api.Document {
  return new Api.Document({
    ...identity(file, date),
    mimeType: file.mimeType,
    size: BigInt(file.bytes.length),
    thumbs: file.thumbs.length === 0 ? undefined : file.thumbs.map(photoSize),
    attributes: [new Api.DocumentAttributeFilename({ fileName: file.name })],
  })
}

function apiPhoto(file: WorldFile, date: number): Api.Photo {
  const sizes = [...file.thumbs, { type: WHOLE_PHOTO, bytes: file.bytes }].map(photoSize)
  return new Api.Photo({ ...identity(file, date), sizes })
}

interface Identity {
  readonly id: bigint
  readonly accessHash: bigint
  readonly fileReference: Uint8Array
  readonly date: number
  readonly dcId: number
}

function identity(file: WorldFile, date: number): Identity {
  return { id: file.id, accessHash: file.accessHash, fileReference: file.reference, date, dcId: file.dcId }
}

function photoSize({ type, bytes }: WorldThumb): Api.TypePhotoSize {
  if (type === 'i') return new Api.PhotoStrippedSize({ type, bytes })
  const pixels = BOX_PIXELS[type] ?? 320
  return new Api.PhotoSize({ type, w: pixels, h: pixels, size: bytes.length })
}
