/** `rawgram/client/messageParse`: text with notation, as messages take it. */
export { DEFAULT_DELIMITERS } from '../../client/compat/markdown-parser.js'
export { _parseMessageText } from '../../client/compat/parse-mode.js'
export type { FormattedText, ParseInterface } from '../../client/compat/text-entities.js'
