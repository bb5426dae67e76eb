import * as Api from '../../../generated/api/index.js'
import { push } from '../world/message-changes.js'
import type { WorldPeer } from '../world/peers.js'
import { apiPeer, apiPeers } from '../world/to-api.js'
import type { HandlerContext } from './context.js'
import { callerOf, peerOf } from './input-peers.js'
import { refuse } from './refuse.js'
import type { ServiceRegistry } from './registry.js'

/**
 * What an account has begun to write, one text for each chat.
 * @see https://core.telegram.org/api/drafts
 */
export function addDraftServices(services: ServiceRegistry): void {
  services.on(Api.messages.SaveDraft, 'account', (request, context) => {
    const { message, entities, replyTo, noWebpage, invertMedia } = request
    const peer = peerOf(context, request.peer)
    if (request.media !== undefined) refuse(400, 'MEDIA_INVALID')
    const isEmpty = message === '' && replyTo === undefined
    const draft = new Api.DraftMessage({ message, entities, replyTo, noWebpage, invertMedia, date: context.now })
    keepDraft(peer, isEmpty ? undefined : draft, context)
    return true
  })

  services.on(Api.messages.GetAllDrafts, 'account', (_request, context) => {
    const user = callerOf(context)
    const updates = [...user.drafts].map(([peer, draft]) => new Api.UpdateDraftMessage({ peer: apiPeer(peer), draft }))
    return new Api.Updates({ updates, ...apiPeers(user.drafts.keys(), user), date: context.now, seq: 0 })
  })

  services.on(Api.messages.ClearAllDrafts, 'account', (_request, context) => {
    for (const peer of [...callerOf(context).drafts.keys()]) keepDraft(peer, undefined, context)
    return true
  })
}

/** Keeps what was begun, or forgets it, and tells the account's other sessions. */
export function keepDraft(peer: WorldPeer, kept: Api.DraftMessage | undefined, context: HandlerContext): void {
  const user = callerOf(context)
  const { world, key, now: date } = context
  if (kept === undefined && !user.drafts.has(peer)) return
  if (kept) user.drafts.set(peer, kept)
  else user.drafts.delete(peer)
  const update = new Api.UpdateDraftMessage({ peer: apiPeer(peer), draft: kept ?? new Api.DraftMessageEmpty({ date }) })
  push(world, { user, exceptKeyId: key.id }, user, { update, date }, [peer])
}
