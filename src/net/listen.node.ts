import { createServer as createHttpServer } from 'node:http'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { WebSocketServer } from 'ws'
import { TransportError } from '../errors/errors.js'
import { describeAddress } from './failures.js'
import { FIRST_BYTES_TIMEOUT_MS } from './limits.js'
import type { Accept } from './link.js'
import { socketLink } from './socket-link.node.js'
import { SUBPROTOCOL, WEBSOCKET_PATHS } from './websocket-names.js'
import { WEBSOCKET_OPTIONS, webSocketLink } from './websocket.node.js'

const HTTP_GET = Buffer.from('GET ')
/** Node counts timers in 32 bits, and fires at once what is further away. */
const MAX_TIMEOUT_MS = 0x7fff_ffff

export interface ListenOptions {
  /** Left out: 127.0.0.1, which nobody outside this machine reaches. */
  readonly host?: string
  /** 0 or left out: a free port. */
  readonly port?: number
  /** What is taken on the port. Left out: both, told apart by the first bytes. */
  readonly accepts?: 'tcp' | 'websocket' | 'both'
  /** Milliseconds that a new connection has to show whether it is a WebSocket, and to ask for one. Left out: a minute. */
  readonly firstBytesTimeoutMs?: number
}

export interface Listener {
  readonly host: string
  readonly port: number
  /** Stops listening and breaks every connection; nothing is left open afterwards. */
  close(): Promise<void>
}

/**
 * Listens for TCP and WebSocket connections.
 * @throws {TransportError} `connect` when the port cannot be had.
 */
export async function listen(options: ListenOptions, accept: Accept): Promise<Listener> {
  const { host = '127.0.0.1', port = 0, accepts = 'both' } = options
  const firstBytesTimeoutMs = Math.min(options.firstBytesTimeoutMs ?? FIRST_BYTES_TIMEOUT_MS, MAX_TIMEOUT_MS)
  const sockets = new Set<Socket>()
  const http = webSocketHttp(accept, firstBytesTimeoutMs)

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    if (accepts === 'tcp') socketLink(socket, accept)
    else if (accepts === 'websocket') http.emit('connection', socket)
    else tellApart(socket, firstBytesTimeoutMs, (isHttp) => void (isHttp ? http.emit('connection', socket) : socketLink(socket, accept)))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new TransportError('connect', `cannot listen on ${describeAddress({ host, port })}: ${cause.message}`, {}, { cause })),
    )
    server.listen({ host, port }, resolve)
  })
  return {
    host,
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** Waits for the first bytes: no MTProto transport may begin with those of an HTTP request. */
function tellApart(socket: Socket, timeoutMs: number, decide: (isHttp: boolean) => void): void {
  let first = Buffer.alloc(0)
  const timer = setTimeout(() => socket.destroy(), timeoutMs)
  const giveUp = (): void => void socket.destroy()
  const look = (chunk: Buffer): void => {
    first = Buffer.concat([first, chunk])
    const isHttp = first.subarray(0, HTTP_GET.length).equals(HTTP_GET.subarray(0, first.length))
    if (isHttp && first.length < HTTP_GET.length) return
    clearTimeout(timer)
    socket.off('data', look).off('end', giveUp).off('error', giveUp).pause()
    socket.unshift(first)
    decide(isHttp)
    socket.resume()
  }
  socket.on('data', look).on('end', giveUp).on('error', giveUp)
  socket.once('close', () => clearTimeout(timer))
}

/** An HTTP server that listens nowhere: it is handed connections and takes only the WebSocket requests of Telegram's paths. */
function webSocketHttp(accept: Accept, timeoutMs: number): ReturnType<typeof createHttpServer> {
  const webSockets = new WebSocketServer({
    ...WEBSOCKET_OPTIONS,
    noServer: true,
    clientTracking: false,
    handleProtocols: () => SUBPROTOCOL,
  })
  const http = createHttpServer((_request, response) => {
    response.writeHead(404, { connection: 'close' }).end()
  })
  // It never listens, and so watches over no request that does not end; who is upgraded is free of this.
  http.timeout = timeoutMs
  http.on('upgrade', (request, socket, head) => {
    const path = (request.url ?? '').split('?')[0]!
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim())
    const refusal = !WEBSOCKET_PATHS.has(path) ? '404 Not Found' : offered.includes(SUBPROTOCOL) ? undefined : '400 Bad Request'
    if (refusal !== undefined) {
      socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    webSockets.handleUpgrade(request, socket, head, (webSocket) => webSocketLink(webSocket, accept))
  })
  return http
}
