import { describe, expect, it } from 'vitest'
import { concat } from '../../src/bytes/bytes.js'
import { toHex } from '../../src/bytes/hex.js'
import { seededRandom } from '../../src/platform/manual.js'
import { detectTransport } from '../../src/transport/detect.js'
import { full } from '../../src/transport/full.js'
import { obfuscated } from '../../src/transport/obfuscated.js'
import { deliver, drain, encryptedPacket, payloadFrame } from '../unit/transport/frames.js'
import { PAIRS } from './framings.js'

const random = seededRandom(11)

describe('T12: quick acks', () => {
  const tokens = [0x8000_0000, 0xffff_ffff, 0x8012_3456, 0xef00_00ee]

  it.each(PAIRS.slice(0, 3))('T12: $name asks for one in the length of the frame', ({ pair }) => {
    const { client, server } = pair()
    const packets = [encryptedPacket(1), encryptedPacket(100), encryptedPacket(2)]
    server.receive(concat(client.encode(packets[0]!, true), client.encode(packets[1]!, true), client.encode(packets[2]!)))
    expect(drain(server)).toEqual([payloadFrame(packets[0]!, true), payloadFrame(packets[1]!, true), payloadFrame(packets[2]!)])
  })
  it.each(PAIRS.slice(0, 3))('T12: $name gives tokens between frames, also unsolicited ones, and parses none as a frame', ({ pair }) => {
    const { client, server } = pair()
    const packet = encryptedPacket(2)
    const bytes = concat(...tokens.flatMap((token) => [server.encodeQuickAck(token), server.encode(packet)]))
    const expected = tokens.flatMap((token) => [{ kind: 'quick-ack', token }, payloadFrame(packet)])
    expect(deliver(client, bytes, [...bytes.keys()])).toEqual(expected)
  })
  it.each(PAIRS.slice(0, 3))('T12: $name does both inside obfuscation', ({ pair }) => {
    const client = obfuscated(pair().client, random)
    const server = detectTransport(random)
    const packet = encryptedPacket(3)
    server.receive(concat(client.opening(), client.encode(packet, true)))
    expect(drain(server)).toEqual([payloadFrame(packet, true)])
    client.receive(concat(server.encodeQuickAck(tokens[2]!), server.encode(packet)))
    expect(drain(client)).toEqual([{ kind: 'quick-ack', token: tokens[2]! }, payloadFrame(packet)])
  })
  it('T12: the token of abridged is byte-swapped, so that bit 31 comes first', () => {
    const [one, two, three] = PAIRS.map(({ pair }) => pair().server)
    expect(toHex(one!.encodeQuickAck(0x8012_3456))).toBe('80123456')
    for (const server of [two!, three!]) expect(toHex(server.encodeQuickAck(0x8012_3456))).toBe('56341280')
  })
  it('T12: full has none, and says so', () => {
    expect(full().quickAcks).toBe(false)
    expect(() => full().encode(encryptedPacket(1), true)).toThrow(expect.objectContaining({ name: 'LocalError' }))
    expect(() => full().encodeQuickAck()).toThrow(expect.objectContaining({ name: 'LocalError' }))
  })
  it.each([0, 0x7fff_ffff, 0x1_0000_0000, 0x8000_0000 + 0.5])('T12: %d is no token', (token) => {
    for (const { pair } of PAIRS.slice(0, 3)) {
      expect(() => pair().server.encodeQuickAck(token)).toThrow(expect.objectContaining({ name: 'LocalError', path: 'token' }))
    }
  })
})
