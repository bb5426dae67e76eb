/** `rawgram/sessions/StoreSession` */
export { StoreSession } from '../sessions.js'
