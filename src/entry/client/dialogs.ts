/** `rawgram/client/dialogs`: left out; each function says which requests to invoke. */
import { leftOut } from '../../client/compat/left-out.js'

export const getDialogs: (...args: unknown[]) => never = /* @__PURE__ */ leftOut('getDialogs')
export const iterDialogs: (...args: unknown[]) => never = /* @__PURE__ */ leftOut('iterDialogs')
