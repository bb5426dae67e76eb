import { LocalError } from '../../errors/errors.js'
import type { ClientEvents } from './client-events.node.js'

/** A page does not load events that nobody imports. */
export function clientEvents(): ClientEvents {
  throw new LocalError('argument', "TelegramClient.events is for Node: import events from 'rawgram/events'")
}
