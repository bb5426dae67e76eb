import * as Api from '../../../generated/api/index.js'
import type { Invite, InviteQuery } from '../world/invites.js'
import type { WorldPeer, WorldUser } from '../world/peers.js'
import type { HandlerContext } from './context.js'
import { callerOf, findUser, peerOf, type InputField } from './input-peers.js'
import { refuse } from './refuse.js'
import type { ServiceRegistry } from './registry.js'
import { apiInvite, apiPeers } from '../world/to-api.js'

const MAX_PAGE = 100 // the most invites of one answer

/**
 * `messages.getExportedChatInvites#a2b5a3f6 flags:# revoked:flags.3?true peer:InputPeer admin_id:InputUser
 * offset_date:flags.2?int offset_link:flags.2?string limit:int = messages.ExportedChatInvites;`
 * and its relatives.
 */
export function addInviteServices(services: ServiceRegistry): void {
  services.on(Api.messages.GetExportedChatInvites, 'account', getExportedChatInvites)
  services.on(Api.messages.ExportChatInvite, 'account', exportChatInvite)
  services.on(Api.messages.EditExportedChatInvite, 'account', editExportedChatInvite)
  services.on(Api.messages.DeleteExportedChatInvite, 'account', (request, context) => {
    const peer = administered(context, request.peer)
    return peer.invites.remove(request.link) || refuse(400, 'INVITE_HASH_EXPIRED')
  })
}

function getExportedChatInvites(
  request: Api.messages.GetExportedChatInvites,
  context: HandlerContext,
): Api.messages.ExportedChatInvites {
  const peer = administered(context, request.peer)
  const admin = findUser(context, request.adminId)
  if (!admin || !mayAdminister(peer, admin)) refuse(400, 'ADMIN_ID_INVALID')
  const query: InviteQuery = {
    adminId: admin.id,
    revoked: request.revoked ?? false,
    limit: Math.min(request.limit, MAX_PAGE),
    ...(request.offsetDate === undefined || request.offsetLink === undefined
      ? {}
      : { after: { date: request.offsetDate, link: request.offsetLink } }),
  }
  const { count, invites } = peer.invites.page(query)
  const { users } = apiPeers(invites.length === 0 ? [] : [admin], context.user)
  return new Api.messages.ExportedChatInvites({ count, invites: invites.map(apiInvite), users })
}

function exportChatInvite(request: Api.messages.ExportChatInvite, context: HandlerContext): Api.TypeExportedChatInvite {
  const peer = administered(context, request.peer)
  const invite: Invite = {
    link: `https://t.me/+${context.world.randomId().toString(36).padStart(16, '0').slice(0, 16)}`,
    adminId: callerOf(context).id,
    date: context.now,
    revoked: false,
    requestNeeded: request.requestNeeded ?? false,
    usage: 0,
    expireDate: request.expireDate,
    usageLimit: request.usageLimit,
    title: request.title,
  }
  peer.invites.add(invite)
  return apiInvite(invite)
}

function editExportedChatInvite(
  request: Api.messages.EditExportedChatInvite,
  context: HandlerContext,
): Api.messages.TypeExportedChatInvite {
  const peer = administered(context, request.peer)
  const invite = peer.invites.find(request.link) ?? refuse(400, 'INVITE_HASH_EXPIRED')
  if (request.revoked === true) invite.revoked = true
  const { users } = apiPeers([context.world.users.get(invite.adminId)], context.user)
  return new Api.messages.ExportedChatInvite({ invite: apiInvite(invite), users })
}

/** The peer, where the caller administers it. @throws {RpcError} 400 PEER_ID_INVALID, 400 CHAT_ADMIN_REQUIRED */
function administered(context: HandlerContext, input: InputField): WorldPeer {
  const peer = peerOf(context, input)
  if (!mayAdminister(peer, callerOf(context))) refuse(400, 'CHAT_ADMIN_REQUIRED')
  return peer
}

/** A user stands for a chat of one, which is its own admin. */
function mayAdminister(peer: WorldPeer, user: WorldUser): boolean {
  return peer.kind === 'user' ? peer.id === user.id : peer.admins.has(user.id)
}
