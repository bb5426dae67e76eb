import type * as Api from '../../generated/api/index.js'
import { readObject } from '../../generated/api/registry.js'
import { AddressBook } from '../connection/address-book.js'
import type { ConnectionObserver, DcConnection } from '../connection/dc-connection.js'
import { DcPool } from '../connection/dc-pool.js'
import { Invoker, type InvokeOptions } from '../connection/invoker.js'
import { unlessAborted } from '../connection/sleep.js'
import { PeerResolver } from '../entities/resolver.js'
import { resolveRequest } from '../entities/resolve-request.js'
import { LocalError } from '../errors/errors.js'
import type { RpcError } from '../errors/rpc-error.js'
import { isLoopback } from '../net/loopback.js'
import { AuthKey } from '../session/auth-key.js'
import type { Session } from '../session/session.js'
import type { TlObject, TlRequest } from '../tl/object.js'
import { Reader } from '../tl/reader.js'
import { carryAuthorisation } from './carry-authorisation.js'
import { checkCaller } from './check-caller.js'
import { checkRequest } from './check-request.js'
import { ConnectionMaker } from './connection-maker.js'
import { CoreAsker } from './core-asker.js'
import type { CoreListeners } from './core-listeners.js'
import { DataCentres, FIRST_DC } from './data-centres.js'
import { queryOf } from './raw-query.js'
import type { Settings } from './settings.js'
import { developmentServerKey } from './server-keys.js'

/**
 * What all parts of a client share: the session, the connections, and `invoke`. The parts (login, files, updates) know
 * this, and not each other.
 */
export class ClientCore {
  readonly settings: Settings
  readonly dataCentres: DataCentres
  readonly resolver: PeerResolver
  readonly listeners: CoreListeners[] = []
  session: Session
  /** The account that is logged in, as it was last seen; `undefined` while nobody knows. */
  self: Api.User | undefined
  readonly #connections: ConnectionMaker
  readonly #cdnConnections = new Set<DcConnection>()
  #pool: DcPool | undefined
  #invoker: Invoker | undefined
  #homeAddresses: AddressBook | undefined
  #closings = 0
  /** The server's unix time when the monotonic clock was at 0, in milliseconds. */
  #serverEpochMs: number | undefined
  #homeFailures = 0
  #homeFailed: ((error: Error) => void) | undefined

  constructor(session: Session, settings: Settings) {
    this.session = session
    this.settings = settings
    this.dataCentres = new DataCentres(settings)
    this.#connections = new ConnectionMaker(settings, this.dataCentres)
    this.resolver = new PeerResolver({
      session: () => this.session,
      ask: (request) => this.ask(request),
      isBot: () => this.selfIsBot === true,
    })
  }

  /** Whether the account that is logged in is a bot's; `undefined` while nobody knows. */
  get selfIsBot(): boolean | undefined {
    return this.self && this.self.bot === true
  }

  get running(): boolean {
    return this.#pool !== undefined
  }

  /** How often `close` was called: who waits can tell whether it was meanwhile. */
  get closings(): number {
    return this.#closings
  }

  /** Whether a link to the home data centre is open right now. */
  get connected(): boolean {
    return this.#pool?.home.up === true
  }

  /** @throws {LocalError} `state`, unless connected. */
  get pool(): DcPool {
    if (this.#pool === undefined) throw new LocalError('state', 'the client is not connected; call connect() first')
    return this.#pool
  }

  /** Starts connecting. `homeFailed` hears of each failure until `close`. */
  open(homeFailed: (error: Error, failures: number) => void): void {
    const { session, settings } = this
    if (session.dcId === 0) {
      const [{ host, port }] = this.dataCentres.addresses(FIRST_DC)
      session.setDC(FIRST_DC, host, port)
    }
    this.#homeFailures = 0
    this.#homeFailed = (error) => homeFailed(error, ++this.#homeFailures)
    const pool = new DcPool({
      make: (dcId, home) => this.#makeConnection(dcId, home),
      carryAuthorisation: (home, target) => carryAuthorisation(home, target, { timeoutMs: settings.callTimeoutMs }),
      onHomeChange: (dcId) => this.#moveHome(dcId),
    })
    this.#pool = pool
    this.#invoker = new Invoker({
      pool,
      platform: settings.platform,
      onLoggedOut: (error) => this.#loggedOut(error),
      onWait: (method, delayMs) => settings.logger.info(`${method}: the server asks to wait ${delayMs / 1000} s`),
    })
    pool.openHome(session.dcId)
  }

  /** What the server says about addresses: of use when the one in use fails. */
  learn(options: readonly Api.TypeDcOption[]): void {
    this.dataCentres.learn(options)
    const { dcId } = this.session
    this.#homeAddresses?.learn(this.dataCentres.addresses(dcId, this.#homeAddresses.current))
  }

  /** The server's clock as it was just told, in unix seconds. */
  learnTime(date: number): void {
    this.#serverEpochMs = date * 1000 - this.settings.platform.clock.now().monotonicMs
  }

  /** Unix time in milliseconds, by the server's clock where that is known: the one of this machine may be wrong. */
  serverNowMs(): number {
    const { wallMs, monotonicMs } = this.settings.platform.clock.now()
    return this.#serverEpochMs === undefined ? wallMs : this.#serverEpochMs + monotonicMs
  }

  /** The first answer has come: failures from here on are the driver's own business. */
  settled(): void {
    this.#homeFailed = undefined
  }

  /** Every call that is under way is rejected; no link and no timer is left. */
  close(why?: LocalError): void {
    this.#closings++
    const pool = this.#pool
    if (pool === undefined) return
    this.#pool = undefined
    this.#homeFailed = undefined
    this.#invoker?.close(
      why ?? new LocalError('disconnected', 'disconnect() was called while the call was waiting for its next attempt'),
    )
    pool.close(why && (() => why))
    for (const connection of [...this.#cdnConnections]) this.closeCdnConnection(connection)
    for (const { onClose } of this.listeners) onClose?.()
  }

  /** Sends a request as a user of the client gives it: peers by name, answers decoded, updates passed on. */
  invoke<Result>(request: TlRequest<Result>, options: InvokeOptions = {}): Promise<Result> {
    try {
      checkRequest(request)
      if (this.settings.checkCallableBy) checkCaller(request, this.selfIsBot)
      if (this.#pool === undefined) throw this.#notConnected(request)
      const resolved = resolveRequest(request, (value) => this.resolver.inputPeer(value))
      if (!(resolved instanceof Promise)) return this.ask(resolved, options)
      return unlessAborted(resolved, request.className, options.signal).then((ready) => {
        if (this.#pool !== undefined) return this.ask(ready, options)
        throw new LocalError('disconnected', `${request.className} was ended by disconnect() before it was sent`)
      })
    } catch (error) {
      return Promise.reject(error as Error)
    }
  }

  /** Sends a request whose peers are resolved already. */
  ask<Result>(request: TlRequest<Result>, options: InvokeOptions = {}): Promise<Result> {
    const { floodSleepThreshold, callTimeoutMs, requestRetries } = this.settings
    try {
      if (this.#pool === undefined || this.#invoker === undefined) throw this.#notConnected(request)
      const limits: InvokeOptions = {
        signal: options.signal,
        onAcknowledged: options.onAcknowledged,
        dcId: options.dcId,
        onMigrate: options.onMigrate,
        floodSleepThresholdSeconds: options.floodSleepThresholdSeconds ?? floodSleepThreshold,
        timeoutMs: options.timeoutMs ?? callTimeoutMs,
        requestRetries: options.requestRetries ?? requestRetries,
      }
      return this.#invoker.invoke(queryOf(request), limits, new CoreAsker(this, request))
    } catch (error) {
      return Promise.reject(error as Error)
    }
  }

  #notConnected({ className }: TlRequest): LocalError {
    return new LocalError('state', `${className}: the client is not connected; call connect() first`)
  }

  /** A connection of its own, outside the pool: for caching data centres. */
  openCdnConnection(dcId: number, serverKeys: Settings['serverKeys']): DcConnection {
    const addresses = new AddressBook(...this.dataCentres.cdnAddresses(dcId))
    // There are no accounts there, and so no permanent keys that a temporary one could be bound to.
    const connection = this.#connections.make({
      dcId,
      addresses,
      serverKeys,
      pfs: false,
      observer: { onFailure: (error) => this.settings.logger.warn(`caching data centre ${dcId}: ${error.message}`) },
    })
    this.#cdnConnections.add(connection)
    connection.open()
    return connection
  }

  closeCdnConnection(connection: DcConnection): void {
    this.#cdnConnections.delete(connection)
    connection.close()
  }

  #makeConnection(dcId: number, home: boolean): DcConnection {
    const { session, settings } = this
    const { serverAddress, port } = session
    const known =
      dcId === session.dcId && serverAddress !== undefined && port !== undefined
        ? { host: serverAddress, port }
        : undefined
    const addresses = this.dataCentres.addresses(dcId, known)
    const book = new AddressBook(...addresses)
    if (home) this.#homeAddresses = book
    const local = !settings.ownServerKeys && addresses.every(({ host }) => isLoopback(host))
    const serverKeys = local ? [...settings.serverKeys, developmentServerKey()] : settings.serverKeys
    return this.#connections.make({
      dcId,
      addresses: book,
      serverKeys,
      pfs: settings.pfs,
      authKey: session.getAuthKey(dcId)?.getKey(),
      observer: this.#observerOf(dcId, home),
    })
  }

  #observerOf(dcId: number, home: boolean): ConnectionObserver {
    const { session, settings } = this
    const observer: ConnectionObserver = {
      onAuthKey: (authKey) => {
        session.setAuthKey(new AuthKey(authKey), dcId)
        session.save()
      },
      onKeyRejected: () => this.#keyRejected(dcId, home),
      onFailure: (error) => {
        settings.logger.warn(`data centre ${dcId}: ${error.message}`)
        if (home) this.#homeFailed?.(error)
      },
    }
    if (!home) return observer
    return {
      ...observer,
      onMessage: (body) => this.#pushed(body),
      onSessionCreated: () => this.#tell('session'),
      onLink: (up) => {
        settings.logger.info(`data centre ${dcId}: ${up ? 'connected' : 'disconnected'}`)
        for (const { onLink } of this.listeners) onLink?.(up)
      },
    }
  }

  #moveHome(dcId: number): void {
    const [{ host, port }] = this.dataCentres.addresses(dcId)
    this.session.setDC(dcId, host, port)
    this.session.save()
  }

  #loggedOut(error: RpcError): void {
    for (const { onLoggedOut } of this.listeners) onLoggedOut?.(error)
    if (error.type !== 'AUTH_KEY_DUPLICATED') return
    this.#dropKey(this.session.dcId)
    this.close(
      new LocalError('session', 'the key of this session was used in two places at once, and is dead; log in again'),
    )
  }

  #keyRejected(dcId: number, home: boolean): void {
    this.#dropKey(dcId)
    if (!home) return this.#pool?.leave(dcId)
    const error = new LocalError('session', 'the server does not know the key of this session any more; log in again')
    for (const { onLoggedOut } of this.listeners) onLoggedOut?.(error)
    this.close(error)
  }

  #dropKey(dcId: number): void {
    this.session.setAuthKey(undefined, dcId)
    this.session.save()
  }

  #pushed(body: Uint8Array): void {
    let value: TlObject
    try {
      const reader = new Reader(body)
      value = readObject(reader)
      reader.finish()
    } catch (error) {
      this.settings.logger.warn(`a pushed object could not be read: ${(error as Error).message}`)
      return this.#tell('undecodable')
    }
    this.session.processEntities(value)
    for (const { onObject } of this.listeners) onObject?.(value, 'push')
  }

  #tell(reason: 'session' | 'undecodable'): void {
    for (const { onGap } of this.listeners) onGap?.(reason)
  }
}
