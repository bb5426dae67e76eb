import { describe, expect, it } from 'vitest'
import { concat } from '../../src/bytes/bytes.js'
import { fromHex } from '../../src/bytes/hex.js'
import { seededRandom } from '../../src/platform/manual.js'
import { crc32 } from '../../src/transport/crc32.js'
import type { TransportCodec } from '../../src/transport/codec.js'
import { detectTransport } from '../../src/transport/detect.js'
import { full } from '../../src/transport/full.js'
import { obfuscated } from '../../src/transport/obfuscated.js'
import { padded } from '../../src/transport/padded.js'
import { transportErrorPayload } from '../../src/transport/payload.js'
import { deliver, drain, encryptedPacket, payloadFrame, plainPacket } from '../unit/transport/frames.js'
import { PAIRS } from './framings.js'

const frameError = expect.objectContaining({ name: 'TransportError', failure: 'frame' })
const random = seededRandom(11)

describe('T1: a length prefix is checked before anything is buffered', () => {
  const prefixes: Record<string, string[]> = {
    abridged: ['7fffffff', '7f010040'],
    intermediate: ['ffffff7f', '04000001', 'fcffff1f'],
    padded: ['ffffff7f', '10000001', 'ffffff1f'],
    full: ['ffffff7f', '10000001', 'ffffff1f'],
  }
  it.each(PAIRS)('T1: $name refuses a frame of more than 16 MiB at its prefix, and keeps nothing', ({ name, pair }) => {
    for (const prefix of prefixes[name]!) {
      const { client } = pair()
      const before = process.memoryUsage()
      client.receive(fromHex(prefix))
      expect(() => client.next(), prefix).toThrow(frameError)
      for (let i = 0; i < 64; i++) client.receive(new Uint8Array(1024 * 1024))
      expect(process.memoryUsage().arrayBuffers - before.arrayBuffers).toBeLessThan(70 * 1024 * 1024)
      expect(() => client.next()).toThrow(frameError)
    }
  })
  it.each(PAIRS)('T1: $name allocates nothing ahead for a long frame that is allowed', ({ name, pair }) => {
    const allowed: Record<string, string> = { abridged: '7f000040', intermediate: '00000001', padded: '0f000001', full: '0c000001' }
    const codecs: TransportCodec[] = []
    const before = process.memoryUsage().arrayBuffers
    for (let i = 0; i < 50; i++) {
      const { client } = pair()
      client.receive(fromHex(allowed[name]!))
      expect(client.next()).toBeUndefined()
      codecs.push(client)
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * 1024 * 1024)
    expect(codecs).toHaveLength(50)
  })
})

describe('T2: lengths that no frame has are refused', () => {
  const lengths = [0, 1, 2, 3, 5, 6, 7, 8, 11, 12, 16, 19]
  const announced: Record<string, (length: number) => Uint8Array> = {
    abridged: (length) => concat(Uint8Array.of(length >> 2), new Uint8Array(length & ~3)),
    intermediate: (length) => concat(Uint8Array.of(length, 0, 0, 0), new Uint8Array(length)),
    padded: (length) => concat(Uint8Array.of(length, 0, 0, 0), new Uint8Array(length)),
    full: (length) => concat(Uint8Array.of(length, 0, 0, 0), new Uint8Array(Math.max(0, length - 4))),
  }
  for (const { name, pair } of PAIRS) {
    it.each(lengths)(`T2: ${name} closes at a length of %i`, (length) => {
      const { client } = pair()
      client.receive(announced[name]!(length))
      expect(() => drain(client)).toThrow(frameError)
    })
  }
  it('T2: a negative length is a quick ack from the server, and refused by full', () => {
    for (const { name, pair } of PAIRS) {
      const { client } = pair()
      client.receive(name === 'abridged' ? fromHex('80000000') : fromHex('00000080'))
      if (name === 'full') expect(() => client.next()).toThrow(frameError)
      else expect(drain(client)).toEqual([{ kind: 'quick-ack', token: 0x8000_0000 }])
    }
  })
  it('T2: the long form of abridged may not be empty either', () => {
    const { client } = PAIRS[0]!.pair()
    client.receive(fromHex('7f000000'))
    expect(() => client.next()).toThrow(frameError)
  })
})

describe('T3: frames are split and merged at any byte', () => {
  const packets = [...Array(50).keys()].map((i) => (i % 7 === 0 ? plainPacket(4 * (i + 1)) : encryptedPacket(1 + ((i * i) % 90))))
  const frames = packets.map((packet) => payloadFrame(packet))

  it.each(PAIRS)('T3: $name: one byte per segment, and fifty frames in one', ({ pair }) => {
    for (const everyByte of [true, false]) {
      const { client, server } = pair()
      const bytes = concat(...packets.map((packet) => server.encode(packet)))
      expect(deliver(client, bytes, everyByte ? [...bytes.keys()] : [])).toEqual(frames)
    }
  })
  it.each(PAIRS.slice(0, 3))('T3: the same for $name inside obfuscation', ({ pair }) => {
    for (const everyByte of [true, false]) {
      const client = obfuscated(pair().client, random)
      const server = detectTransport(random)
      const up = concat(client.opening(), ...packets.map((packet) => client.encode(packet)))
      expect(deliver(server, up, everyByte ? [...up.keys()] : [])).toEqual(frames)
      const down = concat(...packets.map((packet) => server.encode(packet)))
      expect(deliver(client, down, everyByte ? [...down.keys()] : [])).toEqual(frames)
    }
  })
  it('T3: the time for a frame of 4 MiB in segments of one byte grows with its length, not with its square', () => {
    const packet = encryptedPacket(4 * 65_536)
    const { client, server } = PAIRS[1]!.pair()
    const bytes = server.encode(packet)
    let frame
    for (let i = 0; i < bytes.length; i++) {
      client.receive(bytes.subarray(i, i + 1))
      frame = client.next()
    }
    expect(frame?.kind === 'payload' && Buffer.compare(frame.payload, packet)).toBe(0)
  })
})

describe('T4: a transport error is recognised by every codec', () => {
  it.each(PAIRS)('T4: $name gives the number of -404, -429, -444 and -403', ({ pair }) => {
    const { client, server } = pair()
    const codes = [-404, -429, -444, -403]
    client.receive(concat(...codes.map((code) => server.encode(transportErrorPayload(code)))))
    expect(drain(client)).toEqual(codes.map((code) => ({ kind: 'error', code })))
  })
  it('T4: padded does so behind 0 to 15 bytes of padding', () => {
    for (const code of [-404, -429]) {
      for (let padding = 0; padding <= 15; padding++) {
        const client = padded(random)
        const bytes = concat(Uint8Array.of(4 + padding, 0, 0, 0), transportErrorPayload(code), random.fill(new Uint8Array(padding)))
        client.receive(bytes)
        expect(drain(client), `${padding} bytes`).toEqual([{ kind: 'error', code }])
      }
    }
  })
  it('T4: a padded packet is not taken for one, whatever the padding, and comes without it', () => {
    for (const packet of [encryptedPacket(1), plainPacket(4), plainPacket(84)]) {
      for (let padding = 0; padding <= 15; padding++) {
        const client = padded(random)
        client.receive(concat(Uint8Array.of(packet.length + padding, 0, 0, 0), packet, new Uint8Array(padding).fill(0xff)))
        expect(drain(client), `${packet.length} and ${padding} bytes`).toEqual([payloadFrame(packet)])
      }
    }
  })
})

describe('T11: full checks the sum, the sequence number and the length', () => {
  const packet = encryptedPacket(2)
  const frames = (): [Uint8Array, Uint8Array] => {
    const sender = full()
    return [sender.encode(packet), sender.encode(packet)]
  }
  /** Puts the right sum behind a frame that was changed. */
  const summed = (frame: Uint8Array): Uint8Array => {
    new DataView(frame.buffer).setUint32(frame.length - 4, crc32(frame.subarray(0, -4)), true)
    return frame
  }
  it('T11: a sum with any bit wrong closes', () => {
    for (let bit = 0; bit < 8 * 68; bit += 7) {
      if (bit < 64) continue // length and sequence number have their own errors
      const [frame] = frames()
      frame[bit >> 3]! ^= 1 << (bit & 7)
      const client = full()
      client.receive(frame)
      expect(() => client.next(), `bit ${bit}`).toThrow(expect.objectContaining({ failure: 'frame', path: 'crc32' }))
    }
  })
  it('T11: a sequence number that is skipped or repeated closes, before the frame is whole', () => {
    const [first, second] = frames()
    for (const bytes of [second, concat(first, first), concat(first, second, first)]) {
      const client = full()
      client.receive(bytes)
      expect(() => drain(client)).toThrow(expect.objectContaining({ failure: 'frame', path: 'seq' }))
    }
    const client = full()
    client.receive(second.subarray(0, 8))
    expect(() => client.next()).toThrow(frameError)
  })
  it('T11: a length that is not that of the frame closes', () => {
    for (const length of [8, 11, 67, 64]) {
      const [frame] = frames()
      frame[0] = length
      const client = full()
      client.receive(summed(frame))
      expect(() => drain(client), `${length}`).toThrow(frameError)
    }
  })
  it('T11: the numbers of the two directions are apart', () => {
    const [client, server] = [full(), full()]
    server.receive(concat(client.encode(packet), client.encode(packet)))
    expect(drain(server)).toHaveLength(2)
    client.receive(server.encode(packet))
    expect(drain(client)).toHaveLength(1)
  })
})
