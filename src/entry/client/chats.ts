/** `rawgram/client/chats`: left out; each function says which requests to invoke. */
import { leftOut } from '../../client/compat/left-out.js'

export const getParticipants: (...args: unknown[]) => never = /* @__PURE__ */ leftOut('getParticipants')
export const iterParticipants: (...args: unknown[]) => never = /* @__PURE__ */ leftOut('iterParticipants')
export const kickParticipant: (...args: unknown[]) => never = /* @__PURE__ */ leftOut('kickParticipant')
