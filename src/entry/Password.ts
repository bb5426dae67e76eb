/** `rawgram/Password` */
export { computeCheck, computeDigest } from '../client/compat/password.js'
