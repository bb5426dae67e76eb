import type { Session } from '../session/session.js'
import { clientEvents, type ClientEvents } from './compat/client-events.node.js'
import { TelegramClient as Client } from './telegram-client.js'

/** The client as the package offers it. Events know the class beneath, which therefore does not know them. */
export class TelegramClient<S extends Session = Session> extends Client<S> {
  /** Where some existing code takes events from, on Node. All kinds are in `rawgram/events`. */
  static get events(): ClientEvents {
    return clientEvents()
  }
}
