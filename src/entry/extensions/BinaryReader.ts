/** `rawgram/extensions/BinaryReader` */
export { BinaryReader } from './index.js'
