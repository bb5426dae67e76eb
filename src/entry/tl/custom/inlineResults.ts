/** `rawgram/tl/custom/inlineResults` */
export { InlineResults } from '../../../client/bots/inline-query.js'
