import type * as Api from '../../generated/api/index.js'
import { LocalError } from '../errors/errors.js'
import type { Address } from '../net/link.js'
import { isLoopback } from '../net/loopback.js'
import type { Settings } from './settings.js'

interface BuiltIn {
  readonly ipv4: string
  readonly ipv6: string
  /** The name before `.web.telegram.org`. */
  readonly web: string
}

/** Where new accounts start, until the server says that their number belongs elsewhere. */
export const FIRST_DC = 2
const PORT = 443
const PLAIN_WEB_PORT = 80
const TEST_DC_OFFSET = 10_000

/** Telegram's data centres, for the first connection; the server's configuration names them all afterwards. */
const PRODUCTION: Readonly<Record<number, BuiltIn>> = {
  1: { ipv4: '149.154.175.50', ipv6: '2001:b28:f23d:f001::a', web: 'pluto' },
  2: { ipv4: '149.154.167.51', ipv6: '2001:67c:4e8:f002::a', web: 'venus' },
  3: { ipv4: '149.154.175.100', ipv6: '2001:b28:f23d:f003::a', web: 'aurora' },
  4: { ipv4: '149.154.167.91', ipv6: '2001:67c:4e8:f004::a', web: 'vesta' },
  5: { ipv4: '91.108.56.130', ipv6: '2001:b28:f23f:f005::a', web: 'flora' },
}
const TEST: Readonly<Record<number, BuiltIn>> = {
  1: { ipv4: '149.154.175.10', ipv6: '2001:b28:f23d:f001::e', web: 'pluto' },
  2: { ipv4: '149.154.167.40', ipv6: '2001:67c:4e8:f002::e', web: 'venus' },
  3: { ipv4: '149.154.175.117', ipv6: '2001:b28:f23d:f003::e', web: 'aurora' },
}

/** Which addresses a data centre has. Filled by the server's configuration. */
export class DataCentres {
  readonly #settings: Settings
  readonly #learnt = new Map<number, Api.TypeDcOption[]>()
  /** The session is one of a server on this machine: it never leads anywhere else. */
  #local = false

  constructor(settings: Settings) {
    this.#settings = settings
  }

  /** As the transport and the key exchange name it. */
  protocolDc(dcId: number): number {
    return this.#settings.testServers ? dcId + TEST_DC_OFFSET : dcId
  }

  learn(options: readonly Api.TypeDcOption[]): void {
    this.#learnt.clear()
    for (const option of options) this.#learnt.set(option.id, [...(this.#learnt.get(option.id) ?? []), option])
  }

  /**
   * `known` comes first: the address of the session. @throws {LocalError} `state`, for a data centre nobody has heard
   * of.
   */
  addresses(dcId: number, known?: Address): [Address, ...Address[]] {
    if (known !== undefined && isLoopback(known.host)) this.#local = true
    const builtIn = this.#local ? [] : this.#builtIn(dcId)
    const found = [
      ...(known === undefined ? [] : [this.#translate(dcId, known)]),
      ...this.#learntAddresses(dcId, false),
      ...builtIn,
    ]
    const unique = found.filter((one, i) => found.findIndex((other) => sameAddress(one, other)) === i)
    const [first, ...others] = unique.map((address) => this.#forCarrier(address))
    if (first === undefined) throw new LocalError('state', `no address of data centre ${dcId} is known`)
    return [first, ...others]
  }

  /** @throws {LocalError} `state`, when the server's configuration names no such caching data centre. */
  cdnAddresses(dcId: number): [Address, ...Address[]] {
    const [first, ...others] = this.#learntAddresses(dcId, true).map((address) => this.#forCarrier(address))
    if (first === undefined) throw new LocalError('state', `no address of the caching data centre ${dcId} is known`)
    return [first, ...others]
  }

  #learntAddresses(dcId: number, cdn: boolean): Address[] {
    const { ipv6, wire, mtproxy } = this.#settings
    return (this.#learnt.get(dcId) ?? [])
      .filter((option) => (option.cdn === true) === cdn && option.mediaOnly !== true && (option.ipv6 === true) === ipv6)
      .filter((option) => option.tcpoOnly !== true || wire.obfuscated || mtproxy !== undefined)
      .map((option) => ({ host: option.ipAddress, port: option.port }))
  }

  #builtIn(dcId: number): Address[] {
    const known = (this.#settings.testServers ? TEST : PRODUCTION)[dcId]
    return known === undefined || this.#learnt.has(dcId) ? [] : [this.#own(known)]
  }

  /** A session of a browser names the WebSocket host, one of Node an IP address: each is of no use to the other. */
  #translate(dcId: number, known: Address): Address {
    const telegram = (this.#settings.testServers ? TEST : PRODUCTION)[dcId]
    if (telegram === undefined) return known
    const isWeb = known.host.endsWith('.web.telegram.org')
    const isNumber = known.host === telegram.ipv4 || known.host === telegram.ipv6
    return this.#settings.carrier === 'websocket'
      ? isNumber
        ? this.#own(telegram)
        : known
      : isWeb
        ? this.#own(telegram)
        : known
  }

  #own({ ipv4, ipv6, web }: BuiltIn): Address {
    const { carrier, secure, ipv6: useIpv6 } = this.#settings
    if (carrier === 'websocket') return { host: `${web}.web.telegram.org`, port: secure ? PORT : PLAIN_WEB_PORT }
    return { host: useIpv6 ? ipv6 : ipv4, port: PORT }
  }

  #forCarrier({ host, port }: Address): Address {
    const { carrier, secure, testServers } = this.#settings
    if (carrier !== 'websocket') return { host, port }
    const name = host.includes(':') ? `[${host}]` : host
    const path = testServers && host.endsWith('.web.telegram.org') ? 'apiws_test' : 'apiws'
    return { host, port, url: `${secure ? 'wss' : 'ws'}://${name}:${port}/${path}` }
  }
}

function sameAddress(a: Address, b: Address): boolean {
  return a.host === b.host && a.port === b.port
}
