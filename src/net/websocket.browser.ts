import { LocalError } from '../errors/errors.js'
import { abortedError, closedError, connectError } from './failures.js'
import { BROWSER_DRAIN_POLL_MS, HIGH_WATER } from './limits.js'
import type { Dial, Link, LinkHandlers } from './link.js'
import { SUBPROTOCOL, webSocketUrl } from './websocket-names.js'

/** Connects by the platform's own WebSocket. Each `send` is one binary message; the bounds of messages mean nothing. */
export const dialWebSocket: Dial = (address, handlers, signal) =>
  new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(abortedError(address))
      return
    }
    if (typeof globalThis.WebSocket !== 'function') {
      reject(new LocalError('state', 'this platform has no WebSocket', { expected: 'globalThis.WebSocket', got: 'undefined' }))
      return
    }
    const url = webSocketUrl(address)
    let webSocket: WebSocket
    try {
      webSocket = new globalThis.WebSocket(url, SUBPROTOCOL)
    } catch (cause) {
      reject(new LocalError('argument', `${url} cannot be opened as a WebSocket`, { path: 'url' }, { cause }))
      return
    }
    webSocket.binaryType = 'arraybuffer'
    webSocket.onerror = () => undefined // says nothing; the close event that follows it does
    const giveUp = (): void => {
      webSocket.onopen = webSocket.onclose = null
      webSocket.close()
      reject(abortedError(address))
    }
    signal.addEventListener('abort', giveUp, { once: true })
    webSocket.onclose = ({ code }) => {
      signal.removeEventListener('abort', giveUp)
      reject(connectError(address, `the WebSocket was closed with code ${code}`))
    }
    webSocket.onopen = () => {
      signal.removeEventListener('abort', giveUp)
      resolve(platformLink(webSocket, handlers))
    }
  })

function platformLink(webSocket: WebSocket, handlers: LinkHandlers): Link {
  let open = true
  let full = false
  let poll: ReturnType<typeof setInterval> | undefined

  const over = (): void => {
    open = false
    clearInterval(poll)
    webSocket.onmessage = webSocket.onclose = null
  }
  /** A browser's WebSocket has no event for an emptied buffer. */
  const awaitDrain = (): void => {
    poll ??= setInterval(() => {
      if (webSocket.bufferedAmount >= HIGH_WATER) return
      clearInterval(poll)
      poll = undefined
      full = false
      handlers.drain?.()
    }, BROWSER_DRAIN_POLL_MS)
  }
  webSocket.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => {
    if (typeof data !== 'string') {
      handlers.data(new Uint8Array(data))
      return
    }
    over()
    webSocket.close()
    handlers.close(closedError('the peer sent text; MTProto is binary'))
  }
  webSocket.onclose = ({ code, wasClean }) => {
    over()
    handlers.close(wasClean ? undefined : closedError(`the WebSocket was closed with code ${code}`))
  }
  return {
    send(bytes) {
      if (!open) return true
      webSocket.send(bytes as Uint8Array<ArrayBuffer>)
      full = webSocket.bufferedAmount >= HIGH_WATER
      if (full) awaitDrain()
      return !full
    },
    close() {
      if (!open) return
      over()
      webSocket.close(1000)
    },
  }
}
