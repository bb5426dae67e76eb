import type { Dial } from '../net/link.js'
import { dialSocks } from '../net/socks.node.js'
import { dialTcp } from '../net/tcp.node.js'
import { dialWebSocket } from '../net/websocket.node.js'
import type { Platform } from '../platform/platform.js'
import { abridged } from '../transport/abridged.js'
import type { TransportCodec } from '../transport/codec.js'
import { full } from '../transport/full.js'
import { intermediate } from '../transport/intermediate.js'
import { mtproxy, mtproxyDial } from '../transport/mtproxy.js'
import { obfuscated } from '../transport/obfuscated.js'
import { padded } from '../transport/padded.js'
import type { WireStyle } from './connection-kinds.js'
import type { Settings } from './settings.js'

/** How bytes get to a data centre, and how they are framed on the way. */
export interface Carrier {
  readonly dial: Dial
  /** A new codec for a new link to `protocolDc` (+10000 on test servers, negative for media servers). */
  readonly makeCodec: (protocolDc: number) => TransportCodec
}

/** @throws {LocalError} `argument`, when the options do not go together. */
export function makeCarrier(settings: Settings): Carrier {
  const { platform, wire, mtproxy: proxy, socks } = settings
  if (settings.dial !== undefined) return { dial: settings.dial, makeCodec: (dc) => frame(wire, platform, dc) }
  if (proxy !== undefined) {
    const transport = wire.framing === 'full' || proxy.secret.kind !== 'plain' ? 'padded' : wire.framing
    return {
      dial: mtproxyDial(proxy, dialTcp, platform),
      makeCodec: (dc) => mtproxy(proxy.secret, platform.random, { dc, transport }),
    }
  }
  const dial = socks !== undefined ? dialSocks(socks) : settings.carrier === 'websocket' ? dialWebSocket : dialTcp
  return { dial, makeCodec: (dc) => frame(wire, platform, dc) }
}

function frame(wire: WireStyle, { random }: Platform, dc: number): TransportCodec {
  const codec = bareFrame(wire, random)
  return wire.obfuscated ? obfuscated(codec, random, { dc }) : codec
}

function bareFrame({ framing }: WireStyle, random: Platform['random']): TransportCodec {
  switch (framing) {
    case 'full':
      return full()
    case 'abridged':
      return abridged()
    case 'intermediate':
      return intermediate()
    case 'padded':
      return padded(random)
  }
}
