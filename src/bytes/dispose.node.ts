import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { isDisposable, markDisposable } from './disposable.js'

let nowhere: MessagePort | undefined

/**
 * Frees the memory under `bytes` at once, if it is marked as disposable; whoever looks at it afterwards finds it empty.
 * Left to the garbage collector, every 16 MB of such memory have it go through all that the program holds.
 */
export function dispose(bytes: Uint8Array): void {
  if (!isDisposable(bytes)) return
  nowhere ??= closedPort()
  nowhere.postMessage(undefined, [bytes.buffer as ArrayBuffer])
}

/** The same for memory that is of no use to anybody from now on, marked or not. */
export function disposeOf(bytes: Uint8Array): void {
  markDisposable(bytes)
  dispose(bytes)
}

/** What is handed over to a closed port is gone. */
function closedPort(): MessagePort {
  const { port1 } = new MessageChannel()
  port1.close()
  return port1
}
