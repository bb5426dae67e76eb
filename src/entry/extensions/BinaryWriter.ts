/** `rawgram/extensions/BinaryWriter` */
export { BinaryWriter } from './index.js'
