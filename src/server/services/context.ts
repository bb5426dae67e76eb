import type * as Api from '../../../generated/api/index.js'
import type { Platform } from '../../platform/platform.js'
import type { RpcError } from '../../errors/rpc-error.js'
import type { TlRequest } from '../../tl/object.js'
import type { AuthKeys, ClientInfo, ServerKey } from '../core/auth-keys.js'
import type { DataCentre } from '../core/data-centres.js'
import type { Accounts } from '../world/accounts.js'
import type { WorldUser } from '../world/peers.js'
import type { World } from '../world/world.js'

/** Who asks, and where: what a handler gets beside the request. */
export interface HandlerContext {
  /** The account that is logged in under the caller's key. */
  readonly user: WorldUser | undefined
  readonly world: World
  /** The layer of the caller's invokeWithLayer; this package's own where it has not said one. */
  readonly layer: number
  readonly client: ClientInfo | undefined
  readonly key: ServerKey
  readonly sessionId: bigint
  readonly msgId: bigint
  readonly dc: DataCentre
  /** Unix time of the server, in seconds. */
  readonly now: number
}

/** What only the built-in services may touch. */
export interface ServiceContext extends HandlerContext {
  readonly platform: Platform
  readonly accounts: Accounts
  readonly keys: AuthKeys
  readonly dataCentres: readonly DataCentre[]
  /** Tells the sessions of a key something, logged in or not. */
  notifyKey(key: ServerKey, updates: Api.TypeUpdates): void
}

/** What a handler may give: the declared result of its method, or the error to answer with, now or later. */
export type HandlerResult<Result> = Result | RpcError | Promise<Result | RpcError>

export type ResultOf<Request> = Request extends TlRequest<infer Result> ? Result : never

export type Handler<Request, Context = HandlerContext> = (
  request: Request,
  context: Context,
) => HandlerResult<ResultOf<Request>>

/** A generated method class. */
export interface MethodClass<Request> {
  readonly CONSTRUCTOR_ID: number
  readonly className: string
  new (...args: never[]): Request
}
