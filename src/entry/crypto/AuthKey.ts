/** `rawgram/crypto/AuthKey` */
export { AuthKey } from '../../session/auth-key.js'
