import { concat } from '../../bytes/bytes.js'
import { equalConstantTime } from '../../bytes/equal.js'
import { hmacSha256 } from '../../crypto/sha.js'
import { TransportError } from '../../errors/errors.js'
import { randomBytes, type Random } from '../../platform/random.js'
import { extension, HELLO_RANDOM, HELLO_RANDOM_LENGTH, keyShare, vector16, vector8 } from './client-hello.js'
import { randomCurvePoint } from './curve-point.js'
import { MAX_CERTIFICATE, MAX_CLIENT_HELLO, MAX_SECONDS_FAST, MAX_SECONDS_SLOW, MIN_CERTIFICATE } from './limits.js'
import { FakeTlsMachine } from './machine.js'
import { CHANGE_CIPHER_SPEC, encodeRecords, HANDSHAKE, HEADER, recordLength } from './records.js'

const SESSION_ID = HELLO_RANDOM + HELLO_RANDOM_LENGTH
const SESSION_ID_LENGTH = 32
const MIN_CLIENT_HELLO = SESSION_ID + 1 + SESSION_ID_LENGTH
const TIME = HELLO_RANDOM_LENGTH - 4
const CLIENT_HELLO = 1
const SERVER_HELLO = 2

/** The proxy's end of fake TLS. Once `takeHello` is true, send what `takeOutput` gives. */
export class FakeTlsServer extends FakeTlsMachine {
  readonly #key: Uint8Array
  readonly #random: Random
  readonly #unixSeconds: () => number
  #output: Uint8Array | undefined

  constructor(key: Uint8Array, random: Random, unixSeconds: () => number) {
    super()
    this.#key = key
    this.#random = random
    this.#unixSeconds = unixSeconds
  }

  /** The answer to the client's hello, once. */
  takeOutput(): Uint8Array | undefined {
    const output = this.#output
    this.#output = undefined
    return output
  }

  protected readHello(): boolean {
    const { queue } = this
    const length = recordLength(queue, 0, HANDSHAKE, 1)
    if (length === undefined) return false
    if (HEADER + length < MIN_CLIENT_HELLO || length > MAX_CLIENT_HELLO) throw refused(`its hello has ${length} bytes`)
    if (queue.length < HEADER + length) return false
    const hello = queue.take(HEADER + length).slice()
    const clientRandom = hello.slice(HELLO_RANDOM, SESSION_ID)
    hello.fill(0, HELLO_RANDOM, SESSION_ID)
    if (hello[HEADER] !== CLIENT_HELLO || hello[SESSION_ID] !== SESSION_ID_LENGTH) throw refused('its hello is not that of TLS 1.3')
    this.#checkDigest(hello, clientRandom)
    this.#output = this.#serverHello(clientRandom, hello.subarray(SESSION_ID + 1, MIN_CLIENT_HELLO))
    return true
  }

  /** The `random` is a digest of the hello, with the time in its last bytes. */
  #checkDigest(hello: Uint8Array, clientRandom: Uint8Array): void {
    const digest = hmacSha256(this.#key, hello)
    if (!equalConstantTime(digest.subarray(0, TIME), clientRandom.subarray(0, TIME))) {
      throw refused('the digest in its hello is wrong')
    }
    let seconds = 0
    for (let i = 3; i >= 0; i--) seconds = ((seconds << 8) | (digest[TIME + i]! ^ clientRandom[TIME + i]!)) >>> 0
    const late = this.#unixSeconds() - seconds
    if (late > MAX_SECONDS_SLOW || late < -MAX_SECONDS_FAST) throw refused(`its clock is ${late} s behind; it may be a replay`)
  }

  #serverHello(clientRandom: Uint8Array, sessionId: Uint8Array): Uint8Array {
    const extensions = concat(
      extension(0x0033, keyShare(0x001d, randomCurvePoint(this.#random))),
      extension(0x002b, Uint8Array.of(3, 4)), // supported_versions: TLS 1.3
    )
    const body = concat(
      Uint8Array.of(3, 3),
      new Uint8Array(HELLO_RANDOM_LENGTH),
      vector8(sessionId),
      Uint8Array.of(0x13, 0x01, 0), // TLS_AES_128_GCM_SHA256, no compression
      vector16(extensions),
    )
    const { length } = body
    const dice = randomBytes(this.#random, 2)
    const certificate = MIN_CERTIFICATE + (((dice[0]! << 8) | dice[1]!) % (MAX_CERTIFICATE - MIN_CERTIFICATE + 1))
    const reply = concat(
      Uint8Array.of(HANDSHAKE, 3, 3),
      vector16(concat(Uint8Array.of(SERVER_HELLO, length >> 16, length >> 8, length), body)),
      CHANGE_CIPHER_SPEC,
      encodeRecords(randomBytes(this.#random, certificate)),
    )
    reply.set(hmacSha256(this.#key, clientRandom, reply), HELLO_RANDOM)
    return reply
  }
}

function refused(why: string): TransportError {
  return new TransportError('proxy', `the client does not have the secret of this proxy: ${why}`, { path: 'ClientHello' })
}
