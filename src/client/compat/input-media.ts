/** What was received, in the form in which it can be sent again. */
import * as Api from '../../../generated/api/index.js'
import { toHex } from '../../bytes/hex.js'
import { cannotCast } from './cannot-cast.js'
import { getAttributes, type FileAttributesParams } from './file-attributes.js'
import { getInputDocument, getInputPhoto } from './utils.js'

export interface InputMediaParams extends FileAttributesParams {
  /** An uploaded file is a photo, not a document. */
  readonly isPhoto?: boolean
}

/** What one of these objects may hold. Which of it there is follows from its class name. */
interface Held {
  readonly className?: string
  readonly photo?: unknown
  readonly document?: unknown
  readonly media?: unknown
  readonly geo?: unknown
}

/** @throws {LocalError} `entity`, for what is no place. */
export function getInputGeo(place: unknown): Api.TypeInputGeoPoint {
  const { className, geo, media } = (place ?? {}) as Held
  if (className?.startsWith('InputGeoPoint') === true) return place as Api.TypeInputGeoPoint
  if (className === 'GeoPointEmpty') return new Api.InputGeoPointEmpty()
  if (className === 'GeoPoint') {
    const { lat, long, accuracyRadius } = place as Api.GeoPoint
    return new Api.InputGeoPoint({ lat, long, accuracyRadius })
  }
  if (geo !== undefined) return getInputGeo(geo)
  if (className === 'Message') return getInputGeo(media)
  throw cannotCast(place, 'InputGeoPoint')
}

/** @throws {LocalError} `entity`, for what is no photo and no uploaded file. */
export function getInputChatPhoto(photo: unknown): Api.TypeInputChatPhoto {
  const { className } = (photo ?? {}) as Held
  if (/^InputChat(?:Uploaded)?Photo/.test(className ?? '')) return photo as Api.TypeInputChatPhoto
  if (isUploaded(className)) return new Api.InputChatUploadedPhoto({ file: photo as Api.TypeInputFile })
  if (className?.includes('Photo') !== true) throw cannotCast(photo, 'InputChatPhoto')
  const input = getInputPhoto(photo)
  return input.className === 'InputPhotoEmpty'
    ? new Api.InputChatPhotoEmpty()
    : new Api.InputChatPhoto({ id: input })
}

/**
 * Media to send, of media that were received, of a message with some, of a photo or document, or of an uploaded file.
 * @throws {LocalError} `entity`, for what cannot be sent again, such as the preview of a web page.
 */
export function getInputMedia(media: unknown, params: InputMediaParams = {}): Api.TypeInputMedia {
  const { className = '', media: inside } = (media ?? {}) as Held
  if (className.startsWith('InputMedia')) return media as Api.TypeInputMedia
  if (isUploaded(className)) return uploaded(media as Api.TypeInputFile, params)
  if (className === 'Message') return getInputMedia(inside, params)
  if (/^(?:Input)?Photo(?:Empty)?$|^photos\.Photo$/.test(className))
    return new Api.InputMediaPhoto({ id: getInputPhoto(media) })
  if (/^(?:Input)?Document(?:Empty)?$/.test(className))
    return new Api.InputMediaDocument({ id: getInputDocument(media) })
  return received(media as Api.TypeMessageMedia) ?? fail(media)
}

/** How many bytes a size of a photo has; a stripped one, as many as the JPEG that it is unpacked to. */
export function _photoSizeByteCount(size: Api.TypePhotoSize): number | undefined {
  switch (size.className) {
    case 'PhotoSize':
      return size.size
    case 'PhotoStrippedSize':
      return size.bytes[0] === 1 ? size.bytes.length + STRIPPED_HEADER : size.bytes.length
    case 'PhotoCachedSize':
      return size.bytes.length
    case 'PhotoSizeProgressive':
      return Math.max(...size.sizes)
    case 'PhotoSizeEmpty':
      return 0
    default:
      return undefined
  }
}

/** Bytes that every stripped photo has in common and is sent without. */
const STRIPPED_HEADER = 622

function received(media: Api.TypeMessageMedia): Api.TypeInputMedia | undefined {
  switch (media?.className) {
    case 'MessageMediaEmpty':
      return new Api.InputMediaEmpty()
    case 'MessageMediaPhoto':
      return new Api.InputMediaPhoto({ id: getInputPhoto(media.photo), ttlSeconds: media.ttlSeconds })
    case 'MessageMediaDocument':
      return new Api.InputMediaDocument({ id: getInputDocument(media.document), ttlSeconds: media.ttlSeconds })
    case 'MessageMediaGeo':
      return new Api.InputMediaGeoPoint({ geoPoint: getInputGeo(media.geo) })
    case 'MessageMediaVenue': {
      const { geo, title, address, provider, venueId, venueType } = media
      return new Api.InputMediaVenue({ geoPoint: getInputGeo(geo), title, address, provider, venueId, venueType })
    }
    case 'MessageMediaContact': {
      const { phoneNumber, firstName, lastName, vcard } = media
      return new Api.InputMediaContact({ phoneNumber, firstName, lastName, vcard })
    }
    case 'MessageMediaDice':
      return new Api.InputMediaDice({ emoticon: media.emoticon })
    case 'MessageMediaGame': {
      const { id, accessHash } = media.game
      return new Api.InputMediaGame({ id: new Api.InputGameID({ id, accessHash }) })
    }
    case 'MessageMediaPoll':
      return poll(media)
    default:
      return undefined
  }
}

/** A quiz is sent with its solution, which only shows once the account has answered. */
function poll(media: Api.MessageMediaPoll): Api.TypeInputMedia {
  if (!media.poll.quiz) return new Api.InputMediaPoll({ poll: media.poll })
  const { results } = media.results
  if (results === undefined) throw cannotCast(media, 'InputMedia', 'before the quiz is answered')
  const options = media.poll.answers.map((answer) => ('option' in answer ? toHex(answer.option) : undefined))
  const correctAnswers = results.filter(({ correct }) => correct).map(({ option }) => options.indexOf(toHex(option)))
  return new Api.InputMediaPoll({ poll: media.poll, correctAnswers })
}

function uploaded(file: Api.TypeInputFile, params: InputMediaParams): Api.TypeInputMedia {
  if (params.isPhoto === true) return new Api.InputMediaUploadedPhoto({ file })
  const { attrs, mimeType } = getAttributes(file as Api.InputFile, params)
  const forceFile = params.forceDocument ?? false
  return new Api.InputMediaUploadedDocument({ file, mimeType, attributes: attrs, forceFile })
}

function isUploaded(className: string | undefined): boolean {
  return className === 'InputFile' || className === 'InputFileBig'
}

function fail(media: unknown): never {
  throw cannotCast(media, 'InputMedia')
}
