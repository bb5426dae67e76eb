/** `rawgram/events/NewMessage` */
export { NewMessageEvent } from '../../client/events/new-message-event.js'
export { NewMessage } from '../../client/events/new-message.js'
export type { NewMessageInterface } from '../../client/events/new-message.js'
