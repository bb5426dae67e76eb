/** `rawgram/events/common` */
export { EventBuilder } from '../../client/events/event-builder.js'
export type { DefaultEventInterface } from '../../client/events/event-builder.js'
export { EventCommon, EventCommonSender } from '../../client/events/event-common.js'
export { _intoIdSet } from '../../client/events/id-set.js'
