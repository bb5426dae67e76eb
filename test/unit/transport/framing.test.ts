import zlib from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concat } from '../../../src/bytes/bytes.js'
import { equalConstantTime } from '../../../src/bytes/equal.js'
import { fromHex, toHex } from '../../../src/bytes/hex.js'
import { LocalError } from '../../../src/errors/errors.js'
import { abridged } from '../../../src/transport/abridged.js'
import { crc32 } from '../../../src/transport/crc32.js'
import { full } from '../../../src/transport/full.js'
import { intermediate } from '../../../src/transport/intermediate.js'
import { padded } from '../../../src/transport/padded.js'
import { transportErrorPayload } from '../../../src/transport/payload.js'
import { deliver, drain, encryptedPacket, FRAMINGS, payloadFrame, plainPacket } from './frames.js'

const packets = fc.array(
  fc.oneof(
    fc.integer({ min: 1, max: 40 }).map(encryptedPacket),
    fc.integer({ min: 1, max: 60 }).map((words) => plainPacket(4 * words)),
  ),
  { minLength: 1, maxLength: 12 },
)

describe.each(FRAMINGS)('$name', ({ create }) => {
  it('gives the same packets whatever the splits, in both directions', () => {
    fc.assert(
      fc.property(packets, fc.array(fc.nat(4000), { maxLength: 60 }), fc.boolean(), (sent, cuts, up) => {
        const [from, to] = up ? (['client', 'server'] as const) : (['server', 'client'] as const)
        const sender = create(from)
        const bytes = concat(...sent.map((packet) => sender.encode(packet)))
        const received = deliver(create(to), bytes, cuts.filter((cut) => cut < bytes.length))
        expect(received).toEqual(sent.map((packet) => payloadFrame(packet)))
      }),
    )
  })
  it('carries packets of every length around its own limits', () => {
    const sender = create('client')
    const receiver = create('server')
    for (const blocks of [1, 2, 29, 30, 31, 32, 100, 65_536]) {
      const packet = encryptedPacket(blocks)
      receiver.receive(sender.encode(packet))
      const [frame] = drain(receiver)
      expect(frame?.kind === 'payload' && equalConstantTime(frame.payload, packet), `${packet.length} bytes`).toBe(true)
    }
  })
  it('refuses by its length what a server does not take, and a client does', () => {
    const long = new Uint8Array(2 * 1024 * 1024 + 16)
    long[0] = 1
    const server = create('server')
    server.receive(create('client').encode(long).subarray(0, 64))
    expect(() => server.next()).toThrow(/^a frame announces 2097\d\d\d bytes$/)
    const client = create('client')
    client.receive(create('server').encode(long).subarray(0, 64))
    expect(client.next()).toBeUndefined()
  })
  it('does not copy a packet that arrives in one chunk', () => {
    const chunk = create('client').encode(encryptedPacket(300))
    const receiver = create('server')
    receiver.receive(chunk)
    const [frame] = drain(receiver)
    expect(frame?.kind === 'payload' && frame.payload.buffer === chunk.buffer).toBe(true)
  })
  it('tells a transport error from a packet', () => {
    const server = create('server')
    const client = create('client')
    client.receive(concat(server.encode(transportErrorPayload(-404)), server.encode(transportErrorPayload(-429))))
    expect(drain(client)).toEqual([
      { kind: 'error', code: -404 },
      { kind: 'error', code: -429 },
    ])
  })
  it.each([0, 1, 2, 3, 5, 21, 16 * 1024 * 1024 + 4])('refuses to send a payload of %i bytes', (length) => {
    expect(() => create('client').encode(new Uint8Array(length))).toThrow(LocalError)
  })
  it('gives the frames before damaged bytes, and then the same error for ever', () => {
    const packet = encryptedPacket(2)
    const receiver = create('server')
    const damage = create('server').name === 'abridged' ? '00' : '0100000000000000'
    receiver.receive(concat(create('client').encode(packet), fromHex(damage)))
    expect(receiver.next()).toEqual(payloadFrame(packet))
    expect(() => receiver.next()).toThrow(expect.objectContaining({ name: 'TransportError', failure: 'frame' }))
    receiver.receive(create('client').encode(packet))
    expect(() => receiver.next()).toThrow(expect.objectContaining({ name: 'TransportError', failure: 'frame' }))
  })
})

describe('the sum of the full transport', () => {
  it('is the CRC-32 of zlib', () => {
    const text = new TextEncoder().encode('123456789')
    expect(crc32(text)).toBe(0xcbf43926) // the check value that every description of CRC-32 gives
    fc.assert(fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => crc32(bytes) === (zlib.crc32(bytes) >>> 0)))
  })
})

describe('a transport error', () => {
  it.each([0, 404, -1.5, -0x8000_0001, Number.NaN])('is not %d', (code) => {
    expect(() => transportErrorPayload(code)).toThrow(expect.objectContaining({ name: 'LocalError', failure: 'argument' }))
  })
})

describe('the bytes on the wire', () => {
  const packet = fromHex('0102030405060708 090a0b0c0d0e0f10 1112131415161718')

  it('abridged: ef once, then the length in words', () => {
    const codec = abridged()
    expect(toHex(codec.opening())).toBe('ef')
    expect(toHex(codec.encode(packet))).toBe(`06${toHex(packet)}`)
    expect(toHex(codec.encode(packet, true))).toBe(`86${toHex(packet)}`)
    expect(toHex(codec.encode(new Uint8Array(4 * 0x7e)).subarray(0, 2))).toBe('7e00')
    expect(toHex(codec.encode(new Uint8Array(4 * 0x7f)).subarray(0, 5))).toBe('7f7f000000')
    expect(toHex(codec.encode(new Uint8Array(4 * 0x12345), true).subarray(0, 5))).toBe('ff45230100')
  })
  it('intermediate: eeeeeeee once, then the length in bytes', () => {
    const codec = intermediate()
    expect(toHex(codec.opening())).toBe('eeeeeeee')
    expect(toHex(codec.encode(packet))).toBe(`18000000${toHex(packet)}`)
    expect(toHex(codec.encode(packet, true))).toBe(`18000080${toHex(packet)}`)
  })
  it('padded intermediate: dddddddd once, then the length with the padding', () => {
    const dice = { fill: (target: Uint8Array): Uint8Array => target.fill(0xa7) }
    expect(toHex(padded(dice).opening())).toBe('dddddddd')
    expect(toHex(padded(dice).encode(packet))).toBe(`1f000000${toHex(packet)}a7a7a7a7a7a7a7`)
    expect(toHex(padded(dice, 'server').encode(packet)), 'servers stop at 3').toBe(`1b000000${toHex(packet)}a7a7a7`)
  })
  it('full: length, sequence number, packet, CRC-32', () => {
    const codec = full()
    expect(codec.opening()).toHaveLength(0)
    // The checksums are those of zlib over the bytes before them.
    expect(toHex(codec.encode(packet))).toBe(`24000000 00000000 ${toHex(packet)} d6487d63`.replaceAll(' ', ''))
    expect(toHex(codec.encode(packet))).toBe(`24000000 01000000 ${toHex(packet)} cbb5c862`.replaceAll(' ', ''))
  })
})
