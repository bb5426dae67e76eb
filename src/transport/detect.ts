import { LocalError, TransportError } from '../errors/errors.js'
import type { Random } from '../platform/random.js'
import { abridged } from './abridged.js'
import { ChunkQueue } from './chunk-queue.js'
import type { TransportCodec, TransportFrame, TransportName } from './codec.js'
import { full } from './full.js'
import { intermediate } from './intermediate.js'
import { OBFUSCATION_HEADER } from './limits.js'
import { ObfuscatedCodec } from './obfuscated.js'
import { isForeignProtocol, obfuscationStreams, openHeader } from './obfuscation-header.js'
import { padded } from './padded.js'
import { TAGS, transportOfTag, type TaggedTransport } from './tags.js'

export interface DetectOptions {
  /** Secrets of 16 bytes with which clients may obfuscate, besides without one. */
  readonly secrets?: readonly Uint8Array[]
  /** Takes obfuscation with one of the secrets and nothing else, as an MTProxy does. */
  readonly secretRequired?: boolean
  /** The framings that are taken; left out, all. */
  readonly only?: readonly TransportName[]
}

/** What the first bytes of a client said. */
export interface Detection {
  readonly name: TransportName
  readonly obfuscated: boolean
  /** The data centre field of the obfuscation header. Clients that use no proxy may leave random bytes in it. */
  readonly dc?: number
  /** Which of the secrets was used. */
  readonly secret?: Uint8Array
}

/** The server's end of any framing, told by the first bytes. Only after that can it send. */
export function detectTransport(random: Random, options: DetectOptions = {}): DetectingCodec {
  return new DetectingCodec(random, options)
}

export class DetectingCodec implements TransportCodec {
  readonly #random: Random
  readonly #options: DetectOptions
  readonly #queue = new ChunkQueue()
  #codec: TransportCodec | undefined
  #detection: Detection | undefined
  #failure: TransportError | undefined

  constructor(random: Random, options: DetectOptions) {
    this.#random = random
    this.#options = options
  }

  get name(): TransportName | undefined {
    return this.#detection?.name
  }

  get quickAcks(): boolean {
    return this.#codec?.quickAcks ?? false
  }

  /** What was found; `undefined` until there were enough bytes. */
  get detection(): Detection | undefined {
    return this.#detection
  }

  opening(): Uint8Array {
    return new Uint8Array(0)
  }

  encode(payload: Uint8Array, quickAck?: boolean): Uint8Array {
    return this.#known().encode(payload, quickAck)
  }

  encodeQuickAck(token: number): Uint8Array {
    return this.#known().encodeQuickAck(token)
  }

  receive(chunk: Uint8Array): void {
    if (this.#codec !== undefined) this.#codec.receive(chunk)
    else if (this.#failure === undefined) this.#queue.push(chunk)
  }

  next(): TransportFrame | undefined {
    if (this.#failure !== undefined) throw this.#failure
    try {
      this.#codec ??= this.#detect()
    } catch (error) {
      if (error instanceof TransportError) {
        this.#failure = error
        this.#queue.clear()
      }
      throw error
    }
    return this.#codec?.next()
  }

  #known(): TransportCodec {
    if (this.#codec === undefined) throw new LocalError('state', 'the client has not shown yet which transport it uses')
    return this.#codec
  }

  #detect(): TransportCodec | undefined {
    const queue = this.#queue
    if (queue.length === 0) return undefined
    if (queue.at(0) === TAGS.abridged[0]) return this.#plain('abridged', 1)
    if (queue.length < 4) return undefined
    const first = Uint8Array.of(queue.at(0), queue.at(1), queue.at(2), queue.at(3))
    const tagged = transportOfTag(first, 0)
    if (tagged !== undefined) return this.#plain(tagged, 4)
    if (isForeignProtocol(first)) throw unknown('the first bytes are those of another protocol')
    if (queue.length < 8) return undefined
    if (queue.uint32At(4) === 0) return this.#plain('full', 0)
    if (queue.length < OBFUSCATION_HEADER) return undefined
    return this.#obfuscated(queue.take(OBFUSCATION_HEADER))
  }

  #plain(name: TransportName, tagLength: number): TransportCodec {
    this.#check({ name, obfuscated: false })
    if (this.#options.secretRequired === true) throw unknown('a connection without the secret')
    this.#queue.skip(tagLength)
    return this.#start(name === 'full' ? full('server') : this.#create(name))
  }

  #obfuscated(header: Uint8Array): TransportCodec {
    const { secrets = [], secretRequired = false } = this.#options
    for (const secret of secretRequired ? secrets : [undefined, ...secrets]) {
      const { up, down } = obfuscationStreams(header, secret)
      const opened = openHeader(header, up)
      if (opened === undefined) continue
      const { transport, dc } = opened
      this.#check({ name: transport, obfuscated: true, dc, ...(secret && { secret }) })
      return this.#start(new ObfuscatedCodec(this.#create(transport), new Uint8Array(0), down, up))
    }
    throw unknown('the first bytes belong to no known transport')
  }

  #create(name: TaggedTransport): TransportCodec {
    if (name === 'abridged') return abridged('server')
    return name === 'intermediate' ? intermediate('server') : padded(this.#random, 'server')
  }

  #check(detection: Detection): void {
    const { only } = this.#options
    if (only !== undefined && !only.includes(detection.name)) throw unknown(`the ${detection.name} transport is not taken here`)
    this.#detection = detection
  }

  #start(codec: TransportCodec): TransportCodec {
    if (this.#queue.length > 0) codec.receive(this.#queue.take(this.#queue.length))
    return codec
  }
}

function unknown(message: string): TransportError {
  return new TransportError('frame', message, { path: 'first bytes', offset: 0 })
}
