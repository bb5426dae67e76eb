/** `rawgram/sessions/Abstract` */
export { Session } from '../sessions.js'
