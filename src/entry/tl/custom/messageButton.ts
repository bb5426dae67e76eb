/** `rawgram/tl/custom/messageButton` */
export { MessageButton } from '../../../client/messages/message-button.js'
