/** `rawgram/client/buttons`: left out; the function says what to do. */
import { leftOut } from '../../client/compat/left-out.js'

export const buildReplyMarkup: (...args: unknown[]) => never = /* @__PURE__ */ leftOut('buildReplyMarkup')
