import * as Api from '../../../generated/api/index.js'
import type { BoxMessage } from '../world/message-box.js'
import { refuse } from './refuse.js'

type MediaKind = 'photo' | 'video' | 'round' | 'gif' | 'voice' | 'music' | 'document' | 'place' | 'contact' | 'poll'

/** What a filter is for, by its kinds. */
const KINDS_BY_FILTER: Readonly<Record<string, readonly MediaKind[]>> = {
  InputMessagesFilterPhotos: ['photo'],
  InputMessagesFilterVideo: ['video'],
  InputMessagesFilterPhotoVideo: ['photo', 'video'],
  InputMessagesFilterDocument: ['document'],
  InputMessagesFilterGif: ['gif'],
  InputMessagesFilterVoice: ['voice'],
  InputMessagesFilterRoundVideo: ['round'],
  InputMessagesFilterRoundVoice: ['round', 'voice'],
  InputMessagesFilterMusic: ['music'],
  InputMessagesFilterGeo: ['place'],
  InputMessagesFilterContacts: ['contact'],
  InputMessagesFilterPoll: ['poll'],
}

/**
 * Whether a message is one that a search asks for: by a part of its text, in any case, and by what it carries.
 * @throws {RpcError} 400 FILTER_NOT_SUPPORTED, for kinds that no message here has
 */
export function matches(found: BoxMessage, q: string, filter: Api.TypeMessagesFilter): boolean {
  if (filter instanceof Api.InputMessagesFilterChatPhotos) return 'action' in found && found.action instanceof Api.MessageActionChatEditPhoto
  // Messages of the service have no text and carry nothing.
  if (found instanceof Api.MessageService) return q === '' && filter instanceof Api.InputMessagesFilterEmpty
  const { message, media, entities, pinned } = found
  if (q !== '' && !message.toLowerCase().includes(q.toLowerCase())) return false
  if (filter instanceof Api.InputMessagesFilterEmpty) return true
  if (filter instanceof Api.InputMessagesFilterUrl) return (entities ?? []).some(isLink)
  if (filter instanceof Api.InputMessagesFilterPinned) return pinned
  const kinds = KINDS_BY_FILTER[filter.className] ?? refuse(400, 'FILTER_NOT_SUPPORTED')
  const kind = kindOf(media)
  return kind !== undefined && kinds.includes(kind)
}

function isLink(entity: Api.TypeMessageEntity): boolean {
  return entity instanceof Api.MessageEntityUrl || entity instanceof Api.MessageEntityTextUrl
}

function kindOf(media: Api.TypeMessageMedia | undefined): MediaKind | undefined {
  if (media instanceof Api.MessageMediaPhoto) return 'photo'
  if (media instanceof Api.MessageMediaContact) return 'contact'
  if (media instanceof Api.MessageMediaPoll) return 'poll'
  if (media !== undefined && 'geo' in media) return 'place'
  if (!(media instanceof Api.MessageMediaDocument) || !(media.document instanceof Api.Document)) return undefined
  const { attributes } = media.document
  if (attributes.some((each) => each instanceof Api.DocumentAttributeAnimated)) return 'gif'
  if (media.video) return media.round ? 'round' : 'video'
  if (media.voice) return 'voice'
  return attributes.some((each) => each instanceof Api.DocumentAttributeAudio) ? 'music' : 'document'
}
