/** `rawgram/events/EditedMessage` */
export { EditedMessage, EditedMessageEvent } from '../../client/events/edited-message.js'
export type { EditedMessageInterface } from '../../client/events/edited-message.js'
