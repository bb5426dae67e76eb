/** Where it is loaded from a disk, a client has all of it. */
export { sendFile } from './send-file.js'
