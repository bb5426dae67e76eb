/** `rawgram/events/DeletedMessage` */
export { DeletedMessage, DeletedMessageEvent } from '../../client/events/deleted-message.js'
