/** `rawgram/define`: names of types that existing code imports. Nothing of it exists at run time. */
import type * as Api from '../../generated/api/index.js'
import type { Button } from '../client/compat/button.js'
import type { ByteSink } from '../client/files/byte-sink.js'
import type { UploadSource } from '../client/files/source.js'

export type { DownloadProgress as ProgressCallback } from '../client/files/download.js'
export type { Entity } from '../entities/get-entities.js'
export type { LongLike } from '../tl/long.js'
export type EntityLike = Api.TypeEntityLike
export type EntitiesLike = EntityLike[]
export type FullEntity = Api.UserFull | Api.messages.ChatFull | Api.ChatFull | Api.ChannelFull
export type PeerLike = Api.TypePeer | Api.TypeInputPeer | Api.TypeUser | Api.TypeChat | FullEntity
export type MessageIDLike = number | Api.Message | Api.MessageService | Api.TypeInputMessage
export type MessageLike = string | Api.Message
export type FileLike =
  UploadSource | Api.TypeMessageMedia | Api.TypeInputMedia | Api.TypeInputFile | Api.TypePhoto | Api.TypeDocument
export type OutFile = string | ByteSink
export type ButtonLike = Api.TypeKeyboardButton | Button
export type MarkupLike = Api.TypeReplyMarkup | ButtonLike | ButtonLike[] | ButtonLike[][]
export type DateLike = number | Date
export type Phone = string
export type Username = string
export type PeerID = number
