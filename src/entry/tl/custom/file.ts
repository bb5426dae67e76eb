/** `rawgram/tl/custom/file` */
export { File } from '../../../client/messages/message-file.js'
