import * as Api from '../../../generated/api/index.js'
import { apiPhoto } from '../world/api-media.js'
import type { WorldChannel, WorldChat, WorldUser } from '../world/peers.js'
import { apiPeers } from '../world/to-api.js'
import { amongMembers, chatUpdates } from './chat-updates.js'
import type { HandlerContext } from './context.js'
import { callerOf, channelOf, chatOf, findUser, peerOf } from './input-peers.js'
import { refuse } from './refuse.js'
import type { ServiceRegistry } from './registry.js'

const MAX_PARTICIPANTS = 200

/**
 * Who is in a group or channel: lists, and taking members out.
 * @see https://core.telegram.org/api/channel
 */
export function addParticipantServices(services: ServiceRegistry): void {
  services.on(Api.channels.GetParticipants, 'account', (request, context) => {
    const caller = callerOf(context)
    const channel = channelOf(context, request.channel)
    if (!channel.megagroup && !channel.admins.has(caller.id)) refuse(400, 'CHAT_ADMIN_REQUIRED')
    const all = context.world.membersOf(channel).filter((user) => isOfKind(user, channel, request.filter))
    const limit = Math.max(0, Math.min(request.limit, MAX_PARTICIPANTS))
    const page = all.slice(request.offset, request.offset + limit)
    return new Api.channels.ChannelParticipants({
      count: all.length,
      participants: page.map((user) => channelParticipant(user, channel, caller)),
      ...apiPeers(page, caller),
    })
  })

  services.on(Api.channels.GetParticipant, 'account', (request, context) => {
    const caller = callerOf(context)
    const channel = channelOf(context, request.channel)
    const user = peerOf(context, request.participant)
    if (user.kind !== 'user') refuse(400, 'PARTICIPANT_ID_INVALID')
    if (!channel.members.has(user.id)) refuse(400, 'USER_NOT_PARTICIPANT')
    const participant = channelParticipant(user, channel, caller)
    return new Api.channels.ChannelParticipant({ participant, ...apiPeers([user, channel], caller) })
  })

  services.on(Api.channels.GetFullChannel, 'account', (request, context) => {
    const channel = channelOf(context, request.channel)
    const { id, members, admins, box } = channel
    const fullChat = new Api.ChannelFull({
      id,
      about: '',
      participantsCount: members.size,
      adminsCount: admins.size,
      canViewParticipants: channel.megagroup,
      readInboxMaxId: 0,
      readOutboxMaxId: 0,
      unreadCount: 0,
      chatPhoto: channel.photo ? apiPhoto(channel.photo) : new Api.PhotoEmpty({ id: 0 }),
      notifySettings: new Api.PeerNotifySettings({}),
      botInfo: [],
      pts: box.log.pts,
    })
    return new Api.messages.ChatFull({ fullChat, ...apiPeers([channel], callerOf(context)) })
  })

  services.on(Api.messages.GetFullChat, 'account', ({ chatId }, context) => {
    const chat = chatOf(context, chatId)
    const members = context.world.membersOf(chat)
    const participants = members.map((user) => chatParticipant(user, chat))
    const fullChat = new Api.ChatFull({
      id: chat.id,
      about: '',
      chatPhoto: chat.photo && apiPhoto(chat.photo),
      participants: new Api.ChatParticipants({ chatId: chat.id, participants, version: 1 }),
      notifySettings: new Api.PeerNotifySettings({}),
    })
    return new Api.messages.ChatFull({ fullChat, ...apiPeers([chat, ...members], callerOf(context)) })
  })

  services.on(Api.channels.EditBanned, 'account', ({ channel: input, participant, bannedRights }, context) => {
    const caller = callerOf(context)
    const channel = channelOf(context, input)
    if (!channel.admins.has(caller.id)) refuse(400, 'CHAT_ADMIN_REQUIRED')
    const user = peerOf(context, participant)
    if (user.kind !== 'user') refuse(400, 'PARTICIPANT_ID_INVALID')
    if (channel.admins.has(user.id)) refuse(400, 'USER_ADMIN_INVALID')
    const isRemoved = bannedRights.viewMessages === true && channel.members.delete(user.id)
    return isRemoved ? removal(channel, user, context) : chatUpdates(channel, context)
  })

  services.on(Api.channels.LeaveChannel, 'account', ({ channel: input }, context) => {
    const channel = channelOf(context, input)
    const caller = callerOf(context)
    if (!channel.members.delete(caller.id)) refuse(400, 'USER_NOT_PARTICIPANT')
    channel.admins.delete(caller.id)
    return removal(channel, caller, context)
  })

  services.on(Api.messages.DeleteChatUser, 'account', ({ chatId, userId }, context) => {
    const caller = callerOf(context)
    const chat = chatOf(context, chatId)
    const user = findUser(context, userId) ?? refuse(400, 'USER_ID_INVALID')
    if (user !== caller && !chat.admins.has(caller.id)) refuse(400, 'CHAT_ADMIN_REQUIRED')
    if (!chat.members.delete(user.id)) refuse(400, 'USER_NOT_PARTICIPANT')
    chat.admins.delete(user.id)
    return removal(chat, user, context)
  })
}

/** Somebody has left, or was taken out. */
function removal(chat: WorldChat | WorldChannel, removed: WorldUser, context: HandlerContext): Api.Updates {
  const action = amongMembers(chat, new Api.MessageActionChatDeleteUser({ userId: removed.id }))
  return chatUpdates(chat, context, { action, subjects: [removed] })
}

/** Kinds that are not modelled here (banned, kicked, contacts) have nobody in them. */
function isOfKind(user: WorldUser, { admins }: WorldChannel, filter: Api.TypeChannelParticipantsFilter): boolean {
  if (filter instanceof Api.ChannelParticipantsRecent) return true
  if (filter instanceof Api.ChannelParticipantsAdmins) return admins.has(user.id)
  if (filter instanceof Api.ChannelParticipantsBots) return user.bot
  if (!(filter instanceof Api.ChannelParticipantsSearch)) return false
  const names = [user.firstName, user.lastName ?? '', user.username ?? '']
  return names.some((name) => name.toLowerCase().includes(filter.q.toLowerCase()))
}

function channelParticipant(user: WorldUser, channel: WorldChannel, viewer: WorldUser): Api.TypeChannelParticipant {
  const [{ date }, userId] = [channel, user.id]
  if (channel.admins.has(userId)) {
    const adminRights = new Api.ChatAdminRights({})
    const own = user === viewer ? ({ self: true, inviterId: userId } as const) : {}
    return new Api.ChannelParticipantAdmin({ userId, promotedBy: userId, date, adminRights, ...own })
  }
  return user === viewer
    ? new Api.ChannelParticipantSelf({ userId, inviterId: userId, date })
    : new Api.ChannelParticipant({ userId, date })
}

function chatParticipant({ id: userId }: WorldUser, { admins, date }: WorldChat): Api.TypeChatParticipant {
  return admins.has(userId)
    ? new Api.ChatParticipantAdmin({ userId, inviterId: userId, date })
    : new Api.ChatParticipant({ userId, inviterId: userId, date })
}
