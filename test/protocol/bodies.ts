import { concat } from '../../src/bytes/bytes.js'
import { constructorId, ID_RPC_RESULT } from '../../src/mtproto/constructors.js'
import type { Message } from '../../src/mtproto/container.js'

/** Bodies of messages that tell by a number which one they are. */

/** A query whose bytes say which one it is; the peer answers it with `answerTo`. */
export function query(n: number, length = 16): Uint8Array {
  const body = new Uint8Array(length)
  const view = new DataView(body.buffer)
  view.setUint32(0, 0x5e_a2_c4_01, true)
  view.setUint32(4, n, true)
  return body
}

export function answerTo(n: number): Uint8Array {
  const body = query(n, 8)
  new DataView(body.buffer).setUint32(0, 0x0d_0e_ad_02, true)
  return body
}

/** An object that is no service message. */
export function update(n: number): Uint8Array {
  const body = query(n, 8)
  new DataView(body.buffer).setUint32(0, 0x0c_0f_fe_03, true)
  return body
}

export function rpcResult(reqMsgId: bigint, result: Uint8Array): Uint8Array {
  const head = new Uint8Array(12)
  const view = new DataView(head.buffer)
  view.setUint32(0, ID_RPC_RESULT, true)
  view.setBigInt64(4, reqMsgId, true)
  return concat(head, result)
}

const ID_QUERY = 0x5ea2c401
export const isQuery = ({ body }: Message): boolean => constructorId(body) === ID_QUERY
export const numberOf = ({ body }: Message): number => new DataView(body.buffer, body.byteOffset).getUint32(4, true)
