import { TransportError } from '../errors/errors.js'
import { ChunkQueue } from './chunk-queue.js'

/** Which end of the connection a codec serves. */
export type Side = 'client' | 'server'

export type TransportName = 'abridged' | 'intermediate' | 'padded' | 'full'

export type TransportFrame =
  /**
   * One packet (`auth_key_id` and what follows), transport padding taken off. At the server, `quickAckRequested` says
   * that the client wants a token as soon as the packet is decrypted.
   */
  | { readonly kind: 'payload'; readonly payload: Uint8Array; readonly quickAckRequested: boolean }
  /** A transport error, such as -404. Nobody has signed it: anybody on the path can send one. */
  | { readonly kind: 'error'; readonly code: number }
  /** A quick acknowledgement: the token as an unsigned 32-bit number, bit 31 set. Unauthenticated as well. */
  | { readonly kind: 'quick-ack'; readonly token: number }

/**
 * The framing of one connection, as a pure state machine: bytes in, frames out, payloads in, bytes out. It starts
 * with the connection and ends with it.
 */
export interface TransportCodec {
  /** The framing; `undefined` at a server that has not seen enough bytes to tell. */
  readonly name: TransportName | undefined
  /** Whether this framing can carry quick acknowledgements. */
  readonly quickAcks: boolean
  /** The bytes that go before the first frame; may be none. The same bytes at every call. */
  opening(): Uint8Array
  /**
   * The frame that carries `payload`.
   * @param quickAck asks the server for a quick acknowledgement; only where `quickAcks` is true.
   * @throws {LocalError} `argument` when the payload is empty, too long, or no multiple of 4.
   */
  encode(payload: Uint8Array, quickAck?: boolean): Uint8Array
  /** The bytes of a quick acknowledgement, for the server. `token` has bit 31 set. */
  encodeQuickAck(token: number): Uint8Array
  /** Takes bytes of the peer, split anywhere. They are kept by reference: the caller must not change them. Never throws. */
  receive(chunk: Uint8Array): void
  /**
   * The next whole frame, or `undefined` when more bytes are needed. Frames before damaged bytes come out first.
   * @throws {TransportError} `frame` when the bytes are no frame of this transport; from then on, at every call: the
   *   stream cannot be followed any more and the connection must be closed.
   */
  next(): TransportFrame | undefined
}

/** What the framings share: how a client opens, the queue of received bytes, and that a broken stream stays broken. */
export abstract class StreamCodec implements TransportCodec {
  abstract readonly name: TransportName
  abstract readonly quickAcks: boolean
  /** What a client says before its first frame; may be empty. */
  protected abstract readonly tag: Uint8Array
  protected readonly side: Side
  protected readonly queue: ChunkQueue = new ChunkQueue()
  #failure: TransportError | undefined

  constructor(side: Side) {
    this.side = side
  }

  abstract encode(payload: Uint8Array, quickAck?: boolean): Uint8Array
  abstract encodeQuickAck(token: number): Uint8Array
  /** Reads one frame off the queue. Consumes nothing unless the frame is whole. */
  protected abstract parse(): TransportFrame | undefined

  opening(): Uint8Array {
    return this.side === 'client' ? this.tag.slice() : new Uint8Array(0)
  }

  receive(chunk: Uint8Array): void {
    if (this.#failure === undefined) this.queue.push(chunk)
  }

  next(): TransportFrame | undefined {
    if (this.#failure !== undefined) throw this.#failure
    try {
      return this.parse()
    } catch (error) {
      if (error instanceof TransportError) {
        this.#failure = error
        this.queue.clear()
      }
      throw error
    }
  }
}
