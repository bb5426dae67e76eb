import { LocalError } from '../errors/errors.js'
import type { DcConnection } from './dc-connection.js'

export interface DcPoolOptions {
  /** Makes, without opening it, the connection to a data centre. */
  readonly make: (dcId: number, home: boolean) => DcConnection
  /**
   * Carries the authorisation of the account over: `auth.exportAuthorization` at home, `auth.importAuthorization`
   * there.
   */
  readonly carryAuthorisation: (home: DcConnection, target: DcConnection) => Promise<void>
  /** The account lives there from now on. */
  readonly onHomeChange: (dcId: number) => void
}

interface Visit {
  readonly connection: DcConnection
  authorised: Promise<void> | undefined
}

/** One connection to each data centre in use: the account's home, and those that its files and statistics lie in. */
export class DcPool {
  readonly #options: DcPoolOptions
  readonly #visits = new Map<number, Visit>()
  readonly #retired = new Set<DcConnection>()
  #home: DcConnection | undefined
  #closed = false

  constructor(options: DcPoolOptions) {
    this.#options = options
  }

  /** @throws {LocalError} `state`, before `openHome` and after `close`. */
  get home(): DcConnection {
    if (this.#home === undefined) throw new LocalError('state', 'the client is not connected; call connect() first')
    return this.#home
  }

  get all(): readonly DcConnection[] {
    const visited = [...this.#visits.values()].map(({ connection }) => connection)
    return this.#home === undefined ? [...visited, ...this.#retired] : [this.#home, ...visited, ...this.#retired]
  }

  openHome(dcId: number): DcConnection {
    this.#home = this.#options.make(dcId, true)
    this.#home.open()
    return this.#home
  }

  /**
   * The account belongs to another data centre. Calls that are under way with the old one get their answers from it.
   */
  moveHome(dcId: number): DcConnection {
    if (this.#home?.dcId === dcId) return this.#home
    // Where nobody knows the way to the new home, the old one stays.
    this.#options.onHomeChange(dcId)
    for (const old of [this.#home, this.#visits.get(dcId)?.connection]) if (old !== undefined) this.#retire(old)
    this.#visits.delete(dcId)
    return this.openHome(dcId)
  }

  /** The connection to `dcId`, with the account's authorisation carried over where it is not the home one. */
  async visit(dcId: number): Promise<DcConnection> {
    if (this.#home?.dcId === dcId) return this.#home
    if (this.#closed) throw new LocalError('state', 'the client is not connected; call connect() first')
    let visit = this.#visits.get(dcId)
    if (visit === undefined) {
      visit = { connection: this.#options.make(dcId, false), authorised: undefined }
      this.#visits.set(dcId, visit)
      visit.connection.open()
    }
    visit.authorised ??= this.#options.carryAuthorisation(this.home, visit.connection)
    const { authorised } = visit
    try {
      await authorised
    } catch (error) {
      if (visit.authorised === authorised) visit.authorised = undefined
      throw error
    }
    return visit.connection
  }

  /** The connection to a data centre other than home is given up; the next visit makes a new one. */
  leave(dcId: number): void {
    this.#visits.get(dcId)?.connection.close()
    this.#visits.delete(dcId)
  }

  /** The data centre has said AUTH_KEY_UNREGISTERED: the next visit carries the authorisation over again. */
  forgetAuthorisation(dcId: number): void {
    const visit = this.#visits.get(dcId)
    if (visit !== undefined) visit.authorised = undefined
  }

  /** Every call that is under way is rejected. */
  close(why?: (method: string) => LocalError): void {
    this.#closed = true
    for (const connection of this.all) connection.close(why)
    this.#visits.clear()
    this.#retired.clear()
    this.#home = undefined
  }

  #retire(connection: DcConnection): void {
    this.#retired.add(connection)
    connection.closeWhenIdle(() => this.#retired.delete(connection))
  }
}
