import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../../../src/bytes/hex.js'
import { RemoteError } from '../../../src/errors/errors.js'
import { decodeContainer, encodeContainer } from '../../../src/mtproto/container.js'
import { decodePlain, encodePlain } from '../../../src/mtproto/plain.js'

describe('a container', () => {
  it('is an id, a count, and per message msg_id, seq_no, length and body', () => {
    const bytes = encodeContainer([
      { msgId: 4n, seqNo: 1, body: fromHex('01020304') },
      { msgId: 8n, seqNo: 2, body: fromHex('0506070801020304') },
    ])
    expect(toHex(bytes)).toBe(
      [
        'dcf8f173 02000000',
        '0400000000000000 01000000 04000000 01020304',
        '0800000000000000 02000000 08000000 0506070801020304',
      ]
        .join('')
        .replace(/ /g, ''),
    )
    expect(decodeContainer(bytes, 12n).map(({ msgId, seqNo, body }) => [msgId, seqNo, toHex(body)])).toEqual([
      [4n, 1, '01020304'],
      [8n, 2, '0506070801020304'],
    ])
  })
  it('gives back any messages that were put in', () => {
    const message = fc.record({
      msgId: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 2n }),
      seqNo: fc.integer(),
      body: fc.uint8Array({ minLength: 1, maxLength: 9 }).map(
        (words) => new Uint8Array(words.length * 4).fill(words[0]!),
      ),
    })
    fc.assert(
      fc.property(fc.array(message), (messages) => {
        const decoded = decodeContainer(encodeContainer(messages), 2n ** 63n - 1n)
        expect(decoded.map((m) => ({ ...m, body: Uint8Array.from(m.body) }))).toEqual(messages)
      }),
    )
  })
  it('is refused when any byte of its lengths is off, and never by another kind of error', () => {
    const good = encodeContainer([
      { msgId: 4n, seqNo: 1, body: new Uint8Array(8) },
      { msgId: 8n, seqNo: 3, body: new Uint8Array(4) },
    ])
    for (let cut = 0; cut < good.length; cut++) {
      expect(() => decodeContainer(good.subarray(0, cut), 12n)).toThrow(RemoteError)
    }
    for (const [offset, value] of [
      [4, 0x7fff_ffff],
      [4, 1],
      [20, 0x7fff_fff0],
      [20, -4],
      [20, 6],
      [20, 12],
    ] as const) {
      const bad = good.slice()
      new DataView(bad.buffer).setInt32(offset, value, true)
      expect(() => decodeContainer(bad, 12n), `${value} at ${offset}`).toThrow(RemoteError)
    }
    expect(() => decodeContainer(good, 8n)).toThrow(/not older/)
  })
})

describe('a plaintext message', () => {
  it('is a zero key id, a msg_id, a length and a body', () => {
    const packet = encodePlain(0x0102030405060708n, fromHex('aabbccdd'))
    expect(toHex(packet)).toBe('0000000000000000080706050403020104000000aabbccdd')
    expect(decodePlain(packet).msgId).toBe(0x0102030405060708n)
    expect(toHex(decodePlain(packet).body)).toBe('aabbccdd')
  })
  it('is refused when its length is not what the packet holds', () => {
    const packet = encodePlain(1n, new Uint8Array(8))
    for (const length of [0, -4, 0x7fff_ffff, 4, 12]) {
      const bad = packet.slice()
      new DataView(bad.buffer).setInt32(16, length, true)
      expect(() => decodePlain(bad)).toThrow(RemoteError)
    }
    const encrypted = packet.slice()
    encrypted[0] = 1
    expect(() => decodePlain(encrypted)).toThrow(RemoteError)
  })
})
