/** `rawgram/crypto/IGE` */
export { IGE } from '../../client/compat/ciphers.js'
