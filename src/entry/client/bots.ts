/** `rawgram/client/bots` */
export { inlineQuery } from '../../client/bots/inline-query.js'
