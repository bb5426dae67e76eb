/** What one direction of a memory pipe does to the bytes in it. Offsets count the bytes of that direction, from 0. */
export interface LaneFaults {
  /** How long every byte travels. */
  readonly latencyMs?: number
  /** Up to so much more, drawn for each piece. Order is kept. */
  readonly jitterMs?: number
  readonly bytesPerSecond?: number
  /**
   * How the stream is cut into pieces: at most so many bytes each, pieces that end at the given offsets, or pieces of
   * random length. Left out, one write is one piece.
   */
  readonly pieces?: number | readonly number[] | 'random'
  /** Everything that has arrived by the same moment is one piece. */
  readonly merge?: boolean
  /** The connection is reset when so many bytes have arrived; the rest never does. */
  readonly resetAfterBytes?: number
  /** The connection is ended in good order when so many bytes have arrived. */
  readonly endAfterBytes?: number
  /** So many bytes arrive, and then nothing, not even the end of the connection: the path is dead and nobody says so. */
  readonly blackHoleAfterBytes?: number
  /** The end of the connection does not arrive: the other end is left half open. */
  readonly loseClose?: boolean
  /** Bytes that are changed on the way: each is xored with `mask`. */
  readonly flips?: readonly { readonly offset: number; readonly mask: number }[]
  /** What happens to single writes, by their number from 0; `swap` sends a write after the one that follows it. */
  readonly writes?: Readonly<Record<number, 'drop' | 'duplicate' | 'swap'>>
}

/** One connection of the memory network, as a plain object that can be printed and replayed. */
export interface PipeFaults {
  /** `refuse` fails at once, `hang` never answers. */
  readonly connect?: 'refuse' | 'hang'
  readonly connectMs?: number
  /** From the end that dialled to the end that accepted. */
  readonly up?: LaneFaults
  readonly down?: LaneFaults
}
