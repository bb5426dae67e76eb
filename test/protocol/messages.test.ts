import { describe, expect, it } from 'vitest'
import { gzip } from '../../src/crypto/gzip.node.js'
import { RemoteError } from '../../src/errors/errors.js'
import { constructorId, ID_MSG_CONTAINER } from '../../src/mtproto/constructors.js'
import { encodeContainer } from '../../src/mtproto/container.js'
import {
  MAX_ACK_AGE_MS,
  MAX_CONTAINER_MESSAGES,
  MAX_PAYLOAD_BYTES,
  MAX_SERVICE_IDS,
  MAX_WAITING_ACKS,
  RIDING_ACKS,
  RIDING_ACK_AGE_MS,
  STATE_CHECK_MS,
} from '../../src/mtproto/limits.js'
import { msgIdAt, msgIdMs } from '../../src/mtproto/msg-id.js'
import { gzipPacked, pack } from '../../src/mtproto/packed.js'
import * as Mt from '../../generated/mtproto/index.js'
import { answerTo, isQuery, numberOf, query, rpcResult, update } from './bodies.js'
import { establishedPeer, Peer, read } from './peer.js'

const MINUTE = 60_000

function expectRejected(peer: Peer): void {
  expect(peer.lost).toHaveLength(1)
  expect(peer.lost[0]!.error).toBeInstanceOf(RemoteError)
  expect(peer.updates).toEqual([])
}

const packed = (body: Uint8Array): Uint8Array => gzipPacked(gzip(body))

describe('message identifiers, containers and acknowledgements', () => {
  it('M1: a message of the server with an even msg_id is dropped: an answer, a container, an update', () => {
    const bodies: ((peer: Peer) => Uint8Array)[] = [
      () => update(1),
      (peer) => rpcResult(peer.queries[0]!.msgId, answerTo(9)),
      (peer) => encodeContainer([{ msgId: peer.nextId(), seqNo: 1, body: update(1) }]),
    ]
    for (const make of bodies) {
      const peer = establishedPeer()
      peer.onMessage = (message) => void (isQuery(message) || peer.serve(message))
      peer.call(9)
      peer.pump()
      const body = make(peer)
      peer.send(body, { msgId: peer.nextId() + 1n })
      expectRejected(peer)
      expect(peer.answered).toEqual([])
    }
  })

  it('M2: a replayed packet is ignored, however many others came in between', () => {
    for (const others of [0, 1, 10, 499, 501, 2000]) {
      const peer = establishedPeer()
      const packet = peer.sealed({ msgId: peer.nextId(), seqNo: peer.seqNos.next(true), body: update(7) })
      peer.sendPayload(packet)
      for (let n = 0; n < others; n++) peer.send(update(1000 + n))
      peer.sendPayload(packet)
      peer.sendPayload(packet)
      expect(peer.updates.filter((n) => n === 7)).toEqual([7])
      expect(peer.updates).toHaveLength(1 + others)
      expect(peer.lost).toEqual([])
    }
  })

  it('M3: once the window is full, an id below all of it is dropped', () => {
    const peer = establishedPeer()
    const old = peer.nextId()
    for (let n = 0; n < 9000; n++) peer.send(update(n))
    peer.send(update(77_777), { msgId: old })
    expect(peer.updates).toHaveLength(9000)
    expect(peer.updates).not.toContain(77_777)
    expect(peer.lost).toEqual([])
  })

  it('M4: ids 300 s old and 30 s ahead are taken, older and later ones are not, whatever the local clock says', () => {
    for (const skewMs of [0, 86_400_000, -86_400_000]) {
      const peer = establishedPeer({ skewMs })
      for (const [n, offsetMs] of [[1, -298_000], [2, -302_000], [3, 28_000], [4, 32_000]] as const) {
        peer.send(update(n), { msgId: msgIdAt(peer.serverMs + offsetMs) | 3n })
      }
      expect(peer.updates).toEqual([1, 3])
      expect(peer.lost).toEqual([])
    }
    // A notice about the clock has to get through, as its own msg_id is what sets the clock.
    const peer = establishedPeer()
    let refused = false
    peer.onMessage = (message) => {
      if (refused || !isQuery(message)) return peer.serve(message)
      refused = true
      const notice = new Mt.BadMsgNotification({ badMsgId: message.msgId, badMsgSeqno: message.seqNo, errorCode: 16 })
      peer.send(notice.getBytes(), { msgId: msgIdAt(peer.serverMs + 10 * MINUTE) | 1n })
    }
    peer.call(5)
    peer.pump()
    expect(msgIdMs(peer.queries[1]!.msgId) - msgIdMs(peer.queries[0]!.msgId)).toBeGreaterThan(9 * MINUTE)
  })

  it('M4: a message that is repeated in a new container is taken however old it is, one in an old container is not', () => {
    const peer = establishedPeer()
    const old = peer.nextId()
    const oldContainer = peer.nextId() + 4n
    peer.advance(400_000)
    peer.sendContainer([{ body: update(1), msgId: old }])
    peer.send(encodeContainer([{ msgId: old - 8n, seqNo: 1, body: update(2) }]), {
      msgId: oldContainer,
      content: false,
    })
    expect(peer.updates).toEqual([1])
    expect(peer.lost).toEqual([])
  })

  it('M5: own ids are divisible by four and increase, also when the wall clock is set back', () => {
    const peer = establishedPeer()
    for (let n = 0; n < 50; n++) {
      peer.call(n)
      peer.pump()
      peer.advance(137)
      if (n === 20) peer.platform.stepWallClock(-3_600_000)
    }
    const ids = peer.seen.filter(({ container }) => container === undefined).map(({ msgId }) => msgId)
    expect(ids.every((id) => (id & 3n) === 0n)).toBe(true)
    for (let i = 1; i < ids.length; i++) expect(ids[i]! > ids[i - 1]!).toBe(true)
    expect(new Set(peer.queries.map(({ msgId }) => msgId & 0xffff_ffffn)).size).toBeGreaterThan(40)
    expect(Math.abs(msgIdMs(ids.at(-1)!) - peer.serverMs)).toBeLessThan(2000)
    expect(peer.answered).toHaveLength(50)
  })

  it('M6: calls have odd sequence numbers; acknowledgements, containers and pings have even ones', () => {
    const peer = establishedPeer()
    for (let n = 0; n < 200; n++) {
      peer.call(n)
      if (n % 3 === 0) peer.call(1000 + n)
      peer.advance(18_000)
    }
    let contentRelated = 0
    const inOrder = [...peer.seen].sort((a, b) => (a.msgId < b.msgId ? -1 : 1))
    for (const message of inOrder) {
      const content = isQuery(message)
      expect(message.seqNo).toBe(2 * contentRelated + (content ? 1 : 0))
      if (content) contentRelated++
    }
    expect(contentRelated).toBe(267)
    expect(peer.sent(Mt.MsgsAck).length).toBeGreaterThan(10)
  })

  it('M7: a backlog of 5,000 calls and 20,000 acknowledgements goes out in legal packets only', () => {
    const peer = establishedPeer({ engine: { compress: false } })
    peer.call(0)
    peer.pump()
    for (let n = 0; n < 20_000; n++) peer.send(update(n))
    const packets = peer.packets.length
    const messages = peer.seen.length
    for (let n = 1; n <= 5000; n++) peer.call(n, undefined, n % 100 === 0 ? 40_000 : 16)
    peer.pump()
    expect(new Set(peer.answered).size).toBe(5001)
    for (const packet of peer.packets.slice(packets)) expect(packet.length).toBeLessThanOrEqual(MAX_PAYLOAD_BYTES)
    for (const message of peer.seen.slice(messages)) {
      if (constructorId(message.body) !== ID_MSG_CONTAINER) continue
      const inside = peer.seen.filter(({ container }) => container === message.msgId)
      expect(inside.length).toBeLessThanOrEqual(MAX_CONTAINER_MESSAGES)
      const small = inside.filter(({ body }) => body.length < 1000)
      expect(small.reduce((sum, { body }) => sum + 16 + body.length, 0)).toBeLessThanOrEqual(
        2 * 32_768 + 8 * MAX_SERVICE_IDS,
      )
      for (const { msgId, seqNo } of inside) expect(msgId < message.msgId && seqNo <= message.seqNo).toBe(true)
    }
    for (const { body } of peer.sent(Mt.MsgsAck)) {
      expect(read(body, Mt.MsgsAck).msgIds.length).toBeLessThanOrEqual(MAX_SERVICE_IDS)
    }
    expect(peer.acked.length).toBeGreaterThanOrEqual(20_000)
  })

  it('M8: a container in a container is refused, packed or not, however deep', () => {
    const inner = (peer: Peer): Uint8Array => encodeContainer([{ msgId: peer.nextId(), seqNo: 1, body: update(1) }])
    const plain = establishedPeer()
    plain.sendContainer([{ body: inner(plain), content: false }])
    expectRejected(plain)

    const hidden = establishedPeer()
    hidden.sendContainer([{ body: packed(inner(hidden)), content: false }])
    expectRejected(hidden)

    const outermost = establishedPeer()
    outermost.send(packed(inner(outermost)))
    expectRejected(outermost)

    const deep = establishedPeer()
    deep.send(nested(100_000))
    expectRejected(deep)
  })

  it('M9: a container whose counts, lengths or ids do not add up is refused as a whole', () => {
    const breakages: ((view: DataView, peer: Peer) => void)[] = [
      (view) => view.setInt32(20, 0x7000_0000, true),
      (view) => view.setInt32(20, -4, true),
      (view) => view.setInt32(20, 12, true),
      (view) => view.setUint32(4, 0x8000_0000, true),
      (view) => view.setUint32(4, 3, true),
      (view, peer) => view.setBigInt64(8, peer.nextId() + 4_000_000n, true),
    ]
    for (const damage of breakages) {
      const peer = establishedPeer()
      const body = encodeContainer([1, 2].map((n) => ({ msgId: peer.nextId(), seqNo: 2 * n - 1, body: update(n) })))
      damage(new DataView(body.buffer), peer)
      peer.send(body, { content: false })
      expectRejected(peer)
    }
  })

  it('M10: exactly the content-related messages are acknowledged, those in containers too', () => {
    const peer = establishedPeer()
    peer.advance(MAX_ACK_AGE_MS + 1)
    const before = peer.acked.length
    peer.onMessage = (message) => void (isQuery(message) || peer.serve(message))
    peer.call(3)
    peer.pump()
    const { msgId } = peer.queries.at(-1)!
    const acks = new Mt.MsgsAck({ msgIds: [msgId] }).getBytes()
    const [pushed, answer] = peer.sendContainer([
      { body: update(1) },
      { body: rpcResult(msgId, answerTo(3)), kind: 1 },
      { body: acks, content: false },
    ])
    peer.advance(RIDING_ACK_AGE_MS)
    peer.call(4)
    peer.pump()
    expect(peer.acked.slice(before)).toEqual([pushed, answer])
  })

  it('M11: acknowledgements leave by themselves, soon when there are many and in time when there are few', () => {
    const few = establishedPeer()
    few.advance(MAX_ACK_AGE_MS + 1)
    const seen = few.acked.length
    const id = few.send(update(1))
    few.pump()
    expect(few.acked).toHaveLength(seen)
    few.advance(MAX_ACK_AGE_MS)
    expect(few.acked.slice(seen)).toEqual([id])

    const many = establishedPeer()
    many.advance(MAX_ACK_AGE_MS + 1)
    let waiting = 0
    for (let n = 0; n < 10_000; n++) {
      const before = many.acked.length
      many.send(update(n))
      many.pump()
      waiting = many.acked.length > before ? 0 : waiting + 1
      expect(waiting).toBeLessThan(MAX_WAITING_ACKS)
      if (n % 1000 === 999) many.seen.length = 0
    }
    expect(many.updates).toHaveLength(10_000)
  })

  it('M11: a call takes acknowledgements along, unless there are few and all are new', () => {
    const peer = establishedPeer()
    peer.advance(MAX_ACK_AGE_MS + 1)
    const portions = (): number[] => peer.sent(Mt.MsgsAck).map(({ body }) => read(body, Mt.MsgsAck).msgIds.length)
    const before = portions().length
    for (let n = 0; n < 2 * RIDING_ACKS + 1; n++) {
      peer.call(n)
      peer.pump()
    }
    expect(portions().slice(before)).toEqual([RIDING_ACKS, RIDING_ACKS])
    peer.advance(RIDING_ACK_AGE_MS - 1)
    peer.call(100)
    peer.pump()
    expect(portions().slice(before)).toHaveLength(2)
    peer.advance(1)
    peer.call(101)
    peer.pump()
    expect(portions().slice(before)).toEqual([RIDING_ACKS, RIDING_ACKS, 2])
    peer.call(102)
    peer.send(new Mt.MsgsStateReq({ msgIds: [] }).getBytes(), { content: false })
    peer.pump()
    expect(portions().slice(before), 'a service message takes them along at once').toEqual([RIDING_ACKS, RIDING_ACKS, 2, 1])
  })

  it('M12: a call that got lost goes out again inside a container, after the server was asked, never as the same message', () => {
    const peer = establishedPeer()
    let swallowed = 0
    peer.onMessage = (message) => {
      if (isQuery(message) && swallowed++ === 0) return
      if (constructorId(message.body) === Mt.MsgsStateReq.CONSTRUCTOR_ID) {
        const { msgIds } = read(message.body, Mt.MsgsStateReq)
        const info = Uint8Array.from(msgIds, () => 2)
        peer.send(new Mt.MsgsStateInfo({ reqMsgId: message.msgId, info }).getBytes(), { kind: 1, content: false })
        return
      }
      peer.serve(message)
    }
    peer.call(6)
    peer.advance(30_000)
    expect(peer.queries.map(numberOf)).toEqual([6, 6])
    const [first, second] = peer.queries
    // The same id, so that a first copy that is only late is taken for the same message; a container gives it a new header.
    expect(second).toMatchObject({ msgId: first!.msgId, seqNo: first!.seqNo })
    expect(second!.container).not.toBe(first!.container)
    expect(msgIdMs(second!.container!) - msgIdMs(first!.msgId)).toBeGreaterThanOrEqual(STATE_CHECK_MS - 1)
    expect(peer.executed).toEqual([6])
    expect(peer.answered).toEqual([6])
    const headers = peer.packets.filter((packet) => peer.keys.length > 0 && packet[0] !== 0).map(
      (packet) => packet.subarray(8, 24).join(),
    )
    expect(new Set(headers).size).toBe(headers.length)
  })

  it('packs long queries and opens packed answers and updates', () => {
    const peer = establishedPeer()
    peer.onMessage = (message) => {
      if (constructorId(message.body) !== 0x3072cfa1) return peer.serve(message)
      peer.send(packed(update(3)))
      peer.send(rpcResult(message.msgId, packed(answerTo(8))), { kind: 1 })
    }
    peer.call(8, undefined, 4000)
    peer.pump()
    expect(peer.seen.at(-1)!.body.length).toBeLessThan(400)
    expect(pack(query(8, 100))).toEqual(query(8, 100))
    expect([peer.answered, peer.updates]).toEqual([[8], [3]])
  })
})

/** So many containers in each other. */
function nested(levels: number): Uint8Array {
  const body = new Uint8Array(24 * levels + 8)
  const view = new DataView(body.buffer)
  for (let level = 0; level < levels; level++) {
    const offset = 24 * level
    view.setUint32(offset, ID_MSG_CONTAINER, true)
    view.setUint32(offset + 4, 1, true)
    view.setBigInt64(offset + 8, BigInt(2 * (levels - level) + 1), true)
    view.setInt32(offset + 20, body.length - offset - 24, true)
  }
  body.set(update(1), 24 * levels)
  return body
}
