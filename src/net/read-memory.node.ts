import type { OnReadOpts } from 'node:net'
import { markDisposable } from '../bytes/disposable.js'

/** As much as a socket of Node reads at a time. */
const BLOCK_BYTES = 65_536
/** What is left of a block is not worth a read of its own any more. */
const LEAST_BYTES = 16_384

/**
 * Memory that a socket reads into, one read behind the other, block after block. Left to itself, Node takes 64 kB for
 * each read and gives most of it back, which for a small packet is dearer than the read.
 */
export class ReadMemory {
  /** Gets what was read, which is its own from then on. */
  receive: (chunk: Uint8Array) => void = () => undefined
  /** For the options of `connect`. */
  readonly onread: OnReadOpts
  #block: Uint8Array = newBlock()
  #used = 0

  constructor() {
    this.onread = {
      buffer: () => this.#room(),
      callback: (length, room) => {
        this.#used += length
        const chunk = new Uint8Array(room.buffer, room.byteOffset, length)
        if (length === BLOCK_BYTES) markDisposable(chunk)
        this.receive(chunk)
        return true
      },
    }
  }

  #room(): Uint8Array {
    if (this.#block.length - this.#used < LEAST_BYTES) {
      this.#block = newBlock()
      this.#used = 0
    }
    return this.#block.subarray(this.#used)
  }
}

/** Not cleared, as nobody sees more of it than has been read. */
function newBlock(): Uint8Array {
  return new Uint8Array(Buffer.allocUnsafeSlow(BLOCK_BYTES).buffer)
}
