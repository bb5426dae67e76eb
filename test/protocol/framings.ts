import type { TransportCodec } from '../../src/transport/codec.js'
import { FRAMINGS } from '../unit/transport/frames.js'

/** Every framing, plain and obfuscated: a client, and the server's end of the same connection. */
export const PAIRS: readonly {
  name: string
  pair(): { client: TransportCodec; send(bytes: Uint8Array): void; server: TransportCodec }
}[] =
  FRAMINGS.map(({ name, create }) => ({
    name,
    pair() {
      const client = create('client')
      return { client, server: create('server'), send: (bytes) => client.receive(bytes) }
    },
  }))
