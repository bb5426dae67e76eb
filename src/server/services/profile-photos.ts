import * as Api from '../../../generated/api/index.js'
import { apiPhoto } from '../world/api-media.js'
import type { WorldFile } from '../world/files.js'
import type { WorldChannel, WorldChat } from '../world/peers.js'
import { apiUser } from '../world/to-api.js'
import { chatUpdates } from './chat-updates.js'
import type { HandlerContext } from './context.js'
import { uploadedPhoto } from './files.js'
import { callerOf, channelOf, chatOf, findUser } from './input-peers.js'
import { toBigInt } from './longs.js'
import { refuse } from './refuse.js'
import type { ServiceRegistry } from './registry.js'

/**
 * The photos of users, groups and channels. Each has one at a time: a new one takes the place of the old.
 * @see https://core.telegram.org/api/files#downloading-files
 */
export function addProfilePhotoServices(services: ServiceRegistry): void {
  services.on(Api.photos.UploadProfilePhoto, 'account', ({ file }, context) => {
    if (file === undefined) refuse(400, 'PHOTO_FILE_MISSING')
    return ownPhoto(uploadedPhoto(file, context), context)
  })

  services.on(Api.photos.UpdateProfilePhoto, 'account', ({ id }, context) =>
    ownPhoto(id instanceof Api.InputPhotoEmpty ? undefined : photoOf(id, context), context),
  )

  services.on(Api.photos.DeletePhotos, 'account', ({ id }, context) => {
    const user = callerOf(context)
    const current = user.photo?.id
    const deleted = id.flatMap((each) => ('id' in each && toBigInt(each.id) === current ? [each.id] : []))
    if (deleted.length > 0) context.world.setPhoto(user, undefined)
    return deleted
  })

  services.on(Api.photos.GetUserPhotos, 'account', ({ userId, offset, limit }, context) => {
    const user = findUser(context, userId) ?? refuse(400, 'USER_ID_INVALID')
    const all = user.photo === undefined ? [] : [apiPhoto(user.photo)]
    return new Api.photos.Photos({ photos: all.slice(offset, limit === 0 ? undefined : offset + limit), users: [apiUser(user, context.user)] })
  })

  services.on(Api.channels.EditPhoto, 'account', ({ channel, photo }, context) =>
    chatPhoto(channelOf(context, channel), photo, context),
  )

  services.on(Api.messages.EditChatPhoto, 'account', ({ chatId, photo }, context) =>
    chatPhoto(chatOf(context, chatId), photo, context),
  )
}

function ownPhoto(photo: WorldFile | undefined, context: HandlerContext): Api.photos.Photo {
  const user = callerOf(context)
  context.world.setPhoto(user, photo)
  return new Api.photos.Photo({
    photo: photo ? apiPhoto(photo) : new Api.PhotoEmpty({ id: 0 }),
    users: [apiUser(user, user)],
  })
}

/** @throws {RpcError} 400 CHAT_ADMIN_REQUIRED, PHOTO_INVALID, CHAT_NOT_MODIFIED */
function chatPhoto(chat: WorldChat | WorldChannel, photo: Api.TypeInputChatPhoto, context: HandlerContext): Api.Updates {
  if (!chat.admins.has(callerOf(context).id)) refuse(400, 'CHAT_ADMIN_REQUIRED')
  const file = newPhoto(photo, context)
  if (file === chat.photo) refuse(400, 'CHAT_NOT_MODIFIED')
  context.world.setPhoto(chat, file)
  const action = file ? new Api.MessageActionChatEditPhoto({ photo: apiPhoto(file) }) : new Api.MessageActionChatDeletePhoto()
  return chatUpdates(chat, context, { action })
}

function newPhoto(photo: Api.TypeInputChatPhoto, context: HandlerContext): WorldFile | undefined {
  if (photo instanceof Api.InputChatPhoto) return photoOf(photo.id, context)
  if (!(photo instanceof Api.InputChatUploadedPhoto)) return undefined
  return photo.file === undefined ? refuse(400, 'PHOTO_INVALID') : uploadedPhoto(photo.file, context)
}

function photoOf(input: Api.TypeInputPhoto, { world }: HandlerContext): WorldFile {
  if (!(input instanceof Api.InputPhoto)) refuse(400, 'PHOTO_INVALID')
  const file = world.files.get(toBigInt(input.id))
  return file?.photo === true && file.accessHash === toBigInt(input.accessHash) ? file : refuse(400, 'PHOTO_INVALID')
}
