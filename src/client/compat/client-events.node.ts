import { NewMessageEvent } from '../events/new-message-event.js'
import { NewMessage } from '../events/new-message.js'
import { Raw } from '../events/raw.js'

export interface ClientEvents {
  readonly NewMessage: typeof NewMessage
  readonly NewMessageEvent: typeof NewMessageEvent
  readonly Raw: typeof Raw
}

export function clientEvents(): ClientEvents {
  return { NewMessage, NewMessageEvent, Raw }
}
