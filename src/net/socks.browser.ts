import { LocalError } from '../errors/errors.js'
import type { Dial } from './link.js'
import type { SocksProxy } from './socks.js'

/** Browsers open no TCP connections, so no SOCKS ones either. */
export function dialSocks(_proxy: SocksProxy): Dial {
  throw new LocalError('state', 'a browser cannot use a SOCKS proxy; connect by WebSocket', { expected: 'no proxy', got: 'a SOCKS proxy' })
}
