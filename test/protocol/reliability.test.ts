import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../src/crypto/sha.js'
import type { TransportError } from '../../src/errors/errors.js'
import { constructorId } from '../../src/mtproto/constructors.js'
import { PING_INTERVAL_MS } from '../../src/mtproto/limits.js'
import { abridged } from '../../src/transport/abridged.js'
import { detectTransport } from '../../src/transport/detect.js'
import { full } from '../../src/transport/full.js'
import { intermediate } from '../../src/transport/intermediate.js'
import { obfuscated } from '../../src/transport/obfuscated.js'
import { padded } from '../../src/transport/padded.js'
import type { TransportCodec } from '../../src/transport/codec.js'
import type { Random } from '../../src/platform/random.js'
import { transportErrorPayload } from '../../src/transport/payload.js'
import * as Mt from '../../generated/mtproto/index.js'
import { answerTo, isQuery, rpcResult } from './bodies.js'
import { establishedPeer, Peer, read, type PeerOptions, type Seen } from './peer.js'

const TRANSPORTS: readonly (readonly [string, (random: Random) => TransportCodec])[] = [
  ['abridged', () => abridged()],
  ['intermediate', () => intermediate()],
  ['padded', (random) => padded(random)],
  ['full', () => full()],
  ['obfuscated', (random) => obfuscated(padded(random), random)],
]

const over = (make: (random: Random) => TransportCodec): PeerOptions => ({
  codecs: (random) => ({ client: make(random), server: detectTransport(random) }),
})

/** Answers msgs_state_req as a right server does that has received exactly `received`. */
function withStates(peer: Peer, received: (msgId: bigint) => number): void {
  peer.onMessage = (message) => {
    if (constructorId(message.body) !== Mt.MsgsStateReq.CONSTRUCTOR_ID) return peer.serve(message)
    const info = Uint8Array.from(read(message.body, Mt.MsgsStateReq).msgIds, received)
    peer.send(new Mt.MsgsStateInfo({ reqMsgId: message.msgId, info }).getBytes(), { kind: 1, content: false })
  }
}

describe('transport errors', () => {
  it('T4: -404 and -429 mean the same on every transport, with any padding', () => {
    for (const code of [-404, -429]) {
      const reactions = TRANSPORTS.map(([, make]) => establishedPeer(over(make)).sendError(code).lost)
      for (let padding = 0; padding <= 15; padding++) {
        const peer = establishedPeer(over((random) => padded(random)))
        const frame = new Uint8Array(8 + padding)
        new DataView(frame.buffer).setInt32(0, 4 + padding, true)
        frame.set(transportErrorPayload(code), 4)
        peer.sendBytes(frame)
        reactions.push(peer.lost)
      }
      for (const lost of reactions) {
        expect(lost.map(({ error, key }) => [(error as TransportError).transportCode, key])).toEqual(
          [[code, code === -404 ? 'suspect' : 'keep']],
        )
      }
    }
  })

  it('T5: -404, which nobody signs, never takes the permanent key away, however often it comes', () => {
    const peer = establishedPeer()
    for (let n = 0; n < 10; n++) {
      peer.sendError(-404)
      peer.connect()
    }
    expect(peer.lost.map(({ key }) => key)).toEqual(Array(10).fill('suspect'))
    peer.call(1)
    peer.pump()
    expect(peer.answered).toEqual([1])
    expect(peer.keys).toHaveLength(1)
    expect(new Set(peer.seen.map(({ sessionId }) => sessionId)).size).toBe(1)
  })

  it('T6: after -404 everything goes on over the next link, waiting calls included', () => {
    for (const pfs of [false, true]) {
      const peer = establishedPeer({ engine: { pfs } })
      const held: Seen[] = []
      peer.onMessage = (message) => void (isQuery(message) ? held.push(message) : peer.serve(message))
      peer.call(1)
      peer.pump()
      peer.sendError(-404)
      withStates(peer, () => 2)
      peer.connect()
      expect(peer.answered).toEqual([1])
      expect(held).toHaveLength(1)
      expect(peer.eventsOf('ready')).toHaveLength(2)
    }
  })

  it('T7: after -429 the link is given up and nothing is sent until there is another one', () => {
    const peer = establishedPeer()
    peer.call(1)
    peer.sendError(-429)
    const packets = peer.packets.length
    peer.advance(60_000)
    expect(peer.packets).toHaveLength(packets)
    expect(peer.lost.map(({ error, key }) => [error.got, key])).toEqual([['-429', 'keep']])
  })

  it('T12: a quick ack reports its call, and an unsolicited one means nothing', () => {
    const peer = establishedPeer()
    const codec = peer.link!.server
    peer.sendBytes(codec.encodeQuickAck(0x8000_1234))
    expect(peer.events.filter(({ type }) => type === 'acknowledged')).toEqual([])
    let asked = 0
    peer.onMessage = () => undefined
    const { onPacket } = peer
    const call = peer.call(1, { quickAck: true })
    peer.onPacket = (packet) => onPacket(packet, peer)
    for (let output =
      peer.engine.takeOutput(peer.now); output !== undefined; output = peer.engine.takeOutput(peer.now)) {
      codec.receive(output)
      for (let frame = codec.next(); frame !== undefined; frame = codec.next()) {
        if (frame.kind !== 'payload' || !frame.quickAckRequested) continue
        asked++
        const token = quickAckOf(peer, frame.payload)
        peer.sendBytes(codec.encodeQuickAck(token))
        peer.sendBytes(codec.encodeQuickAck(token))
      }
    }
    expect(asked).toBe(1)
    expect(peer.eventsOf('acknowledged').map((event) => event.call)).toEqual([call])
    expect(peer.lost).toEqual([])
  })
})

describe('reliability', () => {
  it('R1: a link that has died without saying so is given up within 75 seconds', () => {
    const peer = establishedPeer()
    peer.call(0)
    peer.pump()
    peer.onPacket = () => undefined
    peer.advance(75_000)
    expect(peer.lost.map(({ error }) => error.failure)).toEqual(['silent'])

    const waiting = establishedPeer()
    waiting.onPacket = () => undefined
    waiting.call(1)
    waiting.advance(35_000)
    expect(waiting.lost.map(({ error }) => error.failure)).toEqual(['silent'])
  })

  it('R2: a request that is cut off at any byte is carried out once, over the next link', () => {
    const length = 220
    const donor = establishedPeer()
    for (let cut = 0; cut < length; cut++) {
      const peer = new Peer({ seed: 100 + cut, engine: { authKey: donor.keys[0]!.key.bytes, salt: donor.salt } })
      peer.keys.push(donor.keys[0]!)
      peer.connect()
      peer.call(0)
      peer.pump()
      const known = new Set<bigint>()
      peer.call(1)
      let sent = 0
      for (let output =
        peer.engine.takeOutput(peer.now); output !== undefined; output = peer.engine.takeOutput(peer.now)) {
        const part = output.subarray(0, Math.max(0, cut - sent))
        sent += output.length
        const { server } = peer.link!
        server.receive(part)
        for (let frame = server.next(); frame !== undefined; frame = server.next()) {
          if (frame.kind !== 'payload') continue
          const before = peer.seen.length
          // The answer is lost with the link; a right server sends it again over the next one.
          peer.onMessage = (message) => void (isQuery(message) && peer.executed.push(1))
          peer.take(frame.payload)
          for (const { msgId } of peer.seen.slice(before)) known.add(msgId)
        }
      }
      peer.disconnect()
      const received = [...known].filter((id) => peer.queries.some(({ msgId }) => msgId === id))
      withStates(peer, (msgId) => (known.has(msgId) ? 4 : 2))
      peer.connect()
      for (const msgId of received) peer.send(rpcResult(msgId, answerTo(1)), { kind: 1 })
      expect(peer.executed.filter((n) => n === 1), `cut after ${cut} bytes`).toEqual([1])
      expect(peer.answered, `cut after ${cut} bytes`).toEqual([0, 1])
    }
  })

  it('R3: what was executed is never executed again: its answer is waited for, or the outcome is called unknown', () => {
    const sameSession = establishedPeer()
    const held: Seen[] = []
    sameSession.onMessage = (message) => {
      if (!isQuery(message)) return sameSession.serve(message)
      held.push(message)
      sameSession.send(new Mt.MsgsAck({ msgIds: [message.msgId] }).getBytes(), { content: false })
    }
    sameSession.call(1)
    sameSession.pump()
    withStates(sameSession, () => 4)
    sameSession.disconnect().connect()
    expect(sameSession.queries).toHaveLength(1)
    sameSession.send(rpcResult(held[0]!.msgId, answerTo(1)), { kind: 1 })
    expect(sameSession.answered).toEqual([1])

    for (const idempotent of [false, true]) {
      for (const acknowledged of [false, true]) {
        const peer = establishedPeer()
        const [seen]: Seen[][] = [[]]
        peer.onMessage = (message) => {
          if (!isQuery(message)) return peer.serve(message)
          seen!.push(message)
          if (acknowledged) peer.send(new Mt.MsgsAck({ msgIds: [message.msgId] }).getBytes(), { content: false })
        }
        const call = peer.call(1, { idempotent })
        peer.pump()
        // The server restarts and has lost the session.
        peer.sessions.clear()
        peer.disconnect()
        withStates(peer, () => 1)
        peer.connect()
        expect(peer.queries).toHaveLength(idempotent ? 2 : 1)
        expect(peer.answered).toEqual(idempotent ? [1] : [])
        expect(peer.eventsOf('failed').map((event) => [event.call, event.error.failure])).toEqual(
          idempotent ? [] : [[call, 'unknown-outcome']],
        )
      }
    }
  })

  it('R3: a call that must not run twice waits until the server has the session; one that may does not', () => {
    const peer = new Peer()
    peer.call(1)
    peer.call(2, { idempotent: true })
    const order: string[] = []
    peer.onPacket = (packet) => {
      const before = peer.seen.length
      peer.take(packet)
      order.push(...peer.seen.slice(before).filter(isQuery).map(({ body }) => `call ${body[4]}`))
    }
    peer.connect()
    expect(order).toEqual(['call 2', 'call 1'])
    expect([...peer.answered].sort()).toEqual([1, 2])
  })

  it('R4: ten cuts leave the session and its sequence numbers as they are', () => {
    const peer = establishedPeer()
    for (let n = 0; n < 10; n++) {
      peer.call(n)
      peer.pump()
      peer.disconnect().connect()
    }
    expect(new Set(peer.seen.map(({ sessionId }) => sessionId)).size).toBe(1)
    expect(peer.queries.map(({ seqNo }) => seqNo)).toEqual([1, 3, 5, 7, 9, 11, 13, 15, 17, 19])
    expect(peer.eventsOf('ready')).toHaveLength(11)
  })

  it('R5: a clock that is a day or ten minutes off, or is set while running, costs at most three round trips', () => {
    for (const skewMs of [-86_400_000, 86_400_000, -600_000, 600_000]) {
      const peer = new Peer({ skewMs })
      peer.call(1, { idempotent: true })
      peer.connect()
      expect(peer.answered).toEqual([1])
      expect(peer.seen.filter(({ container }) => container === undefined).length).toBeLessThanOrEqual(3)
      peer.platform.stepWallClock(-2 * skewMs)
      peer.call(2)
      peer.pump()
      peer.advance(3_600_000)
      expect(peer.answered).toEqual([1, 2])
      expect(peer.lost).toEqual([])
    }
  })

  it('keeps pinging an idle link, so that the server does not close it', () => {
    const peer = establishedPeer()
    peer.advance(10 * PING_INTERVAL_MS + 1000)
    expect(peer.sent(Mt.PingDelayDisconnect)).toHaveLength(11)
    for (const { body } of peer.sent(Mt.PingDelayDisconnect)) {
      expect(read(body, Mt.PingDelayDisconnect).disconnectDelay * 1000).toBeGreaterThan(PING_INTERVAL_MS)
    }
  })
})

describe('bytes split anywhere', () => {
  it('T3: any chunking of what the server sends gives the same events, on every transport', () => {
    for (const [name, make] of TRANSPORTS) {
      const record = (split: (bytes: Uint8Array) => Uint8Array[]): unknown[] => {
        const peer = new Peer({ seed: 3, ...over(make) })
        peer.sendBytes = (bytes) => {
          for (const part of split(bytes)) peer.engine.receive(part, peer.now)
        }
        peer.connect()
        for (let n = 0; n < 5; n++) peer.call(n, { idempotent: true })
        peer.advance(1000)
        return peer.events.map((event) => ({ ...event, ...('body' in event ? { body: [...event.body] } : {}) }))
      }
      const whole = record((bytes) => [bytes])
      expect(whole.length, name).toBeGreaterThan(6)
      expect(record((bytes) => Array.from(bytes, (_, i) => bytes.subarray(i, i + 1))), name).toEqual(whole)
      fc.assert(
        fc.property(fc.infiniteStream(fc.integer({ min: 1, max: 90 })), (lengths) => {
          const parts = (bytes: Uint8Array): Uint8Array[] => {
            const cut: Uint8Array[] = []
            for (let offset = 0; offset < bytes.length; ) {
              const { value: length } = lengths.next() as { value: number }
              cut.push(bytes.subarray(offset, offset + length))
              offset += length
            }
            return cut
          }
          expect(record(parts)).toEqual(whole)
        }),
        { numRuns: 8, seed: 11 },
      )
    }
  })
})

function quickAckOf(peer: Peer, packet: Uint8Array): number {
  const plain = peer.plaintext(packet)
  const hash = sha256(peer.key!.bytes.subarray(88, 120), plain)
  return (new DataView(hash.buffer, hash.byteOffset).getUint32(0, true) | 0x8000_0000) >>> 0
}
