import { int32At } from '../tl/little-endian.js'

/** Ids of the service constructors, which the dispatch switches over. Tested against the generated classes. */

export const ID_VECTOR = 0x1cb5c415
export const ID_MSG_CONTAINER = 0x73f1f8dc
export const ID_MSG_COPY = 0xe06046b2
export const ID_GZIP_PACKED = 0x3072cfa1
export const ID_RPC_RESULT = 0xf35c6d01
export const ID_RPC_ERROR = 0x2144ca19
export const ID_MSGS_ACK = 0x62d6b459
export const ID_BAD_MSG_NOTIFICATION = 0xa7eff811
export const ID_BAD_SERVER_SALT = 0xedab447b
export const ID_MSGS_STATE_REQ = 0xda69fb52
export const ID_MSGS_STATE_INFO = 0x04deb57d
export const ID_MSGS_ALL_INFO = 0x8cc0d131
export const ID_MSG_DETAILED_INFO = 0x276d3ec6
export const ID_MSG_NEW_DETAILED_INFO = 0x809db6df
export const ID_MSG_RESEND_REQ = 0x7d861a08
export const ID_FUTURE_SALTS = 0xae500895
export const ID_PONG = 0x347773c5
export const ID_NEW_SESSION_CREATED = 0x9ec20908
export const ID_DESTROY_SESSION_OK = 0xe22045fc
export const ID_DESTROY_SESSION_NONE = 0x62d350c9
export const ID_DESTROY_AUTH_KEY_OK = 0xf660e1d4
export const ID_DESTROY_AUTH_KEY_NONE = 0x0a9f2259
export const ID_DESTROY_AUTH_KEY_FAIL = 0xea109b13
export const ID_RPC_ANSWER_UNKNOWN = 0x5e2ad36e
export const ID_RPC_ANSWER_DROPPED_RUNNING = 0xcd78e586
export const ID_RPC_ANSWER_DROPPED = 0xa43ad8b7
export const ID_BOOL_TRUE = 0x997275b5

/** The constructor id that a boxed object begins with; 0 when there are fewer than four bytes. */
export function constructorId(body: Uint8Array): number {
  return body.length < 4 ? 0 : int32At(body, 0) >>> 0
}
