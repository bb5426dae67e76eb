import type { LocalError } from '../errors/errors.js'
import type { RpcError } from '../errors/rpc-error.js'
import type { TlObject } from '../tl/object.js'

/** What the parts of a client tell each other about. */
export interface CoreListeners {
  /** A pushed object, or an answer that may carry updates. */
  onObject?: (value: unknown, origin: 'push' | 'answer', request?: TlObject) => void
  /** Updates may have been missed: a new session, a new link, or bytes that could not be read. */
  onGap?: (reason: 'session' | 'undecodable') => void
  onLink?: (up: boolean) => void
  /** The session is of no use any more; somebody has to log in again. */
  onLoggedOut?: (error: RpcError | LocalError) => void
  onClose?: () => void
  /** The server refused a request: `true` when the cause has been mended, so that it is worth sending again. */
  mend?: (error: RpcError, request: TlObject) => Promise<boolean>
}
