/** `rawgram/client/buttons` */
export { replyMarkup as buildReplyMarkup } from '../../client/messages/markup.js'
