/** `rawgram/client/dialogs`: the chats of an account, by functions. */
import type { TotalList } from '../../client/compat/helpers.js'
import type { Dialog } from '../../client/dialogs/dialog.js'
import type { IterDialogsParams } from '../../client/dialogs/iter-dialogs.js'
import type { RequestIter } from '../../client/request-iter.js'
import type { TelegramClient } from '../../client/telegram-client.js'

export type { IterDialogsParams } from '../../client/dialogs/iter-dialogs.js'

/** `client.iterDialogs(params)` */
export function iterDialogs(client: TelegramClient, params?: IterDialogsParams): RequestIter<Dialog> {
  return client.iterDialogs(params)
}

/** `client.getDialogs(params)` */
export function getDialogs(client: TelegramClient, params?: IterDialogsParams): Promise<TotalList<Dialog>> {
  return client.getDialogs(params)
}
