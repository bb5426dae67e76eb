import * as Api from '../../../generated/api/index.js'
import { wrongArgument } from '../../errors/wrong-argument.js'
import { jpegOfStripped } from './stripped-photo.js'

type Thumbnail =
  | Api.PhotoSize
  | Api.PhotoSizeProgressive
  | Api.PhotoCachedSize
  | Api.PhotoStrippedSize
  | Api.VideoSize

/** One of a file's pictures: its index, the smallest first, its letter, or the size itself as the file lists it. */
export type ThumbLike = number | string | Api.TypePhotoSize | Api.TypeVideoSize

/** The sizes that are pictures or films, smallest first: neither empty ones, nor outlines and the like. */
function thumbnailsOf(file: Api.Document | Api.Photo): Thumbnail[] {
  const all = file.className === 'Photo' ? [...file.sizes, ...(file.videoSizes ?? [])] : [...(file.thumbs ?? []), ...(file.videoThumbs ?? [])]
  return all.filter(isThumbnail).sort((a, b) => byteCount(a) - byteCount(b))
}

function isThumbnail(size: Api.TypePhotoSize | Api.TypeVideoSize): size is Thumbnail {
  return /^(?:Photo(?:Cached|Stripped)?Size(?:Progressive)?|VideoSize)$/.test(size.className)
}

export function byteCount(size: Thumbnail): number {
  if ('bytes' in size) return size.bytes.length
  return 'sizes' in size ? Math.max(...size.sizes) : size.size
}

/** @throws {LocalError} `argument`, where the file has no such picture; it says which ones there are. */
export function findThumbnail(file: Api.Document | Api.Photo, thumb: ThumbLike): Thumbnail {
  const all = thumbnailsOf(file)
  const found = typeof thumb === 'object' ? thumb : typeof thumb === 'number' ? all[thumb] : all.find(({ type }) => type === thumb)
  if (found && isThumbnail(found)) return found
  const there = all.map(({ type }, index) => `${index} or '${type}'`).join(', ')
  throw wrongArgument('thumb', there === '' ? 'nothing: this file has no pictures' : there, thumb)
}

/** The picture itself, where it came with the file. */
export function bytesInside(size: Thumbnail): Uint8Array | undefined {
  if (size.className === 'PhotoStrippedSize') return jpegOfStripped(size.bytes)
  return size.className === 'PhotoCachedSize' ? size.bytes : undefined
}
