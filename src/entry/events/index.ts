/** `rawgram/events` */
export { StopPropagation, UpdateConnectionState } from '../../client/events/builder.js'
export type { EventBuilder } from '../../client/events/builder.js'
export { Raw } from '../../client/events/raw.js'
export type { RawParams } from '../../client/events/raw.js'
export { NewMessageEvent } from '../../client/events/new-message-event.js'
export { NewMessage } from '../../client/events/new-message.js'
export type { NewMessageInterface } from '../../client/events/new-message.js'
