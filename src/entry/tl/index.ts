/** `rawgram/tl` */
export * as Api from '../../../generated/api/index.js'
export { serializeBytes, serializeDate } from '../../client/compat/serialize.js'
