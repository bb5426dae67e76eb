import { concat } from '../../bytes/bytes.js'
import { equalConstantTime } from '../../bytes/equal.js'
import { hmacSha256 } from '../../crypto/sha.js'
import { TransportError } from '../../errors/errors.js'
import type { Random } from '../../platform/random.js'
import { clientHello, HELLO_RANDOM, HELLO_RANDOM_LENGTH } from './client-hello.js'
import { FakeTlsMachine, xorUint32 } from './machine.js'
import { APPLICATION_DATA, CHANGE_CIPHER_SPEC, HANDSHAKE, HEADER, recordLength } from './records.js'

export interface FakeTlsSecret {
  /** The 16 bytes that the proxy and its users share. */
  readonly key: Uint8Array
  /** The name that the proxy hides behind: to somebody on the path, the connection goes there. */
  readonly domain: string
}

/**
 * The client of an MTProxy that looks like a web server: the handshake of TLS 1.3 is acted, its records are real, and
 * what they carry is an obfuscated connection. Both hellos prove in their `random` that their sender has the secret.
 * Send `hello` first, and nothing else until `takeHello` is true.
 */
export class FakeTlsClient extends FakeTlsMachine {
  readonly hello: Uint8Array
  readonly #secret: FakeTlsSecret
  #begun = false

  /** @param unixSeconds the time, which the proxy checks against replays. */
  constructor(secret: FakeTlsSecret, random: Random, unixSeconds: number) {
    super()
    this.#secret = secret
    this.hello = clientHello(secret.domain, random)
    const digest = hmacSha256(secret.key, this.hello)
    xorUint32(digest, HELLO_RANDOM_LENGTH - 4, unixSeconds)
    this.hello.set(digest, HELLO_RANDOM)
  }

  override encode(bytes: Uint8Array): Uint8Array {
    const records = super.encode(bytes)
    if (this.#begun) return records
    this.#begun = true
    return concat(CHANGE_CIPHER_SPEC, records)
  }

  /** A handshake record, a change of cipher, one record that stands for the certificate: then all of it is checked. */
  protected readHello(): boolean {
    const { queue } = this
    const hello = recordLength(queue, 0, HANDSHAKE)
    if (hello === undefined) return false
    if (HEADER + hello < HELLO_RANDOM + HELLO_RANDOM_LENGTH) throw notTheProxy('its hello is too short')
    const change = HEADER + hello
    for (let i = 0; i < CHANGE_CIPHER_SPEC.length && change + i < queue.length; i++) {
      if (queue.at(change + i) !== CHANGE_CIPHER_SPEC[i]) throw notTheProxy('it does not change the cipher after its hello')
    }
    const certificate = change + CHANGE_CIPHER_SPEC.length
    const length = recordLength(queue, certificate, APPLICATION_DATA)
    if (length === undefined || queue.length < certificate + HEADER + length) return false

    const reply = queue.take(certificate + HEADER + length).slice()
    const digest = reply.slice(HELLO_RANDOM, HELLO_RANDOM + HELLO_RANDOM_LENGTH)
    reply.fill(0, HELLO_RANDOM, HELLO_RANDOM + HELLO_RANDOM_LENGTH)
    const clientRandom = this.hello.subarray(HELLO_RANDOM, HELLO_RANDOM + HELLO_RANDOM_LENGTH)
    if (!equalConstantTime(digest, hmacSha256(this.#secret.key, clientRandom, reply))) {
      throw notTheProxy('the digest in its hello is wrong')
    }
    return true
  }
}

function notTheProxy(why: string): TransportError {
  return new TransportError('proxy', `the other side is not the proxy that the secret belongs to: ${why}`, { path: 'ServerHello' })
}
