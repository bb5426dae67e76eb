import * as Api from '../../../generated/api/index.js'
import { apiPhoto } from '../world/api-media.js'
import { commandsOf } from './bot-commands.js'
import { channelOf, chatOf, findUser } from './input-peers.js'
import { refuse } from './refuse.js'
import type { ServiceRegistry } from './registry.js'
import { apiChat, apiPeer, apiPeers, apiUser } from '../world/to-api.js'

/** Accounts and chats: `users.*`, `contacts.*`, and the plain getters of `channels.*` and `messages.*`. */
export function addUserServices(services: ServiceRegistry): void {
  services.on(Api.users.GetUsers, 'account', (request, context) =>
    request.id.map((input) => {
      const user = findUser(context, input)
      if (user) return apiUser(user, context.user)
      return new Api.UserEmpty({ id: input instanceof Api.InputUser ? input.userId : 0 })
    }),
  )

  services.on(Api.users.GetFullUser, 'account', (request, context) => {
    const user = findUser(context, request.id) ?? refuse(400, 'USER_ID_INVALID')
    return new Api.users.UserFull({
      fullUser: new Api.UserFull({
        id: user.id,
        profilePhoto: user.photo && apiPhoto(user.photo),
        settings: new Api.PeerSettings({}),
        botInfo: user.bot ? new Api.BotInfo({ userId: user.id, commands: commandsOf(user) }) : undefined,
        notifySettings: new Api.PeerNotifySettings({}),
        commonChatsCount: 0,
      }),
      ...apiPeers([user], context.user),
    })
  })

  services.on(Api.contacts.ResolveUsername, 'account', (request, context) => {
    if (!/^[a-z]\w{3,31}$/i.test(request.username)) refuse(400, 'USERNAME_INVALID')
    const peer = context.world.byUsername(request.username) ?? refuse(400, 'USERNAME_NOT_OCCUPIED')
    return new Api.contacts.ResolvedPeer({ peer: apiPeer(peer), ...apiPeers([peer], context.user) })
  })

  services.on(Api.contacts.ResolvePhone, 'account', (request, context) => {
    const user = context.world.byPhone(request.phone) ?? refuse(400, 'PHONE_NOT_OCCUPIED')
    return new Api.contacts.ResolvedPeer({ peer: apiPeer(user), ...apiPeers([user], context.user) })
  })

  services.on(Api.channels.GetChannels, 'account', (request, context) =>
    new Api.messages.Chats({ chats: request.id.map((input) => apiChat(channelOf(context, input), context.user)) }),
  )

  services.on(Api.messages.GetChats, 'account', (request, context) =>
    new Api.messages.Chats({
      chats: request.id.map((id) =>
        apiChat(chatOf(context, id), context.user),
      ),
    }),
  )
}
