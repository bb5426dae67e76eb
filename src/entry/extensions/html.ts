/** `rawgram/extensions/html` */
export { HTMLParser } from '../../client/compat/html-parser.js'
