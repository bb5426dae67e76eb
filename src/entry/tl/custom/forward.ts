/** `rawgram/tl/custom/forward` */
export { Forward } from '../../../client/messages/forward.js'
