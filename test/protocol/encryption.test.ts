import { describe, expect, it } from 'vitest'
import { concat } from '../../src/bytes/bytes.js'
import { equalConstantTime } from '../../src/bytes/equal.js'
import { RemoteError } from '../../src/errors/errors.js'
import { draftPacket, encryptPadded, plaintextOf } from '../../src/mtproto/encrypted.js'
import { intermediate } from '../../src/transport/intermediate.js'
import { padded } from '../../src/transport/padded.js'
import { detectTransport } from '../../src/transport/detect.js'
import * as Mt from '../../generated/mtproto/index.js'
import { answerTo, isQuery, rpcResult, update } from './bodies.js'
import { establishedPeer, type Peer } from './peer.js'

/** The packet was dropped, and the link is given up. */
function expectDropped(peer: Peer): void {
  expect(peer.lost).toHaveLength(1)
  expect(peer.lost[0]!.error).toBeInstanceOf(RemoteError)
  expect(peer.lost[0]!.key).toBe('keep')
  expect(peer.updates).toEqual([])
}

/** An update whose plaintext is changed before it is encrypted, msg_key and all. */
function sendPlaintext(peer: Peer, change: (plain: Uint8Array, view: DataView) => Uint8Array | void): void {
  const message = {
    salt: peer.salt,
    sessionId: peer.sessionId,
    msgId: peer.nextId(),
    seqNo: peer.seqNos.next(true),
    body: update(1),
  }
  const plain = plaintextOf(draftPacket(message, message.body.length, peer.random)).slice()
  plain.set(message.body, 32)
  const changed = change(plain, new DataView(plain.buffer)) ?? plain
  peer.sendPayload(encryptPadded(peer.key!, 'server', changed))
}

/** Header and body of an update with exactly so much padding. */
function withPadding(peer: Peer, padding: number): void {
  sendPlaintext(peer, (plain) => {
    const used = 32 + update(1).length
    const whole = new Uint8Array(used + padding)
    whole.set(plain.subarray(0, Math.min(used, plain.length)))
    peer.random.fill(whole.subarray(used))
    return whole
  })
}

describe('encrypted packets', () => {
  it('E1: a packet under another key id is dropped and the link closed; nothing else changes', () => {
    const peer = establishedPeer()
    const packet = peer.sealed({ msgId: peer.nextId(), seqNo: 1, body: update(1) })
    packet[3]! ^= 0x40
    peer.sendPayload(packet)
    expectDropped(peer)
    peer.connect().call(1)
    expect(peer.pump().answered).toEqual([1])
    expect(peer.keys).toHaveLength(1)
  })

  it('E2: a flipped bit in msg_key, the first or the last block gives one and the same error', () => {
    const errors = [8, 23, 24, 30, -1].map((offset) => {
      const peer = establishedPeer()
      const packet = peer.sealed({ msgId: peer.nextId(), seqNo: 1, body: update(1) })
      packet[(offset + packet.length) % packet.length]! ^= 1
      peer.sendPayload(packet)
      expectDropped(peer)
      const { message, path, got, offset: at } = peer.lost[0]!.error
      return { message, path, got, at }
    })
    expect(new Set(errors.map((error) => JSON.stringify(error))).size).toBe(1)
  })

  it('E3: the comparison of msg_key visits all sixteen bytes, wherever the first difference is', () => {
    let visits = 0
    const watched = (bytes: Uint8Array): Uint8Array =>
      new Proxy(bytes, {
        get(target, name) {
          if (typeof name === 'string' && /^\d+$/.test(name)) visits++
          return Reflect.get(target, name) as unknown
        },
      })
    for (let place = 0; place <= 16; place++) {
      visits = 0
      const other = new Uint8Array(16)
      if (place < 16) other[place] = 1
      expect(equalConstantTime(watched(new Uint8Array(16)), other)).toBe(place === 16)
      expect(visits).toBe(16)
    }
  })

  it('E4: a packet for a session that was never opened is dropped and the link closed', () => {
    const peer = establishedPeer()
    peer.send(update(1), { sessionId: peer.sessionId + 1n })
    expectDropped(peer)
  })

  it('E5: a length below zero or beyond the plaintext is refused', () => {
    for (const length of [-4, 0x7fff_fffc, -0x8000_0000, 1040]) {
      const peer = establishedPeer()
      sendPlaintext(peer, (_, view) => view.setInt32(28, length, true))
      expectDropped(peer)
    }
    const peer = establishedPeer()
    sendPlaintext(peer, (plain, view) => view.setInt32(28, plain.length - 32 + 16, true))
    expectDropped(peer)
  })

  it('E6: a length that is no multiple of four is refused', () => {
    for (const length of [19, 5, 6, 7]) {
      const peer = establishedPeer()
      sendPlaintext(peer, (_, view) => view.setInt32(28, length, true))
      expectDropped(peer)
    }
  })

  it('E7: padding has 12 to 1024 bytes', () => {
    for (const padding of [8, 1032]) {
      const peer = establishedPeer()
      withPadding(peer, padding)
      expectDropped(peer)
    }
    for (const padding of [24, 1016]) {
      const peer = establishedPeer()
      withPadding(peer, padding)
      expect(peer.lost).toEqual([])
      expect(peer.updates).toEqual([1])
    }
    const none = establishedPeer()
    sendPlaintext(none, (plain, view) => view.setInt32(28, plain.length - 32, true))
    expectDropped(none)
    const eleven = establishedPeer()
    sendPlaintext(eleven, (plain, view) => {
      view.setInt32(28, 4, true)
      return concat(plain.subarray(0, 32), new Uint8Array(16 * Math.ceil(1062 / 16)))
    })
    expectDropped(eleven)
  })

  it('E8: bytes behind the last cipher block are refused, except as the padding of the padded transport', () => {
    const strict = establishedPeer({
      codecs: (random) => ({ client: intermediate(), server: detectTransport(random) }),
    })
    const packet = strict.sealed({ msgId: strict.nextId(), seqNo: 1, body: update(1) })
    strict.sendPayload(concat(packet, new Uint8Array(4)))
    expectDropped(strict)

    const lenient = establishedPeer({
      codecs: (random) => ({ client: padded(random), server: detectTransport(random) }),
    })
    const frame = concat(lenient.sealed({ msgId: lenient.nextId(), seqNo: 1, body: update(2) }), new Uint8Array(5))
    const head = new Uint8Array(4)
    new DataView(head.buffer).setInt32(0, frame.length, true)
    lenient.sendBytes(concat(head, frame))
    expect(lenient.updates).toEqual([2])
    expect(lenient.lost).toEqual([])
  })

  it('E9: the padding of outgoing packets is random', () => {
    const peer = establishedPeer()
    const counts = new Array<number>(256).fill(0)
    let total = 0
    for (let n = 0; n < 1000; n++) {
      peer.call(n)
      peer.pump()
      const plain = peer.plaintext(peer.packets.at(-1)!)
      const used = 32 + new DataView(plain.buffer, plain.byteOffset).getInt32(28, true)
      for (const byte of plain.subarray(used)) counts[byte]!++
      total += plain.length - used
    }
    const entropy = counts.reduce(
      (sum, count) => (count === 0 ? sum : sum - (count / total) * Math.log2(count / total)),
      0,
    )
    expect(total).toBeGreaterThan(12_000)
    expect(entropy).toBeGreaterThan(7.9)
  })

  it('E10: packets with the same call have different lengths', () => {
    const peer = establishedPeer()
    const lengths = new Set<number>()
    for (let n = 0; n < 50; n++) {
      peer.call(n)
      peer.pump()
      lengths.add(peer.packets.at(-1)!.length)
    }
    expect(lengths.size).toBeGreaterThan(2)
  })

  it('E11: what stands in the padding is never read', () => {
    const peer = establishedPeer()
    const pong = new Mt.Pong({ msgId: 1n, pingId: 2n }).getBytes()
    sendPlaintext(peer, (plain, view) => {
      const whole = new Uint8Array(32 + 4 + pong.length + 8)
      whole.set(plain.subarray(0, 32))
      view.setInt32(28, 4, true)
      whole.set(plain.subarray(0, 32))
      whole.set(pong, 32)
      return concat(whole, new Uint8Array((16 - (whole.length % 16)) % 16))
    })
    expectDropped(peer)
    expect(peer.lost[0]!.error.failure).toBe('decode')
  })

  it('E12: one tampered packet in a busy stream costs one reconnection and no call', () => {
    const peer = establishedPeer()
    peer.call(0)
    peer.pump()
    let held: bigint[] = []
    peer.onMessage = (message) => {
      if (isQuery(message)) held.push(message.msgId)
      else peer.serve(message)
    }
    for (let n = 1; n <= 20; n++) peer.call(n)
    peer.pump()
    const broken = peer.sealed({ msgId: peer.nextId(), seqNo: 1, body: update(1) })
    broken[40]! ^= 1
    peer.sendPayload(broken)
    expect(peer.lost).toHaveLength(1)
    const kept = held
    held = []
    peer.onMessage = (message) => {
      if (message.body[0] !== 0x52) peer.serve(message) // everything but msgs_state_req
    }
    peer.connect()
    kept.forEach((msgId, index) => peer.send(rpcResult(msgId, answerTo(index + 1)), { kind: 1 }))
    peer.pump()
    expect(peer.answered.length).toBe(21)
    expect(peer.lost).toHaveLength(1)
  })
})
