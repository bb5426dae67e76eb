import type { Bytes } from '../../bytes/bytes.js'
import { ID_RPC_RESULT } from '../../mtproto/constructors.js'
import { writeLong } from '../../tl/write-long.js'
import { writeUint } from '../../tl/write-primitives.js'
import { encodeWith } from '../../tl/encode-with.js'
import type { Writer } from '../../tl/writer.js'

/** `rpc_result#f35c6d01 req_msg_id:long result:Object = RpcResult;` */
export function encodeRpcResult(reqMsgId: bigint, result: { write(w: Writer): void }): Bytes {
  return encodeWith((w) => {
    writeUint(w, ID_RPC_RESULT)
    writeLong(w, reqMsgId)
    result.write(w)
  })
}
