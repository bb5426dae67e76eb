/** `rawgram/events/CallbackQuery` */
export { CallbackQueryEvent } from '../../client/events/callback-query-event.js'
export type { AnswerCallbackQueryParams } from '../../client/events/callback-query-event.js'
export { CallbackQuery } from '../../client/events/callback-query.js'
export type { NewCallbackQueryInterface } from '../../client/events/callback-query.js'
