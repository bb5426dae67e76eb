/** `rawgram/events/NewMessage` */
export { NewMessage, NewMessageEvent } from '../../client/events/new-message.js'
export type { NewMessageInterface } from '../../client/events/new-message.js'
