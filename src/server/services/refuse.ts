import { RpcError } from '../../errors/rpc-error.js'

/** Answers the query with an error, as a server does: `refuse(400, 'PEER_ID_INVALID')`. */
export function refuse(code: number, message: string): never {
  throw new RpcError(code, message)
}
