import { LocalError } from '../errors/errors.js'

/** A SOCKS proxy, as existing code of the field writes it down. */
export interface SocksProxy {
  readonly ip: string
  readonly port: number
  readonly socksType: 4 | 5
  readonly username?: string
  readonly password?: string
}

/** @throws {LocalError} `argument` naming the option that has the wrong form. */
export function checkSocksProxy(proxy: SocksProxy): void {
  const wrong = (path: string, expected: string): LocalError =>
    new LocalError('argument', `proxy.${path} must be ${expected}`, { path: `proxy.${path}`, expected })
  if (typeof proxy.ip !== 'string' || proxy.ip === '') throw wrong('ip', 'a host name or an address')
  if (!Number.isInteger(proxy.port) || proxy.port < 1 || proxy.port > 65_535) throw wrong('port', 'a number from 1 to 65535')
  if (proxy.socksType !== 4 && proxy.socksType !== 5) throw wrong('socksType', '4 or 5')
  for (const name of ['username', 'password'] as const) {
    if (proxy[name] !== undefined && typeof proxy[name] !== 'string') throw wrong(name, 'text')
  }
}
