import * as Api from '../../../generated/api/index.js'
import type { WorldFile, WorldThumb } from './files.js'

/** Of the box that a picture fits in, by its letter. @see https://core.telegram.org/api/files#image-thumbnail-types */
const BOX_PIXELS: Readonly<Record<string, number>> = { s: 100, m: 320, x: 800, y: 1280, w: 2560, a: 160, b: 320, c: 640 }
/** The letter of the whole photo. */
const WHOLE_PHOTO = 'y'
/** Of the picture that is inside what describes the file. */
const STRIPPED = 'i'

/** A file of the world as messages carry it. */
export function apiMedia(file: WorldFile): Api.MessageMediaDocument | Api.MessageMediaPhoto {
  return file.photo
    ? new Api.MessageMediaPhoto({ photo: apiPhoto(file) })
    : new Api.MessageMediaDocument({ document: apiDocument(file), ...shownAs(file) })
}

/** How a document is shown, which its media say once more. */
function shownAs({ attributes }: WorldFile): Pick<Api.MessageMediaDocument, 'video' | 'round' | 'voice'> {
  const film = attributes.find((each) => each instanceof Api.DocumentAttributeVideo)
  const sound = attributes.find((each) => each instanceof Api.DocumentAttributeAudio)
  return { video: film !== undefined, round: film?.roundMessage === true, voice: film === undefined && sound?.voice === true }
}

/** What a size of a file's pictures asks for; empty for the file itself. */
export function bytesOfSize(file: WorldFile, size: string): Uint8Array | undefined {
  if (size === (file.photo ? WHOLE_PHOTO : '')) return file.bytes
  return file.thumbs.find(({ type }) => type === size)?.bytes
}

export function apiDocument(file: WorldFile): Api.Document {
  return new Api.Document({
    ...identity(file),
    mimeType: file.mimeType,
    size: BigInt(file.bytes.length),
    thumbs: file.thumbs.length === 0 ? undefined : file.thumbs.map(photoSize),
    attributes: isNamed(file) ? [...file.attributes] : [new Api.DocumentAttributeFilename({ fileName: file.name }), ...file.attributes],
  })
}

/** What a user shows of a profile photo. */
export function apiUserPhoto(photo: WorldFile | undefined): Api.UserProfilePhoto | undefined {
  return photo && new Api.UserProfilePhoto(profilePhoto(photo))
}

/** What a group or channel shows of its photo. */
export function apiChatPhoto(photo: WorldFile | undefined): Api.TypeChatPhoto {
  return photo ? new Api.ChatPhoto(profilePhoto(photo)) : new Api.ChatPhotoEmpty()
}

/** The bytes of a profile photo: the whole, or the smallest picture that is no more than a blur. */
export function bytesOfProfilePhoto({ bytes, thumbs }: WorldFile, big: boolean): Uint8Array {
  const small = thumbs.filter(({ type }) => type !== STRIPPED).sort((a, b) => a.bytes.length - b.bytes.length)[0]
  return big ? bytes : (small?.bytes ?? bytes)
}

function profilePhoto({ id, dcId, thumbs }: WorldFile): Pick<Api.ChatPhoto, 'dcId'> & { photoId: bigint; strippedThumb: Uint8Array | undefined } {
  return { photoId: id, dcId, strippedThumb: thumbs.find(({ type }) => type === STRIPPED)?.bytes }
}

function isNamed({ attributes }: WorldFile): boolean {
  return attributes.some((each) => each instanceof Api.DocumentAttributeFilename)
}

export function apiPhoto(file: WorldFile): Api.Photo {
  const sizes = [...file.thumbs, { type: WHOLE_PHOTO, bytes: file.bytes }].map(photoSize)
  return new Api.Photo({ ...identity(file), sizes })
}

interface Identity {
  readonly id: bigint
  readonly accessHash: bigint
  readonly fileReference: Uint8Array
  readonly date: number
  readonly dcId: number
}

function identity(file: WorldFile): Identity {
  return { id: file.id, accessHash: file.accessHash, fileReference: file.reference, date: file.date, dcId: file.dcId }
}

function photoSize({ type, bytes }: WorldThumb): Api.TypePhotoSize {
  if (type === STRIPPED) return new Api.PhotoStrippedSize({ type, bytes })
  const pixels = BOX_PIXELS[type] ?? 320
  return new Api.PhotoSize({ type, w: pixels, h: pixels, size: bytes.length })
}
