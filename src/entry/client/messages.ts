/** `rawgram/client/messages`: left out; each function says which requests to invoke. */
import { leftOut } from '../../client/compat/left-out.js'

export const sendMessage: (...args: unknown[]) => never = /* @__PURE__ */ leftOut('sendMessage')
export const getMessages: (...args: unknown[]) => never = /* @__PURE__ */ leftOut('getMessages')
export const iterMessages: (...args: unknown[]) => never = /* @__PURE__ */ leftOut('iterMessages')
export const editMessage: (...args: unknown[]) => never = /* @__PURE__ */ leftOut('editMessage')
export const deleteMessages: (...args: unknown[]) => never = /* @__PURE__ */ leftOut('deleteMessages')
export const forwardMessages: (...args: unknown[]) => never = /* @__PURE__ */ leftOut('forwardMessages')
export const pinMessage: (...args: unknown[]) => never = /* @__PURE__ */ leftOut('pinMessage')
export const unpinMessage: (...args: unknown[]) => never = /* @__PURE__ */ leftOut('unpinMessage')
export const markAsRead: (...args: unknown[]) => never = /* @__PURE__ */ leftOut('markAsRead')
