/** `rawgram/client/bots`: left out; the function says which request to invoke. */
import { leftOut } from '../../client/compat/left-out.js'

export const inlineQuery: (...args: unknown[]) => never = /* @__PURE__ */ leftOut('inlineQuery')
