import type { Socket } from 'node:net'
import { closedError } from './failures.js'
import { HIGH_WATER, LINGER_MS } from './limits.js'
import type { Accept, Link } from './link.js'

/** Makes a link of a connected socket, which from then on belongs to the link. */
export function socketLink(socket: Socket, accept: Accept): Link {
  let open = true
  let full = false
  let failure: Error | undefined

  socket.setNoDelay(true)
  socket.on('data', (chunk: Buffer) => {
    if (open) handlers.data(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length))
  })
  socket.on('drain', () => {
    if (!open || !full) return
    full = false
    handlers.drain?.()
  })
  socket.on('error', (error) => {
    failure = error
  })
  socket.on('end', () => socket.destroy())
  socket.on('close', () => {
    if (!open) return
    open = false
    handlers.close(failure && closedError(failure))
  })

  const link: Link = {
    send(bytes) {
      if (!open) return true
      const kept = !socket.write(bytes)
      full ||= kept && socket.writableLength >= HIGH_WATER
      return !full
    },
    close() {
      if (!open) return
      open = false
      closeSocket(socket)
    },
  }
  const handlers = accept(link)
  return link
}

/**
 * Ends a socket: what waits still goes out, and what comes in is thrown away until the peer has ended its side too or
 * the time is up. To destroy it at once would answer bytes on the way with a reset, and a reset takes from the peer
 * what it has not read yet. Once everything is sent, the socket no longer keeps the process alive.
 */
export function closeSocket(socket: Socket): void {
  const linger = setTimeout(() => socket.destroy(), LINGER_MS)
  linger.unref()
  socket.once('close', () => clearTimeout(linger))
  if (socket.writableLength === 0) socket.unref()
  else socket.once('finish', () => socket.unref())
  socket.end()
  socket.resume()
}
