import * as Api from '../../../generated/api/index.js'
import { LocalError } from '../../errors/errors.js'
import { describe } from '../../errors/evidence.js'
import type { BigInteger } from '../../tl/long.js'
import type { ClientCore } from '../core.js'

/** A file as it can be asked for. */
export interface LocatedFile {
  readonly location: Api.TypeInputFileLocation
  readonly dcId: number | undefined
  readonly size: BigInteger | undefined
}

/** What names a file: a document, a photo, or a location, of which nothing else is known. */
export type FileHolder = Api.Document | Api.Photo | Api.TypeInputFileLocation

/** @throws {LocalError} `argument`, when the value is no file. */
export function fileOf(value: unknown): LocatedFile {
  return find(value) ?? noFile(value)
}

/** @throws {LocalError} `argument`, when there is no file in the value. */
export function holderOf(value: unknown): FileHolder {
  return findHolder(value) ?? noFile(value)
}

function noFile(value: unknown): never {
  const got = describe(value)
  throw new LocalError(
    'argument',
    `file: expected a location, a document, a photo or media with one of them, got ${got}`,
    { path: 'file', got },
  )
}

function find(value: unknown): LocatedFile | undefined {
  const holder = findHolder(value)
  switch (holder?.className) {
    case 'Document':
      return documentFile(holder)
    case 'Photo':
      return photoFile(holder)
    default:
      return holder && { location: holder, dcId: undefined, size: undefined }
  }
}

function findHolder(value: unknown): FileHolder | undefined {
  const { className } = (value ?? {}) as { className?: string }
  if (className === undefined) return undefined
  if (/^(?:Document|Photo|Input.*FileLocation)$/.test(className)) return value as FileHolder
  switch (className) {
    case 'MessageMediaDocument':
      return findHolder((value as Api.MessageMediaDocument).document)
    case 'MessageMediaPhoto':
      return findHolder((value as Api.MessageMediaPhoto).photo)
    case 'MessageMediaWebPage': {
      const { document, photo } = (value as Api.MessageMediaWebPage).webpage as { document?: unknown; photo?: unknown }
      return findHolder(document) ?? findHolder(photo)
    }
    case 'Message':
      return findHolder((value as Api.Message).media)
    default:
      return undefined
  }
}

/** @param thumbSize the letter of one of its pictures; empty for the document itself */
export function documentFile({ id, accessHash, fileReference, dcId, size }: Api.Document, thumbSize = ''): LocatedFile {
  return { location: new Api.InputDocumentFileLocation({ id, accessHash, fileReference, thumbSize }), dcId, size }
}

/** @param thumbSize the letter of one of its sizes; the largest one where it is left out */
export function photoFile({ id, accessHash, fileReference, dcId, sizes }: Api.Photo, thumbSize?: string): LocatedFile | undefined {
  const type = thumbSize ?? largestPicture({ sizes })?.type
  if (type === undefined) return undefined
  return { location: new Api.InputPhotoFileLocation({ id, accessHash, fileReference, thumbSize: type }), dcId, size: undefined }
}

export interface Picture {
  /** The letter of its size. */
  readonly type: string
  readonly bytes: number
  /** In pixels. */
  readonly w: number
  readonly h: number
}

/** The largest of a photo's pictures that can be downloaded. */
export function largestPicture({ sizes }: Pick<Api.Photo, 'sizes'>): Picture | undefined {
  let best: Picture | undefined
  for (const size of sizes) {
    if (!('size' in size) && !('sizes' in size)) continue
    const bytes = 'size' in size ? size.size : Math.max(...size.sizes)
    const { type, w, h } = size
    if (best === undefined || bytes > best.bytes) best = { type, bytes, w, h }
  }
  return best
}

/**
 * Fetches the message that a file came with, for its fresh reference. @see https://core.telegram.org/api/file_reference
 */
export function refreshFrom(
  core: ClientCore,
  [peer, messageId]: readonly [peer: Api.TypeEntityLike, messageId: number],
  file: LocatedFile,
): () => Promise<Api.TypeInputFileLocation> {
  return async () => {
    const input = await core.resolver.inputPeer(peer)
    const id = [new Api.InputMessageID({ id: messageId })]
    const answer =
      input.className === 'InputPeerChannel'
        ? await core.ask(
            new Api.channels.GetMessages({
              channel: new Api.InputChannel({ channelId: input.channelId, accessHash: input.accessHash }),
              id,
            }),
          )
        : await core.ask(new Api.messages.GetMessages({ id }))
    const fresh =
      'messages' in answer
        ? answer.messages.map(find).find((found) => found !== undefined && isSame(found, file))
        : undefined
    if (fresh === undefined) throw new LocalError('state', `message ${messageId} does not have this file any more`)
    const { thumbSize } = file.location as { thumbSize?: string }
    return thumbSize === undefined ? fresh.location : Object.assign(fresh.location, { thumbSize })
  }
}

function isSame(a: LocatedFile, b: LocatedFile): boolean {
  const idOf = ({ location }: LocatedFile): string => String((location as { id?: unknown }).id)
  return idOf(a) === idOf(b)
}
