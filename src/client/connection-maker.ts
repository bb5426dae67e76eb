import type { AddressBook } from '../connection/address-book.js'
import { Backoff } from '../connection/backoff.js'
import { DcConnection, type ConnectionObserver } from '../connection/dc-connection.js'
import { clientEngine } from '../mtproto/engine/client-engine.js'
import { makeCarrier, type Carrier } from './carrier.js'
import type { DataCentres } from './data-centres.js'
import { introductionOf } from './introduction.js'
import type { Settings } from './settings.js'

/** What one connection differs in from the others of a client. */
export interface ConnectionPlan {
  readonly dcId: number
  readonly addresses: AddressBook
  readonly serverKeys: Settings['serverKeys']
  readonly pfs: boolean
  /** The permanent key, where there is one already. */
  readonly authKey?: Uint8Array | undefined
  readonly observer: ConnectionObserver
}

/** Makes the connections of a client: all introduce themselves alike, and those to one data centre wait in turn. */
export class ConnectionMaker {
  readonly #settings: Settings
  readonly #dataCentres: DataCentres
  readonly #carrier: Carrier
  readonly #initConnection: Uint8Array
  readonly #backoffs = new Map<number, Backoff>()

  constructor(settings: Settings, dataCentres: DataCentres) {
    this.#settings = settings
    this.#dataCentres = dataCentres
    this.#carrier = makeCarrier(settings)
    this.#initConnection = introductionOf(settings)
  }

  make({ dcId, addresses, serverKeys, pfs, authKey, observer }: ConnectionPlan): DcConnection {
    const { platform } = this.#settings
    const { dial, makeCodec } = this.#carrier
    const initConnection = this.#initConnection
    const dc = this.#dataCentres.protocolDc(dcId)
    const engine = clientEngine(
      { random: platform.random, dc, serverKeys, pfs, authKey, initConnection },
      platform.clock.now(),
    )
    return new DcConnection({
      dcId,
      engine,
      platform,
      dial,
      makeCodec: () => makeCodec(dc),
      addresses,
      backoff: this.#backoffOf(dcId),
      initConnection,
      observer,
    })
  }

  /** Outlives the connections: who reconnects by hand waits, too. */
  #backoffOf(dcId: number): Backoff {
    const { platform, retryDelayMs } = this.#settings
    const known = this.#backoffs.get(dcId)
    if (known !== undefined) return known
    const backoff = new Backoff(platform.random, retryDelayMs)
    this.#backoffs.set(dcId, backoff)
    return backoff
  }
}
