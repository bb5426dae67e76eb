/** Where it is loaded from a disk, a client has all of it. */
export { fileMedia } from './file-media.js'
