/** `rawgram/extensions/PromisedWebSockets` */
export { PromisedWebSockets } from './index.js'
