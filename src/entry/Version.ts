/** `rawgram/Version` */
export { version } from '../client/compat/version.js'
