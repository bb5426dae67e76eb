import type { TransportError } from '../../errors/errors.js'
import type { Accept, Link, LinkHandlers } from '../../net/link.js'
import type { Platform } from '../../platform/platform.js'
import { guarded, unixSeconds } from './flow.js'
import { FakeTlsServer } from './server.js'

/** Accepts fake TLS: `accept` sees a link once the client has proved that it has the secret; others are cut off. */
export function fakeTlsAccept(accept: Accept, key: Uint8Array, platform: Platform): Accept {
  return (raw) => {
    const machine = new FakeTlsServer(key, platform.random, () => unixSeconds(platform))
    let open = true
    let handlers: LinkHandlers | undefined

    const link: Link = {
      get unsentBytes() {
        return raw.unsentBytes ?? 0
      },
      send: (bytes) => (open ? raw.send(machine.encode(bytes)) : true),
      close() {
        open = false
        raw.close()
      },
    }
    const over = (error?: TransportError): void => {
      if (!open) return
      open = false
      handlers?.close(error)
    }
    const broken = (error: TransportError): void => {
      raw.close()
      over(error)
    }
    const greet = (): void => {
      if (handlers !== undefined || !machine.takeHello()) return
      raw.send(machine.takeOutput()!)
      handlers = accept(link)
    }
    const flow = (): void => {
      while (open && handlers !== undefined) {
        const bytes = machine.next()
        if (bytes === undefined) return
        handlers.data(bytes)
      }
    }
    return {
      data(chunk) {
        if (!open) return
        machine.receive(chunk)
        if (guarded(greet, broken)) guarded(flow, broken)
      },
      close: over,
      drain() {
        if (open) handlers?.drain?.()
      },
    }
  }
}
