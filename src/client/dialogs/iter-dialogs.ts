import * as Api from '../../../generated/api/index.js'
import { seconds, type DateLike } from '../../tl/argument-values.js'
import { getPeerId } from '../compat/utils.js'
import { entitiesOf } from '../messages/entities-of.js'
import { RequestIter } from '../request-iter.js'
import type { TelegramClient } from '../telegram-client.js'
import { Dialog } from './dialog.js'

export interface IterDialogsParams {
  /** At most so many; left out, all. With 0, nothing but the `total` is asked for. */
  readonly limit?: number | undefined
  /** Only dialogs whose newest message is not younger. */
  readonly offsetDate?: DateLike | undefined
  readonly offsetId?: number | undefined
  readonly offsetPeer?: Api.TypeEntityLike | undefined
  readonly ignorePinned?: boolean | undefined
  /** Leaves out groups that have become supergroups. */
  readonly ignoreMigrated?: boolean | undefined
  /** 0 for the main list, 1 for the archive; left out, both. */
  readonly folder?: number | undefined
  /** The same as `folder: 1`, or with `false` as `folder: 0`. */
  readonly archived?: boolean | undefined
}

/** The most that a server gives at once. */
const PAGE = 100

/**
 * The chats of the account, those with the newest messages first.
 * @see https://core.telegram.org/api/folders#dialogs
 */
export function iterDialogs(client: TelegramClient, params: IterDialogsParams = {}): RequestIter<Dialog> {
  return new RequestIter((iter) => dialogs(client, params, iter))
}

async function* dialogs(
  client: TelegramClient,
  params: IterDialogsParams,
  iter: RequestIter<Dialog>,
): AsyncGenerator<Dialog, void, undefined> {
  const { archived, folder = archived === undefined ? undefined : Number(archived), ignoreMigrated } = params
  const latest = params.offsetDate === undefined ? undefined : seconds(params.offsetDate)
  const seen = new Set<string>()
  let left = params.limit ?? Infinity
  let offset = {
    offsetDate: latest ?? 0,
    offsetId: params.offsetId ?? 0,
    offsetPeer: params.offsetPeer ?? new Api.InputPeerEmpty(),
    excludePinned: params.ignorePinned,
  }
  do {
    const limit = Math.min(Math.max(left, 1), PAGE)
    const answer = await client.invoke(
      new Api.messages.GetDialogs({ ...offset, limit, hash: 0, folderId: folder }),
    )
    if (answer.className === 'messages.DialogsNotModified') return
    iter.total = answer.className === 'messages.DialogsSlice' ? answer.count : answer.dialogs.length
    const page = dialogsOf(answer).filter(({ id }) => !seen.has(String(id)))
    for (const dialog of page) {
      seen.add(String(dialog.id))
      if (latest !== undefined && !(dialog.date !== undefined && dialog.date <= latest)) continue
      if (ignoreMigrated === true && dialog.entity.className === 'Chat' && dialog.entity.migratedTo !== undefined) continue
      if (left-- <= 0) return
      yield dialog
    }
    const last = page.filter(({ date }) => date !== undefined).at(-1)
    if (answer.className === 'messages.Dialogs' || answer.dialogs.length < limit || last === undefined) return
    offset = {
      offsetDate: last.date!,
      offsetId: last.dialog.topMessage,
      offsetPeer: last.inputEntity,
      excludePinned: true,
    }
  } while (left > 0)
}

/** The dialogs of one answer with the users, chats and messages that came with them. */
function dialogsOf(answer: Api.messages.Dialogs | Api.messages.DialogsSlice): Dialog[] {
  const entities = entitiesOf(answer)
  const newest = new Map(answer.messages.map((message) => [messageKey(message.peerId, message.id), message]))
  return answer.dialogs.flatMap((dialog) => {
    const entity = dialog.className === 'Dialog' ? entities.get(getPeerId(dialog.peer)) : undefined
    if (dialog.className !== 'Dialog' || entity === undefined) return []
    return [new Dialog(dialog, entity, newest.get(messageKey(dialog.peer, dialog.topMessage)))]
  })
}

/** Channels number their messages on their own. */
function messageKey(peer: Api.TypePeer | undefined, id: number): string {
  return peer === undefined ? `${id}` : `${getPeerId(peer)} ${id}`
}
