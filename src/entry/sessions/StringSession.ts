/** `rawgram/sessions/StringSession` */
export { StringSession } from '../sessions.js'
