import { encodeWith } from '../../../src/tl/encode-with.js'
import { Writable, type Writer } from '../../../src/tl/writer.js'

/** Bytes in hex. */
export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** What some calls to a writer leave, in hex. */
export function written(write: (w: Writer) => void): string {
  return hexOf(encodeWith(write))
}

/** Something that writes itself by hand: no class of the schema, so that nothing but the writer is under test. */
export class ByHand extends Writable {
  readonly #write: (w: Writer) => void

  constructor(write: (w: Writer) => void) {
    super()
    this.#write = write
  }

  override write(w: Writer): void {
    this.#write(w)
  }
}

/** The error that `act` throws. */
export function thrownBy<E extends Error>(kind: abstract new (...args: never[]) => E, act: () => unknown): E {
  try {
    act()
  } catch (error) {
    if (error instanceof kind) return error
    throw error
  }
  throw new Error('it was accepted')
}
