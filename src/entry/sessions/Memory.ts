/** `rawgram/sessions/Memory` */
export { MemorySession } from '../sessions.js'
