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

/** @throws {LocalError} `argument`, when the value is no file. */
export function fileOf(value: unknown): LocatedFile {
  const found = find(value)
  if (found === undefined) {
    throw new LocalError(
      'argument',
      `file: expected a location, a document, a photo or media with one of them, got ${describe(value)}`,
      {
        path: 'file',
        got: describe(value),
      },
    )
  }
  return found
}

function find(value: unknown): LocatedFile | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { className } = value as { className?: string }
  if (className === undefined) return undefined
  if (/^Input.*FileLocation$/.test(className))
    return { location: value as Api.TypeInputFileLocation, dcId: undefined, size: undefined }
  switch (className) {
    case 'Document':
      return documentFile(value as Api.Document)
    case 'Photo':
      return photoFile(value as Api.Photo)
    case 'MessageMediaDocument':
      return find((value as Api.MessageMediaDocument).document)
    case 'MessageMediaPhoto':
      return find((value as Api.MessageMediaPhoto).photo)
    case 'MessageMediaWebPage': {
      const { document, photo } = (value as Api.MessageMediaWebPage).webpage as { document?: unknown; photo?: unknown }
      return find(document) ?? find(photo)
    }
    case 'Message':
      return find((value as Api.Message).media)
    default:
      return undefined
  }
}

function documentFile({ id, accessHash, fileReference, dcId, size }: Api.Document): LocatedFile {
  return { location: new Api.InputDocumentFileLocation({ id, accessHash, fileReference, thumbSize: '' }), dcId, size }
}

/** The largest size of a photo. */
function photoFile({ id, accessHash, fileReference, dcId, sizes }: Api.Photo): LocatedFile | undefined {
  let best: { readonly type: string; readonly bytes: number } | undefined
  for (const size of sizes) {
    const bytes = 'size' in size ? size.size : 'sizes' in size ? Math.max(...size.sizes) : undefined
    if (bytes !== undefined && (best === undefined || bytes > best.bytes)) best = { type: size.type, bytes }
  }
  if (best === undefined) return undefined
  return {
    location: new Api.InputPhotoFileLocation({ id, accessHash, fileReference, thumbSize: best.type }),
    dcId,
    size: undefined,
  }
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
