import { connect } from 'node:net'
import { LocalError, TransportError } from '../errors/errors.js'
import { abortedError, connectError, describeAddress } from './failures.js'
import { SOCKS_TIMEOUT_MS } from './limits.js'
import type { Dial } from './link.js'
import { socketLink } from './socket-link.node.js'
import { checkSocksProxy, type SocksProxy } from './socks.js'

/**
 * Connects by TCP through a SOCKS proxy. Names are resolved by the proxy where its version can (4a and 5).
 * Needs the optional package `socks`.
 */
export function dialSocks(proxy: SocksProxy): Dial {
  checkSocksProxy(proxy)
  const proxyAddress = { host: proxy.ip, port: proxy.port }
  return async (address, handlers, signal) => {
    const { SocksClient } = await socksPackage()
    if (signal.aborted) throw abortedError(address)
    const socket = connect(proxyAddress)
    const giveUp = (): void => void socket.destroy()
    signal.addEventListener('abort', giveUp, { once: true })
    try {
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve).once('error', reject)
        socket.once('close', () => reject(new Error('closed')))
      })
    } catch (cause) {
      socket.destroy()
      signal.removeEventListener('abort', giveUp)
      throw signal.aborted ? abortedError(address) : connectError(proxyAddress, cause)
    }
    try {
      await SocksClient.createConnection({
        proxy: {
          host: proxy.ip,
          port: proxy.port,
          type: proxy.socksType,
          ...(proxy.username !== undefined && { userId: proxy.username }),
          ...(proxy.password !== undefined && { password: proxy.password }),
        },
        command: 'connect',
        destination: { host: address.host, port: address.port },
        timeout: SOCKS_TIMEOUT_MS,
        existing_socket: socket,
      })
      if (signal.aborted) throw new Error('aborted')
      return socketLink(socket, () => handlers)
    } catch (cause) {
      socket.destroy()
      if (signal.aborted) throw abortedError(address)
      const reason = cause instanceof Error ? cause.message : String(cause)
      const text = `the SOCKS proxy ${describeAddress(proxyAddress)} did not connect to ${describeAddress(address)}: ${reason}`
      // The cause is left out: the package hangs the proxy's user name and password on it.
      throw new TransportError('proxy', text)
    } finally {
      signal.removeEventListener('abort', giveUp)
    }
  }
}

async function socksPackage(): Promise<typeof import('socks')> {
  try {
    return await import('socks')
  } catch (cause) {
    throw new LocalError('state', 'a SOCKS proxy needs the package "socks": npm install socks', {}, { cause })
  }
}
