import { LocalError } from '../errors/errors.js'
import type { Accept, Dial } from '../net/link.js'
import type { Platform } from '../platform/platform.js'
import type { Random } from '../platform/random.js'
import { abridged } from './abridged.js'
import type { TransportCodec } from './codec.js'
import { detectTransport, type DetectingCodec } from './detect.js'
import { fakeTlsAccept } from './fake-tls/accept.js'
import { fakeTlsDial } from './fake-tls/dial.js'
import { intermediate } from './intermediate.js'
import type { MtproxyAddress, MtproxySecret } from './mtproxy-secret.js'
import { obfuscated } from './obfuscated.js'
import { padded } from './padded.js'
import type { TaggedTransport } from './tags.js'

export interface MtproxyOptions {
  /** The data centre that the proxy is to connect to: +10000 on test servers, negative for media. */
  readonly dc: number
  /** The framing through a proxy with a plain secret. Left out: padded, the one that every proxy takes. */
  readonly transport?: TaggedTransport
}

/**
 * What a client says through an MTProxy, inside fake TLS where the secret wants that (see `mtproxyDial`).
 * @throws {LocalError} `argument` when the secret wants padding and another framing is asked for.
 * @see https://core.telegram.org/mtproto/mtproto-transports#transport-obfuscation
 */
export function mtproxy(secret: MtproxySecret, random: Random, options: MtproxyOptions): TransportCodec {
  const { dc, transport = 'padded' } = options
  if (!Number.isInteger(dc) || dc < -0x8000 || dc > 0x7fff || dc === 0) {
    throw new LocalError('argument', `${dc} is no data centre`, { path: 'dc', expected: 'an int16 other than 0', got: String(dc) })
  }
  if (secret.kind !== 'plain' && transport !== 'padded') {
    throw new LocalError('argument', 'this MTProxy takes the padded transport only', { expected: 'padded', got: transport })
  }
  const inner = transport === 'abridged' ? abridged() : transport === 'intermediate' ? intermediate() : padded(random)
  return obfuscated(inner, random, { dc, secret: secret.key })
}

/** Connects to the proxy, whatever the address asked for: which data centre is meant, the codec says. */
export function mtproxyDial(proxy: MtproxyAddress, dial: Dial, platform: Platform): Dial {
  const { host, port, secret } = proxy
  const through = secret.kind === 'fake-tls' ? fakeTlsDial(dial, secret, platform) : dial
  return (_address, handlers, signal) => through({ host, port }, handlers, signal)
}

/** The far end: links of clients that have the secret, fake TLS taken off. */
export function mtproxyAccept(secret: MtproxySecret, accept: Accept, platform: Platform): Accept {
  return secret.kind === 'fake-tls' ? fakeTlsAccept(accept, secret.key, platform) : accept
}

/** The far end's codec: what `mtproxy` sends, with this secret and nothing else. Its `detection` names the data centre. */
export function mtproxyServer(secret: MtproxySecret, random: Random): DetectingCodec {
  const only = secret.kind === 'plain' ? (['abridged', 'intermediate', 'padded'] as const) : (['padded'] as const)
  return detectTransport(random, { secrets: [secret.key], secretRequired: true, only })
}
