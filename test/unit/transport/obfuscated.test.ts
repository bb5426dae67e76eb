import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concat } from '../../../src/bytes/bytes.js'
import { fromHex, toHex } from '../../../src/bytes/hex.js'
import { ManualPlatform, seededRandom } from '../../../src/platform/manual.js'
import type { Random } from '../../../src/platform/random.js'
import { abridged } from '../../../src/transport/abridged.js'
import type { TransportCodec } from '../../../src/transport/codec.js'
import { detectTransport } from '../../../src/transport/detect.js'
import { full } from '../../../src/transport/full.js'
import { intermediate } from '../../../src/transport/intermediate.js'
import { obfuscated, type ObfuscationOptions } from '../../../src/transport/obfuscated.js'
import { drawHeader, obfuscationStreams, sealHeader } from '../../../src/transport/obfuscation-header.js'
import { padded } from '../../../src/transport/padded.js'
import type { TaggedTransport } from '../../../src/transport/tags.js'
import { deliver, drain, encryptedPacket, FRAMINGS, payloadFrame, plainPacket } from './frames.js'

interface Vector {
  readonly group: string
  readonly name: string
  readonly data: Record<string, string> & { dc?: number; last8?: Record<string, string> }
}

const vectors = (
  JSON.parse(readFileSync(new URL('../../golden/vectors.json', import.meta.url), 'utf8')) as { vectors: Vector[] }
).vectors.filter(({ group }) => group === 'obfuscated2')

const TRANSPORT_OF: Record<string, TaggedTransport> = { dddddddd: 'padded', eeeeeeee: 'intermediate', efefefef: 'abridged' }

/** Gives the draws one after the other, and then zeros. */
function given(...draws: readonly Uint8Array[]): Random & { readonly left: number } {
  const queue = [...draws]
  return {
    fill: (target) => {
      target.fill(0).set(queue.shift()?.subarray(0, target.length) ?? [])
      return target
    },
    get left() {
      return queue.length
    },
  }
}

describe('the published vectors of obfuscation', () => {
  it('are three', () => expect(vectors).toHaveLength(3))

  it.each(vectors)('$name', ({ data }) => {
    const transport = TRANSPORT_OF[data['tag']!]!
    const secret = fromHex(data['secret']!)
    const seal = (dc: number): { sealed: string; up: string; down: string } => {
      const header = drawHeader(given(fromHex(data['random']!)), transport, dc)
      const { up, down } = obfuscationStreams(header, secret)
      const sealed = toHex(sealHeader(header, up))
      const abcd = new TextEncoder().encode('abcd')
      return { sealed, up: toHex(up.update(abcd)), down: toHex(down.update(abcd)) }
    }
    if (data.last8 !== undefined) {
      for (const [dc, last8] of Object.entries(data.last8)) expect(seal(Number(dc)).sealed.slice(-16)).toBe(last8)
      return
    }
    const { sealed, up, down } = seal(data.dc as number)
    expect(sealed).toBe(data['header'])
    if (data['encrypt_abcd'] !== undefined) expect([up, down]).toEqual([data['encrypt_abcd'], data['decrypt_abcd']])
  })
})

describe('a client and a server that detects it', () => {
  const random = seededRandom(3)
  const secret = fromHex('00112233445566778899aabbccddeeff')
  const clients: readonly { name: string; create(options?: ObfuscationOptions): TransportCodec; obfuscated: boolean }[] = [
    ...FRAMINGS.map(({ name, create }) => ({ name, create: () => create('client'), obfuscated: false })),
    ...FRAMINGS.filter(({ name }) => name !== 'full').map(({ name, create }) => ({
      name,
      create: (options?: ObfuscationOptions) => obfuscated(create('client'), random, options),
      obfuscated: true,
    })),
  ]

  it.each(clients)('$name, obfuscated: $obfuscated: any split of any packets, both ways', ({ name, create, obfuscated }) => {
    const packets = fc.array(
      fc.oneof(fc.integer({ min: 1, max: 20 }).map(encryptedPacket), fc.integer({ min: 1, max: 30 }).map((n) => plainPacket(4 * n))),
      { minLength: 1, maxLength: 8 },
    )
    fc.assert(
      fc.property(packets, packets, fc.array(fc.nat(1500), { maxLength: 80 }), (up, down, cuts) => {
        const client = create()
        const server = detectTransport(random)
        const sent = concat(client.opening(), ...up.map((packet) => client.encode(packet)))
        expect(deliver(server, sent, cuts.filter((cut) => cut < sent.length))).toEqual(up.map((packet) => payloadFrame(packet)))
        expect(server.detection).toMatchObject({ name, obfuscated })
        expect([server.name, server.quickAcks, server.opening().length]).toEqual([name, name !== 'full', 0])
        const answered = concat(...down.map((packet) => server.encode(packet)))
        expect(deliver(client, answered, cuts.filter((cut) => cut < answered.length))).toEqual(
          down.map((packet) => payloadFrame(packet)),
        )
      }),
      { numRuns: 50 },
    )
  })

  it('reads the data centre and takes whatever stands there', () => {
    for (const dc of [2, 10_002, -4, 32_767, -32_768, 0]) {
      const server = detectTransport(random)
      server.receive(obfuscated(abridged(), random, { dc }).opening())
      expect(server.next()).toBeUndefined()
      expect(server.detection?.dc).toBe(dc)
    }
    for (let i = 0; i < 20; i++) {
      const server = detectTransport(random)
      server.receive(obfuscated(abridged(), random).opening())
      expect(server.next()).toBeUndefined()
      expect(server.name).toBe('abridged')
    }
  })

  it('knows a client by its secret among several', () => {
    const other = secret.map((byte) => byte ^ 255)
    const server = detectTransport(random, { secrets: [other, secret] })
    const client = obfuscated(padded(random), random, { secret, dc: 2 })
    const packet = encryptedPacket(3)
    server.receive(concat(client.opening(), client.encode(packet)))
    expect(drain(server)).toEqual([payloadFrame(packet)])
    expect(server.detection).toEqual({ name: 'padded', obfuscated: true, dc: 2, secret })
    const direct = detectTransport(random, { secrets: [other, secret] })
    direct.receive(obfuscated(padded(random), random).opening())
    direct.next()
    expect(direct.detection?.secret).toBeUndefined()
  })

  const refused: readonly { what: string; bytes: () => Uint8Array; options?: Parameters<typeof detectTransport>[1] }[] = [
    { what: 'an HTTP request', bytes: () => new TextEncoder().encode('POST /api HTTP/1.1') },
    { what: 'TLS', bytes: () => fromHex('1603010200 010001fc') },
    { what: 'an obfuscated client with a secret that it does not know', bytes: () => obfuscated(abridged(), random, { secret }).opening() },
    { what: 'a header that names no transport', bytes: () => new Uint8Array(64).fill(7) },
    { what: 'a client without the secret at a proxy', bytes: () => obfuscated(abridged(), random).opening(), options: { secrets: [secret], secretRequired: true } },
    { what: 'a plain client at a proxy', bytes: () => intermediate().opening(), options: { secrets: [secret], secretRequired: true } },
    {
      what: 'a transport that is not taken',
      bytes: () => obfuscated(intermediate(), random, { secret }).opening(),
      options: { secrets: [secret], only: ['padded'] },
    },
  ]
  it.each(refused)('refuses $what, and goes on refusing', ({ bytes, options }) => {
    const server = detectTransport(random, options)
    server.receive(bytes())
    const failure = expect.objectContaining({ name: 'TransportError', failure: 'frame' })
    expect(() => server.next()).toThrow(failure)
    server.receive(abridged().opening())
    expect(() => server.next()).toThrow(failure)
  })

  it('cannot send before it knows how', () => {
    const server = detectTransport(random)
    for (const send of [() => server.encode(encryptedPacket(1)), () => server.encodeQuickAck(0x8000_0000)]) {
      expect(send).toThrow(expect.objectContaining({ name: 'LocalError', failure: 'state' }))
    }
    expect([server.name, server.quickAcks, server.detection]).toEqual([undefined, false, undefined])
  })
})

describe('obfuscation', () => {
  it('opens with the same 64 bytes however often it is asked, and differently on every connection', () => {
    const { random } = new ManualPlatform()
    const codec = obfuscated(abridged(), random)
    expect(codec.opening()).toEqual(codec.opening())
    expect(codec.opening()).toHaveLength(64)
    expect(obfuscated(abridged(), random).opening()).not.toEqual(codec.opening())
  })
  it('does not take the full transport', () => {
    expect(() => obfuscated(full(), seededRandom(1))).toThrow(expect.objectContaining({ name: 'LocalError', failure: 'argument' }))
  })
  it('gives up on a source of randomness that repeats a forbidden header', () => {
    expect(() => drawHeader({ fill: (target) => target.fill(0) }, 'abridged')).toThrow(
      expect.objectContaining({ name: 'LocalError', failure: 'state' }),
    )
  })
})
