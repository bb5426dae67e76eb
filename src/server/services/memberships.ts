import * as Api from '../../../generated/api/index.js'
import { apiPhoto } from '../world/api-media.js'
import type { Invite } from '../world/invites.js'
import type { WorldChannel, WorldChat, WorldUser } from '../world/peers.js'
import { apiChat } from '../world/to-api.js'
import { checkedTitle } from './chat-titles.js'
import { amongMembers, chatUpdates } from './chat-updates.js'
import type { HandlerContext } from './context.js'
import { callerOf, channelOf, chatOf, findUser, type InputField } from './input-peers.js'
import { refuse } from './refuse.js'
import type { ServiceRegistry } from './registry.js'

type Group = WorldChat | WorldChannel

/**
 * New groups and channels, and ways into those that there are.
 * @see https://core.telegram.org/api/invites
 */
export function addMembershipServices(services: ServiceRegistry): void {
  services.on(Api.channels.CreateChannel, 'account', ({ title, megagroup }, context) => {
    const admins = [callerOf(context).id]
    const channel = context.world.addChannel({ title: checkedTitle(title), megagroup, admins })
    return chatUpdates(channel, context, { action: new Api.MessageActionChannelCreate({ title }) })
  })

  services.on(Api.messages.CreateChat, 'account', ({ title, users }, context) => {
    const members = users.map((user) => invited(user, context).id)
    const chat = context.world.addChat({ title: checkedTitle(title), members, admins: [callerOf(context).id] })
    return invitedUsers(chat, context, new Api.MessageActionChatCreate({ title, users: [...chat.members] }))
  })

  services.on(Api.channels.InviteToChannel, 'account', ({ channel: input, users }, context) => {
    const channel = channelOf(context, input)
    const caller = callerOf(context)
    const may = channel.megagroup ? channel.members : channel.admins
    if (!may.has(caller.id)) refuse(channel.megagroup ? 403 : 400, channel.megagroup ? 'CHAT_WRITE_FORBIDDEN' : 'CHAT_ADMIN_REQUIRED')
    const added = [...new Set(users.map((each) => invited(each, context)))].filter(({ id }) => !channel.members.has(id))
    const ids = added.map(({ id }) => id)
    for (const id of ids) channel.members.add(id)
    return invitedUsers(channel, context, ids.length === 0 ? undefined : new Api.MessageActionChatAddUser({ users: ids }), added)
  })

  services.on(Api.messages.AddChatUser, 'account', ({ chatId, userId }, context) => {
    const chat = chatOf(context, chatId)
    if (!chat.members.has(callerOf(context).id)) refuse(400, 'CHAT_ID_INVALID')
    const user = invited(userId, context)
    enter(chat, user)
    return invitedUsers(chat, context, new Api.MessageActionChatAddUser({ users: [user.id] }))
  })

  services.on(Api.channels.JoinChannel, 'account', ({ channel: input }, context) => {
    const channel = channelOf(context, input)
    if (channel.username === undefined && !channel.members.has(callerOf(context).id)) refuse(400, 'CHANNEL_PRIVATE')
    return joined(channel, context, new Api.MessageActionChatAddUser({ users: [callerOf(context).id] }))
  })

  services.on(Api.messages.CheckChatInvite, 'account', ({ hash }, context) => {
    const { chat, invite } = inviteOf(hash, context)
    const caller = callerOf(context)
    if (chat.members.has(caller.id)) return new Api.ChatInviteAlready({ chat: apiChat(chat, caller) })
    const channel = chat.kind === 'channel' ? chat : undefined
    return new Api.ChatInvite({
      channel: channel !== undefined,
      broadcast: channel?.megagroup === false,
      megagroup: channel?.megagroup === true,
      public: channel?.username !== undefined,
      requestNeeded: invite.requestNeeded === true,
      title: chat.title,
      photo: chat.photo ? apiPhoto(chat.photo) : new Api.PhotoEmpty({ id: 0 }),
      participantsCount: chat.members.size,
      color: 0,
    })
  })

  services.on(Api.messages.ImportChatInvite, 'account', ({ hash }, context) => {
    const { chat, invite } = inviteOf(hash, context)
    if (invite.requestNeeded === true) {
      invite.requested = (invite.requested ?? 0) + 1
      refuse(400, 'INVITE_REQUEST_SENT')
    }
    const answer = joined(chat, context, new Api.MessageActionChatJoinedByLink({ inviterId: invite.adminId }))
    invite.usage = (invite.usage ?? 0) + 1
    return answer
  })

  services.on(Api.messages.GetCommonChats, 'account', ({ userId }, context) => {
    const { world } = context
    const caller = callerOf(context)
    const user = invited(userId, context)
    const common = [...world.chats.values(), ...world.channels.values()].filter(
      ({ members }) => members.has(caller.id) && members.has(user.id),
    )
    return new Api.messages.Chats({ chats: common.map((chat) => apiChat(chat, caller)) })
  })
}

/** @throws {RpcError} 400 USER_ID_INVALID */
function invited(input: InputField, context: HandlerContext): WorldUser {
  return findUser(context, input) ?? refuse(400, 'USER_ID_INVALID')
}

function invitedUsers(
  chat: Group,
  context: HandlerContext,
  done: Api.TypeMessageAction | undefined,
  subjects: readonly WorldUser[] = [],
): Api.messages.InvitedUsers {
  const updates = chatUpdates(chat, context, { action: done && amongMembers(chat, done), subjects })
  return new Api.messages.InvitedUsers({ updates, missingInvitees: [] })
}

/** @throws {RpcError} 400 USER_ALREADY_PARTICIPANT */
function enter(chat: Group, user: WorldUser): void {
  if (chat.members.has(user.id)) refuse(400, 'USER_ALREADY_PARTICIPANT')
  chat.members.add(user.id)
}

function joined(chat: Group, context: HandlerContext, done: Api.TypeMessageAction): Api.messages.ChatInviteJoinResultOk {
  enter(chat, callerOf(context))
  const updates = chatUpdates(chat, context, { action: amongMembers(chat, done) })
  return new Api.messages.ChatInviteJoinResultOk({ updates })
}

/** The invite that a link ends in. @throws {RpcError} 400 INVITE_HASH_EMPTY, INVITE_HASH_EXPIRED */
function inviteOf(hash: string, { world, now }: HandlerContext): { chat: Group; invite: Invite } {
  if (hash === '') refuse(400, 'INVITE_HASH_EMPTY')
  for (const chat of [...world.chats.values(), ...world.channels.values()]) {
    const invite = chat.invites.find(`https://t.me/+${hash}`)
    if (invite === undefined) continue
    const { revoked, expireDate, usageLimit, usage = 0 } = invite
    const isOver = revoked || (expireDate !== undefined && expireDate <= now) || (usageLimit !== undefined && usage >= usageLimit)
    return isOver ? refuse(400, 'INVITE_HASH_EXPIRED') : { chat, invite }
  }
  return refuse(400, 'INVITE_HASH_EXPIRED')
}
