import type { RawData, WebSocket } from 'ws'
import { LocalError } from '../errors/errors.js'
import { abortedError, closedError, connectError } from './failures.js'
import { HIGH_WATER, LINGER_MS, MAX_WEBSOCKET_MESSAGE } from './limits.js'
import type { Accept, Dial, Link } from './link.js'
import { SUBPROTOCOL, webSocketUrl } from './websocket-names.js'

/** What both ends ask of the `ws` package. (A constant, since the package's types do not know `closeTimeout` yet.) */
export const WEBSOCKET_OPTIONS: { perMessageDeflate: false; maxPayload: number; closeTimeout: number } = {
  perMessageDeflate: false, // MTProto is encrypted: it does not compress
  maxPayload: MAX_WEBSOCKET_MESSAGE,
  closeTimeout: LINGER_MS,
}

/**
 * Connects by WebSocket, with the `ws` package. Each `send` is one binary message; the bounds of messages mean nothing.
 * The package is loaded by the first connection: with Node's HTTP modules it doubles the time that this one takes to load.
 */
export const dialWebSocket: Dial = async (address, handlers, signal) => {
  const { WebSocket } = await import('ws')
  if (signal.aborted) throw abortedError(address)
  let webSocket: WebSocket
  try {
    webSocket = new WebSocket(webSocketUrl(address), SUBPROTOCOL, WEBSOCKET_OPTIONS)
  } catch (cause) {
    throw new LocalError('argument', `${webSocketUrl(address)} is no WebSocket URL`, { path: 'url' }, { cause })
  }
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      webSocket.terminate()
      reject(abortedError(address))
    }
    const fail = (error: Error): void => {
      signal.removeEventListener('abort', giveUp)
      reject(connectError(address, error))
    }
    signal.addEventListener('abort', giveUp, { once: true })
    webSocket.on('error', fail)
    webSocket.once('open', () => {
      signal.removeEventListener('abort', giveUp)
      webSocket.off('error', fail)
      resolve(webSocketLink(webSocket, () => handlers))
    })
  })
}

/** Makes a link of an open WebSocket, which from then on belongs to the link. */
export function webSocketLink(webSocket: WebSocket, accept: Accept): Link {
  let open = true
  let full = false
  let failure: Error | undefined

  webSocket.on('message', (data: RawData, isBinary: boolean) => {
    if (!open) return
    if (!isBinary) {
      failure = new Error('the peer sent text; MTProto is binary')
      webSocket.terminate()
      return
    }
    for (const piece of Array.isArray(data) ? data : [data]) {
      handlers.data(piece instanceof ArrayBuffer ? new Uint8Array(piece) : new Uint8Array(piece.buffer, piece.byteOffset, piece.length))
    }
  })
  webSocket.on('error', (error) => {
    failure = error
  })
  webSocket.on('close', () => {
    if (!open) return
    open = false
    handlers.close(failure && closedError(failure))
  })

  const sent = (): void => {
    if (!open || !full || webSocket.bufferedAmount >= HIGH_WATER) return
    full = false
    handlers.drain?.()
  }
  const link: Link = {
    get unsentBytes() {
      return webSocket.bufferedAmount
    },
    send(bytes) {
      if (!open) return true
      webSocket.send(bytes, sent)
      full ||= webSocket.bufferedAmount >= HIGH_WATER
      return !full
    },
    hold(held) {
      if (open) void (held ? webSocket.pause() : webSocket.resume())
    },
    close() {
      if (!open) return
      open = false
      webSocket.resume() // its answer is waited for
      webSocket.close(1000)
    },
  }
  const handlers = accept(link)
  return link
}
