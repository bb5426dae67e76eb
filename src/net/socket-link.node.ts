import type { Socket } from 'node:net'
import { isDisposable, markDisposable } from '../bytes/disposable.js'
import { dispose } from '../bytes/dispose.node.js'
import { closedError } from './failures.js'
import { HIGH_WATER, LINGER_MS } from './limits.js'
import type { Accept, Link } from './link.js'
import type { ReadMemory } from './read-memory.node.js'

/**
 * Makes a link of a connected socket, which from then on belongs to the link.
 * @param reads what the socket reads into, where it was made with such memory.
 */
export function socketLink(socket: Socket, accept: Accept, reads?: ReadMemory): Link {
  let open = true
  let full = false
  let failure: Error | undefined

  const receive = (chunk: Uint8Array): void => {
    if (open) handlers.data(chunk)
  }
  socket.setNoDelay(true)
  if (reads) reads.receive = receive
  else {
    socket.on('data', ({ buffer, byteOffset, length }: Buffer) => {
      const chunk = new Uint8Array(buffer, byteOffset, length)
      if (length === buffer.byteLength) markDisposable(chunk)
      receive(chunk)
    })
  }
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
    get unsentBytes() {
      return socket.writableLength
    },
    send(bytes) {
      if (!open) return true
      const kept = !(isDisposable(bytes) ? socket.write(bytes, () => dispose(bytes)) : socket.write(bytes))
      full ||= kept && socket.writableLength >= HIGH_WATER
      return !full
    },
    hold(held) {
      if (open) void (held ? socket.pause() : socket.resume())
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
