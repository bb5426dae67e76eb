import { TransportError } from '../../errors/errors.js'
import { ChunkQueue } from '../chunk-queue.js'
import { encodeRecords, RecordReader } from './records.js'

/**
 * Either end of fake TLS, as a pure state machine: feed `receive`; once `takeHello` says so, the other side has proved
 * that it has the secret, and bytes go through `encode` and come out of `next`.
 */
export abstract class FakeTlsMachine {
  protected readonly queue: ChunkQueue = new ChunkQueue()
  readonly #records = new RecordReader(this.queue)
  #failure: TransportError | undefined
  #ready = false

  receive(chunk: Uint8Array): void {
    if (this.#failure === undefined) this.queue.push(chunk)
  }

  /**
   * Whether the hello of the other side has come and is right.
   * @throws {TransportError} `proxy` when it is wrong, from then on at every call.
   */
  takeHello(): boolean {
    return this.#guarded(() => (this.#ready ||= this.readHello()))
  }

  /**
   * The next bytes from inside the records; `undefined` when more are needed.
   * @throws {TransportError} `proxy` when the other side does not have the secret, or does not speak TLS.
   */
  next(): Uint8Array | undefined {
    return this.#guarded(() => ((this.#ready ||= this.readHello()) ? this.#records.next() : undefined))
  }

  /** `bytes` as records. */
  encode(bytes: Uint8Array): Uint8Array {
    return encodeRecords(bytes)
  }

  /** Reads the other side's hello off the queue; `false`, and nothing is consumed, when it is not whole. */
  protected abstract readHello(): boolean

  #guarded<T>(step: () => T): T {
    if (this.#failure !== undefined) throw this.#failure
    try {
      return step()
    } catch (error) {
      if (error instanceof TransportError) {
        this.#failure = error
        this.queue.clear()
      }
      throw error
    }
  }
}

/** Xors the little-endian `value` into 4 bytes. */
export function xorUint32(bytes: Uint8Array, offset: number, value: number): void {
  for (let i = 0; i < 4; i++) bytes[offset + i]! ^= (value >>> (8 * i)) & 255
}
