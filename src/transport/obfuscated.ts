import type { AesCtr } from '../crypto/aes-ctr.node.js'
import { LocalError } from '../errors/errors.js'
import type { Random } from '../platform/random.js'
import type { TransportCodec, TransportFrame, TransportName } from './codec.js'
import { drawHeader, obfuscationStreams, sealHeader } from './obfuscation-header.js'

export interface ObfuscationOptions {
  /** See `drawHeader`. */
  readonly dc?: number
  /** The 16 bytes of an MTProxy's secret. */
  readonly secret?: Uint8Array
}

/**
 * Encrypts everything that `inner` sends and gets, so that the connection has no signature. The keys are in the first
 * 64 bytes, for all to see: this hides the protocol, not the content, which MTProto protects itself.
 * @throws {LocalError} `argument` when `inner` is the full framing, which has no tag.
 * @see https://core.telegram.org/mtproto/mtproto-transports#transport-obfuscation
 */
export function obfuscated(inner: TransportCodec, random: Random, options: ObfuscationOptions = {}): ObfuscatedCodec {
  const { name } = inner
  if (name === undefined || name === 'full') {
    throw new LocalError('argument', 'the full transport cannot be obfuscated', {
      expected: 'abridged, intermediate or padded',
      got: String(name),
    })
  }
  const header = drawHeader(random, name, options.dc)
  const { up, down } = obfuscationStreams(header, options.secret)
  return new ObfuscatedCodec(inner, sealHeader(header, up), up, down)
}

/** A framing inside two key streams. The tag of the framing is in the header, so its own opening is not sent. */
export class ObfuscatedCodec implements TransportCodec {
  readonly #inner: TransportCodec
  readonly #opening: Uint8Array
  readonly #out: AesCtr
  readonly #in: AesCtr

  constructor(inner: TransportCodec, opening: Uint8Array, out: AesCtr, incoming: AesCtr) {
    this.#inner = inner
    this.#opening = opening
    this.#out = out
    this.#in = incoming
  }

  get name(): TransportName | undefined {
    return this.#inner.name
  }

  get quickAcks(): boolean {
    return this.#inner.quickAcks
  }

  opening(): Uint8Array {
    return this.#opening.slice()
  }

  encode(payload: Uint8Array, quickAck?: boolean): Uint8Array {
    return this.#out.update(this.#inner.encode(payload, quickAck))
  }

  encodeQuickAck(token: number): Uint8Array {
    return this.#out.update(this.#inner.encodeQuickAck(token))
  }

  receive(chunk: Uint8Array): void {
    if (chunk.length > 0) this.#inner.receive(this.#in.update(chunk))
  }

  next(): TransportFrame | undefined {
    return this.#inner.next()
  }
}
