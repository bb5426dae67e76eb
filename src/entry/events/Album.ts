/** `rawgram/events/Album` */
export { Album, AlbumEvent } from '../../client/events/album.js'
