/** `rawgram/crypto/RSA` */
export { _serverKeys, encrypt } from '../../client/compat/server-keys.js'
