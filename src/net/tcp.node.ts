import { connect } from 'node:net'
import { abortedError, connectError } from './failures.js'
import type { Dial } from './link.js'
import { ReadMemory } from './read-memory.node.js'
import { socketLink } from './socket-link.node.js'

/** Connects by TCP. Small packets leave at once (no Nagle delay); names that have several addresses are tried in turn. */
export const dialTcp: Dial = (address, handlers, signal) =>
  new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(abortedError(address))
      return
    }
    const reads = new ReadMemory()
    const socket = connect({ host: address.host, port: address.port, onread: reads.onread })
    const giveUp = (): void => {
      socket.destroy()
      reject(abortedError(address))
    }
    const fail = (error: Error): void => {
      signal.removeEventListener('abort', giveUp)
      reject(connectError(address, error))
    }
    signal.addEventListener('abort', giveUp, { once: true })
    socket.on('error', fail)
    socket.once('connect', () => {
      signal.removeEventListener('abort', giveUp)
      socket.off('error', fail)
      resolve(socketLink(socket, () => handlers, reads))
    })
  })
