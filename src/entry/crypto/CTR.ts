/** `rawgram/crypto/CTR` */
export { CTR } from '../../client/compat/ciphers.js'
