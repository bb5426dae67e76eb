import type { TlRequest } from '../../tl/object.js'
import type { Handler, MethodClass, ServiceContext } from './context.js'

/** Who may call a method: everybody with a key, or an account that is logged in. */
export type Access = 'anyone' | 'account'

export interface Service {
  readonly method: string
  readonly access: Access
  readonly handle: Handler<TlRequest<unknown>, ServiceContext>
}

/** The handlers of a server, by the constructor id of their method. A later one replaces an earlier one. */
export class ServiceRegistry {
  readonly #services = new Map<number, Service>()
  #fallback: Service | undefined

  get(constructorId: number): Service | undefined {
    return this.#services.get(constructorId) ?? this.#fallback
  }

  /** Answers every method that has no handler of its own. */
  otherwise(handle: Service['handle']): void {
    this.#fallback = { method: 'any other', access: 'anyone', handle }
  }

  /** Adds a handler whose request and result types follow from the method's class. */
  on<Request extends TlRequest<unknown>>(
    method: MethodClass<Request>,
    access: Access,
    handler: Handler<Request, ServiceContext>,
  ): void {
    // The id under which it is found is the id of `Request`, so this handler is called with nothing else.
    const handle = handler as unknown as Handler<TlRequest<unknown>, ServiceContext>
    this.#services.set(method.CONSTRUCTOR_ID, { method: method.className, access, handle })
  }
}
