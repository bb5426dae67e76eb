/** `rawgram/tl/custom/inlineResult` */
export { InlineResult } from '../../../client/bots/inline-result.js'
