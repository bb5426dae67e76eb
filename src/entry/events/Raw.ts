/** `rawgram/events/Raw` */
export { Raw } from '../../client/events/raw.js'
export type { RawParams } from '../../client/events/raw.js'
