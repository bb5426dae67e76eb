/**
 * Bytes that nobody has signed, thrown at everything that frames them: those of corpus/framing.json, random ones, and
 * valid streams with damage. `FUZZ_CASES=1000000 npx vitest run test/fuzz/transport.test.ts` runs a million, `FUZZ_SEED`
 * repeats a run; a failure prints both and the bytes.
 */
import { describe, expect, it } from 'vitest'
import { concat } from '../../src/bytes/bytes.js'
import { toHex } from '../../src/bytes/hex.js'
import { TransportError } from '../../src/errors/errors.js'
import { seededRandom } from '../../src/platform/manual.js'
import { randomBytes, type Random } from '../../src/platform/random.js'
import { abridged } from '../../src/transport/abridged.js'
import type { TransportCodec, TransportFrame } from '../../src/transport/codec.js'
import { detectTransport } from '../../src/transport/detect.js'
import { FakeTlsClient } from '../../src/transport/fake-tls/client.js'
import { FakeTlsServer } from '../../src/transport/fake-tls/server.js'
import { full } from '../../src/transport/full.js'
import { intermediate } from '../../src/transport/intermediate.js'
import { mtproxyServer } from '../../src/transport/mtproxy.js'
import { obfuscated } from '../../src/transport/obfuscated.js'
import { padded } from '../../src/transport/padded.js'
import { transportErrorPayload } from '../../src/transport/payload.js'
import { CASES, corpus, Gauge, SEED } from './gauge.js'

const NOW = 1_790_000_000
const KEY = new Uint8Array(16).fill(0x11)

/** Numbers below a bound, from the seeded source. */
class Dice {
  readonly random: Random
  constructor(seed: number) {
    this.random = seededRandom(seed)
  }
  below(bound: number): number {
    return new DataView(randomBytes(this.random, 4).buffer).getUint32(0) % bound
  }
  bytes(length: number): Uint8Array {
    return randomBytes(this.random, length)
  }
  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!
  }
}

/** What a receiver makes of a stream: what came out, as text, and the error that ended it. */
interface Receiver {
  receive(chunk: Uint8Array): void
  next(): unknown
}

const SECRET = { key: KEY, domain: 'a.example' }
/** Fresh receivers by name; the same name twice gives two that behave alike. */
const RECEIVERS: Record<string, () => Receiver> = {
  'abridged client': () => abridged(),
  'intermediate client': () => intermediate(),
  'padded client': () => padded(seededRandom(1)),
  'full client': () => full(),
  'obfuscated client': () => obfuscated(padded(seededRandom(1)), seededRandom(2)),
  server: () => detectTransport(seededRandom(3)),
  'server with a secret': () => detectTransport(seededRandom(3), { secrets: [KEY] }),
  'MTProxy': () => mtproxyServer({ kind: 'padded', key: KEY }, seededRandom(3)),
  'fake TLS client': () => new FakeTlsClient(SECRET, seededRandom(4), NOW),
  'fake TLS client after the hello': greetedClient,
  'fake TLS server': () => new FakeTlsServer(KEY, seededRandom(5), () => NOW),
}
const NAMES = Object.keys(RECEIVERS)
const CHEAP_NAMES = NAMES.filter((name) => !name.startsWith('fake TLS'))
const someName = (dice: Dice): string => dice.pick(dice.below(8) === 0 ? NAMES : CHEAP_NAMES)

function greetedClient(): FakeTlsClient {
  const client = new FakeTlsClient(SECRET, seededRandom(4), NOW)
  const server = new FakeTlsServer(KEY, seededRandom(5), () => NOW)
  server.receive(client.hello)
  server.takeHello()
  client.receive(server.takeOutput()!)
  client.takeHello()
  return client
}

function textOf(out: unknown): string {
  if (out instanceof Uint8Array) return toHex(out)
  const frame = out as TransportFrame
  return frame.kind === 'payload' ? `payload ${frame.quickAckRequested} ${toHex(frame.payload)}` : JSON.stringify(frame)
}

/** Feeds `bytes`, cut at `cuts`, and reads after each piece. Anything but a `TransportError` goes through. */
function outcome(receiver: Receiver, bytes: Uint8Array, cuts: readonly number[], joined: boolean): string {
  const out: string[] = []
  let start = 0
  try {
    for (const end of [...cuts, bytes.length]) {
      receiver.receive(bytes.slice(start, end))
      for (let one = receiver.next(); one !== undefined; one = receiver.next()) out.push(textOf(one))
      start = end
    }
  } catch (error) {
    if (!(error instanceof TransportError)) throw error
    if (error.failure !== 'frame' && error.failure !== 'proxy') throw error
    if (errorOf(receiver) !== error) throw new Error('what a receiver has refused stays refused', { cause: error })
    out.push(`error ${error.message}`)
  }
  return out.join(joined ? '' : '\n')
}

function errorOf(receiver: Receiver): unknown {
  try {
    return void receiver.next()
  } catch (error) {
    return error
  }
}

/** One stream must mean the same in one piece, in pieces of one byte, and in random pieces. */
function check(name: string, bytes: Uint8Array, dice: Dice): void {
  const create = RECEIVERS[name]!
  const joined = name.startsWith('fake TLS')
  const whole = outcome(create(), bytes, [], joined)
  const single = outcome(create(), bytes, bytes.length > 600 ? [] : [...bytes.keys()], joined)
  const cuts = Array.from({ length: dice.below(6) }, () => dice.below(bytes.length + 1)).sort((a, b) => a - b)
  const pieces = outcome(create(), bytes, cuts, joined)
  if (whole !== single || whole !== pieces) {
    throw new Error(`${name} means different things in different pieces ${cuts.join(',')}: ${toHex(bytes)}\n${whole}\n${single}\n${pieces}`)
  }
}

/** Lengths at which something changes. */
const LENGTHS = [0, 1, 3, 4, 7, 11, 12, 16, 19, 20, 24, 40, 0x7e, 0x7f, 0x80, 0xff, 0x4000, 0x4100, 0x4101]
const WORDS = [0, 1, -1, 0x7fff_ffff, -0x8000_0000, 0x0100_0000, 0x0100_0004, 0x0100_0010, -404, 0xef, 0x7f]

/** A valid stream of one of the framings, from either end, with packets, errors and quick acks in it. */
function validStream(dice: Dice): { name: string; bytes: Uint8Array } {
  // A hello of TLS takes as long to make as a dozen other streams.
  if (dice.below(8) === 0) return fakeTlsStream(dice)
  const kind = dice.below(7)
  const names = ['abridged client', 'intermediate client', 'padded client', 'full client'] as const
  const create = (side: 'client' | 'server', framing: number): TransportCodec =>
    framing === 0 ? abridged(side) : framing === 1 ? intermediate(side) : framing === 2 ? padded(dice.random, side) : full()
  const packet = (): Uint8Array => {
    const body = dice.bytes(20 + 4 * dice.below(24))
    if (dice.below(3) === 0) {
      body.fill(0, 0, 8)
      new DataView(body.buffer).setInt32(16, body.length - 20, true)
    }
    return body
  }
  const pieces: Uint8Array[] = []
  if (kind < 4) {
    const sender = create('server', kind)
    for (let i = dice.below(5) + 1; i > 0; i--) {
      const what = dice.below(6)
      if (what === 0) pieces.push(sender.encode(transportErrorPayload(-404)))
      else if (what === 1 && sender.quickAcks) pieces.push(sender.encodeQuickAck(0x8000_0000 + dice.below(0x8000_0000)))
      else pieces.push(sender.encode(packet()))
    }
    return { name: names[kind]!, bytes: concat(...pieces) }
  }
  const framing = dice.below(kind === 4 ? 4 : 3)
  const inner = create('client', framing)
  const secret = kind === 6 ? { secret: KEY, dc: 2 } : {}
  const sender = kind === 4 ? inner : obfuscated(inner, dice.random, secret)
  pieces.push(sender.opening())
  for (let i = dice.below(4); i > 0; i--) pieces.push(sender.encode(packet(), sender.quickAcks && dice.below(3) === 0))
  const proxied = framing === 2 ? dice.pick(['server with a secret', 'MTProxy']) : 'server with a secret'
  return { name: kind === 6 ? proxied : 'server', bytes: concat(...pieces) }
}

function fakeTlsStream(dice: Dice): { name: string; bytes: Uint8Array } {
  const client = new FakeTlsClient(SECRET, seededRandom(4), NOW)
  const server = new FakeTlsServer(KEY, seededRandom(6), () => NOW)
  server.receive(client.hello)
  server.takeHello()
  const content = dice.bytes(dice.below(200))
  switch (dice.below(3)) {
    case 0:
      return { name: 'fake TLS server', bytes: concat(client.hello, client.encode(content)) }
    case 1:
      return { name: 'fake TLS client', bytes: concat(server.takeOutput()!, server.encode(content)) }
    default:
      return { name: 'fake TLS client after the hello', bytes: server.encode(content) }
  }
}

/** One to three kinds of damage: bits, cuts, repeats, insertions, and numbers at which something changes. */
function damaged(bytes: Uint8Array, dice: Dice): Uint8Array {
  let out: Uint8Array = bytes.slice()
  for (let i = dice.below(3) + 1; i > 0 && out.length > 0; i--) {
    // The beginning decides most, so it is hit more often.
    const at = dice.below(2) === 0 ? dice.below(Math.min(out.length, 12)) : dice.below(out.length)
    switch (dice.below(6)) {
      case 0:
        out[at]! ^= 1 << dice.below(8)
        break
      case 1:
        out = out.slice(0, at)
        break
      case 2:
        out = concat(out.subarray(0, at), dice.bytes(dice.below(9)), out.subarray(at))
        break
      case 3:
        out = concat(out.subarray(0, at), out.subarray(at + 1 + dice.below(8)))
        break
      case 4:
        out = concat(out, out.subarray(at))
        break
      default:
        if (at + 4 <= out.length) {
          new DataView(out.buffer).setInt32(at, dice.below(2) === 0 ? dice.pick(LENGTHS) : dice.pick(WORDS), true)
        }
    }
  }
  return out
}

/** Of all cases, so many are random bytes, damaged streams, and streams without damage. */
const SHARES = { random: 0.25, damaged: 0.5, sound: 0.25 }

function run(kind: keyof typeof SHARES, one: (dice: Dice, gauge: Gauge) => void): void {
  const dice = new Dice(SEED)
  const gauge = new Gauge()
  for (let i = 0; i < CASES * SHARES[kind]; i++) {
    try {
      one(dice, gauge)
    } catch (cause) {
      throw new Error(`case ${i} of seed ${SEED}`, { cause })
    }
    gauge.case()
  }
  gauge.verdict(`framing, ${kind}`)
}

describe(`framing, ${CASES} cases, seed ${SEED}`, () => {
  const limitMs = 60_000 + CASES * 5

  it('what was of interest once raises transport errors alone, wherever it comes in', () => {
    const dice = new Dice(SEED)
    for (const bytes of corpus('framing')) for (const name of NAMES) check(name, bytes, dice)
    expect(corpus('framing').length).toBeGreaterThan(20)
  }, limitMs)

  it('random bytes raise transport errors alone, and mean the same in any pieces', () => {
    run('random', (dice, gauge) => {
      const bytes = dice.bytes(dice.below(dice.below(4) === 0 ? 200 : 24))
      gauge.step(() => check(someName(dice), bytes, dice))
    })
  }, limitMs)

  it('damaged streams do so too', () => {
    const names = new Map<string, number>()
    const known = corpus('framing')
    run('damaged', (dice, gauge) => {
      const stream = validStream(dice)
      const { name, bytes } = dice.below(10) === 0 ? { name: someName(dice), bytes: dice.pick(known) } : stream
      names.set(name, (names.get(name) ?? 0) + 1)
      gauge.step(() => check(dice.below(10) === 0 ? someName(dice) : name, damaged(bytes, dice), dice))
    })
    expect(names.size).toBeGreaterThanOrEqual(9)
  }, limitMs)

  it('undamaged streams raise nothing', () => {
    run('sound', (dice, gauge) => {
      const { name, bytes } = validStream(dice)
      const out = gauge.step(() => outcome(RECEIVERS[name]!(), bytes, [], true))
      if (/error [A-Za-z]/.test(out)) throw new Error(`${name}: ${out} of ${toHex(bytes)}`)
    })
  }, limitMs)
})
