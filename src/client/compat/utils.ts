/** What existing code imports from `Utils`: peers and files in their other forms, without asking the server. */
import bigInt, { type BigInteger } from 'big-integer'
import * as Api from '../../../generated/api/index.js'
import { inputChannelOf, inputUserOf, markedId } from '../../entities/convert.js'
import { parseId, parsePeerName, type PeerName } from '../../session/peer-name.js'
import { peerOfObject } from '../../session/peer-object.js'
import { toBigInt, type LongLike } from '../../tl/long.js'
import { fileOf, type LocatedFile } from '../files/location.js'
import { cannotCast } from './cannot-cast.js'

/**
 * @param allowSelf `false` addresses the account itself by its id, as it would be addressed by others
 * @throws {LocalError} `entity`, for names and ids: only a client can look those up.
 */
export function getInputPeer(entity: unknown, allowSelf: boolean = true): Api.TypeInputPeer {
  return inputPeer(!allowSelf && isUser(entity) ? notSelf(entity) : entity, 'InputPeer')
}

export function getInputUser(entity: unknown): Api.TypeInputUser {
  return inputUserOf(inputPeer(entity, 'InputUser')) ?? fail(entity, 'InputUser')
}

export function getInputChannel(entity: unknown): Api.TypeInputChannel {
  return inputChannelOf(inputPeer(entity, 'InputChannel')) ?? fail(entity, 'InputChannel')
}

export function getInputMessage(message: unknown): Api.TypeInputMessage {
  const { className, id } = (message ?? {}) as { className?: string; id?: number }
  if (typeof message === 'number') return new Api.InputMessageID({ id: message })
  if (className?.startsWith('InputMessage') === true) return message as Api.TypeInputMessage
  if (className === 'Message' || className === 'MessageService') return new Api.InputMessageID({ id: id! })
  throw cannotCast(message, 'InputMessage')
}

export function getInputPhoto(photo: unknown): Api.TypeInputPhoto {
  const found = (photo as { photo?: unknown } | undefined)?.photo ?? photo
  const { className } = (found ?? {}) as { className?: string }
  if (className?.startsWith('InputPhoto') === true) return found as Api.TypeInputPhoto
  if (className === 'PhotoEmpty') return new Api.InputPhotoEmpty()
  if (className !== 'Photo') throw cannotCast(photo, 'InputPhoto')
  const { id, accessHash, fileReference } = found as Api.Photo
  return new Api.InputPhoto({ id, accessHash, fileReference })
}

export function getInputDocument(document: unknown): Api.TypeInputDocument {
  const found = (document as { document?: unknown } | undefined)?.document ?? document
  const { className } = (found ?? {}) as { className?: string }
  if (className?.startsWith('InputDocument') === true) return found as Api.TypeInputDocument
  if (className === 'DocumentEmpty') return new Api.InputDocumentEmpty()
  if (className !== 'Document') throw cannotCast(document, 'InputDocument')
  const { id, accessHash, fileReference } = found as Api.Document
  return new Api.InputDocument({ id, accessHash, fileReference })
}

/** `PeerUser`, `PeerChat` or `PeerChannel` of an entity, an input peer or a marked id. */
export function getPeer(peer: unknown): Api.TypePeer {
  const name = typeof peer === 'string' ? undefined : toBigInt(peer)
  if (name !== undefined) return peerOfName(parseId(name), peer)
  const { className } = (peer ?? {}) as { className?: string }
  if (className === 'PeerUser' || className === 'PeerChat' || className === 'PeerChannel') return peer as Api.TypePeer
  const found = peerOfObject(isUser(peer) ? notSelf(peer) : peer)
  if (found === undefined) throw cannotCast(peer, 'peer')
  if ('kind' in found) return peerOfName(found, peer)
  const marked = markedId(found)
  if (marked === undefined) throw cannotCast(peer, 'peer')
  const [id, PeerClass] = resolveId(bigInt(marked))
  return PeerClass === Api.PeerUser
    ? new Api.PeerUser({ userId: id })
    : PeerClass === Api.PeerChat
      ? new Api.PeerChat({ chatId: id })
      : new Api.PeerChannel({ channelId: id })
}

/** Decimal; with a mark `-4` for groups and `-1001234567890` for channels. */
export function getPeerId(peer: unknown, addMark: boolean = true): string {
  const integer = toBigInt(peer)
  if (integer !== undefined) return addMark ? integer.toString() : resolveId(bigInt(integer))[0].toString()
  const marked = markedId(getPeer(peer))
  if (marked === undefined) throw cannotCast(peer, 'id')
  return addMark ? marked : marked.replace(/^-(?:100)?/, '')
}

type PeerClass = typeof Api.PeerUser | typeof Api.PeerChat | typeof Api.PeerChannel

export function resolveId(marked: BigInteger): [BigInteger, PeerClass] {
  const name = parseId(BigInt(marked.toString()))
  if (name?.kind !== 'id') return [marked, Api.PeerUser]
  return [bigInt(name.id), name.peer === 'chat' ? Api.PeerChat : Api.PeerChannel]
}

export function parseID(text: string): BigInteger | undefined {
  return /^-?\d+$/.test(text) ? bigInt(text) : undefined
}

/** The digits of a number that begins with `+`. */
export function parsePhone(phone: string): string | undefined {
  const name = parsePeerName(phone)
  return name?.kind === 'phone' ? name.phone : undefined
}

export function parseUsername(text: string): { username?: string; isInvite: boolean } {
  const name = parsePeerName(text)
  if (name?.kind === 'username') return { username: name.username, isInvite: false }
  return name?.kind === 'invite' ? { username: name.hash, isInvite: true } : { isInvite: false }
}

export function getDisplayName(entity: unknown): string {
  const { className, firstName, lastName, title } = (entity ?? {}) as Record<
    'className' | 'firstName' | 'lastName' | 'title',
    string | undefined
  >
  if (className === 'User') return [firstName, lastName].filter((part) => part !== undefined && part !== '').join(' ')
  return className === 'Chat' || className === 'Channel' ? (title ?? '') : ''
}

export function getMessageId(message: unknown): number | undefined {
  if (message === undefined || message === null || message === 0) return undefined
  if (typeof message === 'number') return message
  const { id } = message as { id?: unknown }
  if (typeof id === 'number') return id
  throw cannotCast(message, 'message id')
}

/** Where a file is, of media, a document, a photo or a message. */
export function getFileInfo(file: unknown): LocatedFile {
  return fileOf(file)
}

/** Kilobytes in each part that suit a file of this size. */
export function getAppropriatedPartSize(fileSize: LongLike): 128 | 256 | 512 {
  const megabytes = Number(toBigInt(fileSize) ?? 0n) / 1024 / 1024
  return megabytes < 100 ? 128 : megabytes < 750 ? 256 : 512
}

export function rtrim(text: string, mask: string): string {
  let end = text.length
  while (end > 0 && mask.includes(text[end - 1]!)) end--
  return text.slice(0, end)
}

function inputPeer(entity: unknown, target: string): Api.TypeInputPeer {
  const found = peerOfObject(entity)
  if (found === undefined) throw cannotCast(entity, target)
  if ('kind' in found) throw cannotCast(entity, target, 'without its access hash; ask client.getInputEntity() for it')
  return found
}

function isUser(value: unknown): value is Api.User {
  return (value as { className?: unknown } | undefined | null)?.className === 'User'
}

/** A user without the mark that it is this account, which would hide its id. */
function notSelf({ className, id, accessHash, min }: Api.User): Partial<Api.User> {
  return { className, id, accessHash, min }
}

function peerOfName(name: PeerName | undefined, value: unknown): Api.TypePeer {
  if (name?.kind === 'unmarked') return new Api.PeerUser({ userId: name.id })
  if (name?.kind !== 'id') throw cannotCast(value, 'peer')
  if (name.peer === 'user') return new Api.PeerUser({ userId: name.id })
  return name.peer === 'chat' ? new Api.PeerChat({ chatId: name.id }) : new Api.PeerChannel({ channelId: name.id })
}

function fail(value: unknown, target: string): never {
  throw cannotCast(value, target)
}
