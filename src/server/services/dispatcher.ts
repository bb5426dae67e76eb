import { LAYER, readRequest } from '../../../generated/api/registry.js'
import * as Api from '../../../generated/api/index.js'
import { RpcError } from '../../errors/rpc-error.js'
import { constructorId } from '../../mtproto/constructors.js'
import { Reader } from '../../tl/reader.js'
import type { TlRequest } from '../../tl/object.js'
import { identityOf, isUnbound, type ServerKey } from '../core/auth-keys.js'
import type { Environment } from '../core/environment.js'
import type { MessagePlace } from '../faults.js'
import type { ServiceContext } from './context.js'
import { encodeResult } from './encode-result.js'
import { LegacyReader } from './legacy-reader.js'
import { refuse } from './refuse.js'

/** Where a query comes from: all that a handler's context is made of but the environment. */
export type QueryOrigin = Pick<ServiceContext, 'key' | 'keys' | 'sessionId' | 'msgId' | 'dc' | 'notifyKey'>

/** What a query came to: the bytes of its result, or an error. */
export type Outcome = { readonly result: Uint8Array } | { readonly error: RpcError }

/** All that a temporary key may call before it is bound (api/pfs), and that needs no initConnection. */
const STRANGERS_METHODS: ReadonlySet<number> = new Set([
  Api.auth.BindTempAuthKey.CONSTRUCTOR_ID,
  Api.help.GetConfig.CONSTRUCTOR_ID,
  Api.help.GetNearestDc.CONSTRUCTOR_ID,
])

/** Whether anybody may ask this, without initConnection and under any key. */
export function isForStrangers(body: Uint8Array): boolean {
  return STRANGERS_METHODS.has(constructorId(body))
}

/** Finds the handler of a query, calls it, and puts what it gives into bytes that the caller's layer can read. */
export class Dispatcher {
  readonly #environment: Environment

  constructor(environment: Environment) {
    this.#environment = environment
  }

  /** Runs one query that has no wrappers left. Handlers that answer at once are answered at once, without a promise. */
  run(body: Uint8Array, origin: QueryOrigin): Outcome | Promise<Outcome> {
    let method = `#${constructorId(body).toString(16).padStart(8, '0')}`
    try {
      const request = decode(body, layerOf(origin.key))
      method = request.className
      const place: MessagePlace = { keyId: origin.key.id, sessionId: origin.sessionId, msgId: origin.msgId }
      const fault = this.#environment.faults.query?.(method, place)
      if (fault) return { error: fault }
      const context = this.#contextOf(origin)
      const result = this.#call(request, context)
      const finish = (value: unknown): Outcome => this.#finish(request, value, context, place)
      if (result instanceof Promise) return result.then(finish).catch((error: unknown) => this.#failure(error, method))
      return finish(result)
    } catch (error) {
      return this.#failure(error, method)
    }
  }

  #call(request: TlRequest<unknown>, context: ServiceContext): unknown {
    if (!STRANGERS_METHODS.has(request.CONSTRUCTOR_ID)) {
      if (isUnbound(context.key)) refuse(401, 'AUTH_KEY_PERM_EMPTY')
      if (context.key.client === undefined) this.#refuseUninitialised(request, context)
    }
    if (context.dc.cdn && !(request instanceof Api.upload.GetCdnFile)) refuse(400, 'CDN_METHOD_INVALID')
    const service = this.#environment.services.get(request.CONSTRUCTOR_ID) ?? refuse(400, 'METHOD_INVALID')
    if (service.access === 'account' && !context.user) refuse(401, 'AUTH_KEY_UNREGISTERED')
    return service.handle(request, context)
  }

  #refuseUninitialised({ className }: TlRequest<unknown>, { key, sessionId, msgId }: ServiceContext): never {
    const { violations, platform } = this.#environment
    const what = `${className} came before initConnection`
    violations.report({ code: 'no-init', what, keyId: key.id, sessionId, msgId, atMs: platform.clock.now().wallMs })
    return refuse(400, 'CONNECTION_NOT_INITED')
  }

  #finish(request: TlRequest<unknown>, value: unknown, context: ServiceContext, place: MessagePlace): Outcome {
    if (value instanceof RpcError) return { error: value }
    const encoded = encodeResult(request, value, context.layer)
    const changed = this.#environment.faults.answer?.(request.className, encoded, place)
    if (changed === 'drop') return { error: DROPPED }
    return { result: changed ?? encoded }
  }

  #failure(error: unknown, method: string): Outcome {
    if (error instanceof RpcError) return { error }
    this.#environment.onHandlerError(error, method)
    return { error: new RpcError(500, 'INTERNAL') }
  }

  #contextOf(origin: QueryOrigin): ServiceContext {
    const { world, accounts, platform, dataCentres } = this.#environment
    // Every query comes through here: an object literal costs a third of a spread.
    const { key, keys, sessionId, msgId, dc, notifyKey } = origin
    const { userId } = identityOf(key)
    return {
      key,
      keys,
      sessionId,
      msgId,
      dc,
      notifyKey,
      world,
      accounts,
      platform,
      dataCentres,
      user: userId === undefined ? undefined : world.users.get(userId),
      layer: layerOf(key),
      client: key.client,
      now: world.now(),
    }
  }
}

/** Stands for an answer that a fault has swallowed. */
export const DROPPED: RpcError = new RpcError(0, 'DROPPED')

/** The layer that a client of this key reads. */
export function layerOf(key: ServerKey): number {
  return key.layer ?? LAYER
}

/** @throws {RpcError} 400, when the method is unknown or its arguments cannot be read. */
function decode(body: Uint8Array, layer: number): TlRequest<unknown> {
  const reader = layer === LAYER ? new Reader(body) : new LegacyReader(body)
  try {
    const request = readRequest(reader)
    if (reader.remaining > 0) refuse(400, 'INPUT_FETCH_ERROR')
    return request
  } catch (error) {
    if (error instanceof RpcError) throw error
    // Nothing but the first four bytes was taken: no method has this id.
    const unknown = reader.position <= 4
    throw new RpcError(400, unknown ? `INPUT_METHOD_INVALID_${constructorId(body)}_0` : 'INPUT_FETCH_ERROR')
  }
}
