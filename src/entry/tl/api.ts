/** `rawgram/tl/api` */
export * as Api from '../../../generated/api/index.js'
