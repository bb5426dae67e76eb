/** `rawgram/extensions/markdown` */
export { MarkdownParser } from '../../client/compat/markdown-parser.js'
