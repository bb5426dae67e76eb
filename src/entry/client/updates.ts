/** `rawgram/client/updates`: a client's event handlers as functions. */
import type { EventBuilder } from '../../client/events/builder.js'
import type { EventHandler } from '../../client/events/dispatcher.js'
import { leftOut } from '../../client/compat/left-out.js'
import type { TelegramClient } from '../../client/telegram-client.js'

export { StopPropagation } from '../../client/events/builder.js'

/** `client.addEventHandler(callback, event)` */
export function addEventHandler(client: TelegramClient, callback: EventHandler, event?: EventBuilder): void {
  if (event === undefined) client.addEventHandler(callback)
  else client.addEventHandler(callback, event)
}

export function removeEventHandler(client: TelegramClient, callback: EventHandler, event?: EventBuilder): void {
  client.removeEventHandler(callback, event)
}

export function listEventHandlers(client: TelegramClient): [EventBuilder, EventHandler][] {
  return client.listEventHandlers()
}

export function catchUp(client: TelegramClient): Promise<void> {
  return client.catchUp()
}

export const on: (...args: unknown[]) => never = /* @__PURE__ */ leftOut('on')
