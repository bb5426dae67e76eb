/** `rawgram/extensions/PromisedNetSockets` */
export { PromisedNetSockets } from './index.js'
