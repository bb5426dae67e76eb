/** What the compiler must know about the errors of a method. Nothing here runs: `tsc` is the test. */
import * as Api from '../../generated/api/index.js'
import { isRpcError, RpcError } from '../../src/errors/rpc-error.js'

export function handle(error: unknown): string {
  if (isRpcError(error, Api.messages.GetExportedChatInvites)) {
    const known: 'ADMIN_ID_INVALID' extends typeof error.type ? true : false = true
    if (error.type === 'ADMIN_ID_INVALID' || error.type === 'CHAT_ADMIN_REQUIRED') return `${known}`
    // General errors belong to every method.
    if (error.type === 'FLOOD_WAIT') {
      const seconds: number = error.argument
      return String(seconds)
    }
    // @ts-expect-error not every error of the method has a number
    const argument: number = error.argument
    void argument
    // @ts-expect-error another method's error
    if (error.type === 'PHONE_CODE_INVALID') return 'never'
  }
  if (isRpcError(error, Api.auth.SignIn) && error.type === 'PHONE_CODE_INVALID') return 'ask again'
  if (isRpcError(error, 'FLOOD_WAIT')) {
    const seconds: number = error.argument
    return String(seconds)
  }
  if (isRpcError(error)) {
    const { code, type, argument, errorMessage, rpcMessage, method }: RpcError = error
    return [code, type, argument, errorMessage, rpcMessage, method].join(' ')
  }
  throw error
}
