import { describe, expect, it } from 'vitest'
import { gzip } from '../../src/crypto/gzip.node.js'
import { RemoteError } from '../../src/errors/errors.js'
import { constructorId } from '../../src/mtproto/constructors.js'
import { DRAIN_MS, MAX_REFUSALS, MAX_UNPACKED_BYTES, PONG_TIMEOUT_MS, RIDING_ACK_AGE_MS } from '../../src/mtproto/limits.js'
import type { CallId } from '../../src/mtproto/engine/engine.js'
import { msgIdMs } from '../../src/mtproto/msg-id.js'
import { writeUint } from '../../src/tl/write-primitives.js'
import { Writer } from '../../src/tl/writer.js'
import * as Mt from '../../generated/mtproto/index.js'
import { answerTo, establishedPeer, isQuery, numberOf, Peer, read, rpcResult, update, type Seen } from './peer.js'

const is = (message: Seen, type: { readonly CONSTRUCTOR_ID: number }): boolean => constructorId(
  message.body,
) === type.CONSTRUCTOR_ID

function badSalt(peer: Peer, badMsgId: bigint, newServerSalt: bigint): void {
  peer.send(new Mt.BadServerSalt({ badMsgId, badMsgSeqno: 1, errorCode: 48, newServerSalt }).getBytes(), {
    kind: 1,
    content: false,
  })
}

function badMessage(peer: Peer, { msgId, seqNo }: Seen, errorCode: number): void {
  const notice = new Mt.BadMsgNotification({ badMsgId: msgId, badMsgSeqno: seqNo, errorCode })
  peer.send(notice.getBytes(), { kind: 1, content: false })
}

function stateInfo(peer: Peer, reqMsgId: bigint, info: Uint8Array): void {
  peer.send(new Mt.MsgsStateInfo({ reqMsgId, info }).getBytes(), { kind: 1, content: false })
}

/** Serves everything, but does nothing with the first `count` queries. */
function swallowing(peer: Peer, count: number): Seen[] {
  const swallowed: Seen[] = []
  peer.onMessage = (message) => {
    if (isQuery(message) && swallowed.length < count) swallowed.push(message)
    else peer.serve(message)
  }
  return swallowed
}

/** A peer that got a call in two packets, since it had not got the first when it was asked, and does nothing with it. */
function peerWithRepeatedCall(): { readonly peer: Peer; readonly call: CallId; readonly first: Seen; readonly second: Seen } {
  const peer = establishedPeer()
  const swallowed = swallowing(peer, 1)
  const call = peer.call(1)
  peer.pump()
  peer.onMessage = (message) => {
    if (isQuery(message)) swallowed.push(message)
    if (is(message, Mt.MsgsStateReq)) stateInfo(peer, message.msgId, Uint8Array.of(2))
  }
  peer.disconnect().connect()
  const [first, second] = swallowed
  expect(second!.msgId).toBe(first!.msgId)
  return { peer, call, first: first!, second: second! }
}

describe('service messages', () => {
  it('S1: notices about messages that were never sent change nothing', () => {
    const peer = establishedPeer()
    const salt = peer.seen.at(-1)!.salt
    badSalt(peer, 4n * 1_000_000n, 0x1234n)
    peer.send(new Mt.BadMsgNotification({ badMsgId: 400n, badMsgSeqno: 1, errorCode: 17 }).getBytes(), { kind: 1 })
    const session = peer.sessionId
    peer.call(1)
    peer.pump()
    expect(peer.seen.at(-1)!.salt).toBe(salt)
    expect(peer.seen.at(-1)!.sessionId).toBe(session)
    expect(peer.answered).toEqual([1])
  })

  it('S2: a refused salt sends everything in the container again under new ids, once', () => {
    const peer = establishedPeer()
    peer.call(0)
    peer.pump()
    peer.advance(46_000)
    const right = 0x0102030405060708n
    const refused: Seen[] = []
    peer.onPacket = (packet) => {
      const before = peer.onMessage
      peer.onMessage = (message) => {
        if (message.salt === right) return before(message, peer)
        refused.push(message)
        if (refused.length === 1) badSalt(peer, message.container ?? message.msgId, right)
      }
      peer.take(packet)
      peer.onMessage = before
    }
    for (let n = 1; n <= 5; n++) peer.call(n)
    peer.pump()
    expect(refused.length).toBeGreaterThanOrEqual(5)
    expect(peer.executed).toEqual([0, 1, 2, 3, 4, 5])
    expect(peer.answered).toEqual([0, 1, 2, 3, 4, 5])
    const ids = peer.queries.map(({ msgId }) => msgId)
    expect(new Set(ids).size).toBe(ids.length)
    peer.advance(PONG_TIMEOUT_MS * 4)
    expect(peer.lost).toEqual([])
  })

  it('S2: a ping whose salt is refused is sent again, and its pong arrives', () => {
    const peer = new Peer()
    let pings = 0
    peer.onMessage = (message) => {
      if (is(message, Mt.PingDelayDisconnect) && pings++ === 0) {
        badSalt(peer, message.container ?? message.msgId, peer.salt)
      }
      else peer.serve(message)
    }
    peer.connect()
    expect(pings).toBe(2)
    peer.advance(PONG_TIMEOUT_MS + 1)
    expect(peer.lost).toEqual([])
  })

  it('S2: of what has left twice a refusal says nothing but of one packet, so the server is asked', () => {
    for (const refuse of [
      (peer: Peer, packet: bigint) => badSalt(peer, packet, 0x77n),
      (peer: Peer, packet: bigint) => badMessage(peer, { ...peer.seen.at(-1)!, msgId: packet }, 16),
    ]) {
      const { peer, first, second } = peerWithRepeatedCall()
      const since = peer.seen.length
      peer.onMessage = (message) => peer.serve(message)
      refuse(peer, second.container!)
      peer.pump()
      expect(peer.queries).toHaveLength(2)
      const [question] = peer.sent(Mt.MsgsStateReq, since)
      expect(read(question!.body, Mt.MsgsStateReq).msgIds).toEqual([first.msgId])
      // The first packet, which was on its way over a slow link, comes before the question.
      peer.serve(first)
      stateInfo(peer, question!.msgId, Uint8Array.of(4 | 8 | 32 | 64))
      peer.advance(30_000)
      expect([peer.answered, peer.executed]).toEqual([[1], [1]])
    }
  })

  it('S2: what has left twice and has not come by then goes out once more under the id that it has', () => {
    const { peer, first, second } = peerWithRepeatedCall()
    peer.onMessage = (message) => {
      if (is(message, Mt.MsgsStateReq)) stateInfo(peer, message.msgId, Uint8Array.of(2))
      else peer.serve(message)
    }
    badSalt(peer, second.container!, 0x77n)
    peer.pump()
    expect(peer.queries.map(({ msgId }) => msgId)).toEqual([first.msgId, first.msgId, first.msgId])
    expect([peer.answered, peer.executed]).toEqual([[1], [1]])
  })

  it('S3: a wrong clock is set right by one notice: 16 in the same session, 17 in a new one', () => {
    for (const [skewMs, code] of [[-86_400_000, 16], [86_400_000, 17]] as const) {
      const donor = new Peer().connect()
      const authKey = donor.keys[0]!.key.bytes
      const peer = new Peer({ skewMs, engine: { authKey, salt: donor.salt } })
      peer.keys.push(donor.keys[0]!)
      let notices = 0
      peer.newSessions = false
      peer.onMessage = (message) => {
        const aheadMs = msgIdMs(message.msgId) - peer.serverMs
        if (aheadMs > 30_000 || aheadMs < -300_000) {
          if (notices++ === 0) badMessage(peer, { ...message, msgId: message.container ?? message.msgId }, code)
          return
        }
        peer.serve(message)
      }
      peer.call(1, { idempotent: true })
      peer.connect()
      expect(peer.answered).toEqual([1])
      expect(peer.executed).toEqual([1])
      const sessions = new Set(peer.seen.map(({ sessionId }) => sessionId))
      expect(sessions.size).toBe(code === 16 ? 1 : 2)
      if (code === 17) {
        expect(peer.seen.find(({ sessionId, seqNo }) => sessionId === peer.sessionId && seqNo % 2 === 1)!.seqNo).toBe(1)
      }
      expect(peer.lost).toEqual([])
    }
  })

  it('S4: counters out of step end in a new session, where the call is sent once more', () => {
    for (const code of [18, 19, 32, 33, 34, 35, 64]) {
      const peer = establishedPeer()
      peer.call(0)
      peer.pump()
      const session = peer.sessionId
      const refused = swallowing(peer, 1)
      peer.call(1)
      peer.pump()
      badMessage(peer, refused[0]!, code)
      peer.pump()
      expect(peer.sessionId, String(code)).not.toBe(session)
      expect(peer.executed).toEqual([0, 1])
      expect(peer.answered).toEqual([0, 1])
      const ofNew = peer.seen.filter(({ sessionId }) => sessionId === peer.sessionId)
      const firstContent = ofNew.find(({ seqNo }) => seqNo % 2 === 1)!
      expect(firstContent.seqNo).toBe(1)
    }
  })

  it('S4: answers to what an abandoned session sent still arrive, and the server is told to forget it', () => {
    const peer = establishedPeer()
    const swallowed = swallowing(peer, 2)
    peer.call(1)
    peer.pump()
    peer.call(2)
    peer.pump()
    const old = peer.sessionId
    badMessage(peer, swallowed[1]!, 32)
    peer.pump()
    peer.send(rpcResult(swallowed[0]!.msgId, answerTo(1)), { sessionId: old, kind: 1 })
    peer.pump()
    expect([...peer.answered].sort()).toEqual([1, 2])
    expect(peer.executed).toEqual([2])
    expect(peer.sent(Mt.DestroySession).map(({ body }) => read(body, Mt.DestroySession).sessionId)).toEqual([old])
  })

  it('S4: what has left twice waits in the session that is left, and ends as unknown without an answer', () => {
    for (const isAnswered of [true, false]) {
      const { peer, call, first, second } = peerWithRepeatedCall()
      const old = peer.sessionId
      peer.onMessage = (message) => peer.serve(message)
      badMessage(peer, { ...second, msgId: second.container! }, 32)
      peer.pump()
      if (isAnswered) peer.send(rpcResult(first.msgId, answerTo(1)), { sessionId: old, kind: 1 })
      peer.advance(DRAIN_MS + 1)
      expect(peer.queries).toHaveLength(2)
      expect(peer.answered).toEqual(isAnswered ? [1] : [])
      const failed = peer.eventsOf('failed').map((event) => [event.call, event.error.failure])
      expect(failed).toEqual(isAnswered ? [] : [[call, 'unknown-outcome']])
    }
  })

  it('S5: a message that is too old to be judged goes out again under a new id', () => {
    const peer = establishedPeer()
    const refused = swallowing(peer, 1)
    peer.call(1)
    peer.pump()
    badMessage(peer, refused[0]!, 20)
    peer.pump()
    expect(peer.answered).toEqual([1])
    expect(peer.queries[1]!.msgId > peer.queries[0]!.msgId).toBe(true)
  })

  it('S5: of one that has left twice nobody can say whether its first packet was carried out', () => {
    const { peer, call, first } = peerWithRepeatedCall()
    badMessage(peer, first, 20)
    peer.pump()
    expect(peer.queries).toHaveLength(2)
    expect(peer.eventsOf('failed').map((event) => [event.call, event.error.failure])).toEqual([[call, 'unknown-outcome']])
  })

  it('a server that refuses a message for ever gets it a limited number of times', () => {
    const peer = establishedPeer()
    peer.onMessage = (message) => (isQuery(message) ? badMessage(peer, message, 20) : peer.serve(message))
    const call = peer.call(1)
    peer.pump()
    expect(peer.queries).toHaveLength(MAX_REFUSALS + 1)
    expect(peer.eventsOf('failed').map((event) => [event.call, event.error.failure])).toEqual([[call, 'service']])
  })

  it('S6: when the server has forgotten the session, what it lost is sent again, and updates are fetched once', () => {
    const peer = establishedPeer()
    const before = peer.eventsOf('session-created').length
    const lost = swallowing(peer, 2)
    peer.call(1)
    peer.call(2)
    peer.pump()
    const salt = 0x77n
    peer.salt = salt
    const first = peer.seen.at(-1)!.msgId
    for (let copy = 0; copy < 2; copy++) peer.newSessionCreated(first + 8n, 4711n)
    peer.pump()
    expect(lost).toHaveLength(2)
    expect(peer.executed).toEqual([1, 2])
    expect(peer.answered).toEqual([1, 2])
    expect(peer.queries.map(numberOf)).toEqual([1, 2, 1, 2])
    expect(peer.queries[3]!.salt).toBe(salt)
    expect(peer.eventsOf('session-created').length - before).toBe(1)
  })

  it('S6: what went out again behind the message that began the session is on its way, and is not sent once more', () => {
    const peer = establishedPeer()
    const [first] = [swallowing(peer, 1)]
    peer.call(1)
    peer.pump()
    const since = peer.seen.length
    peer.onMessage = (message) => {
      if (is(message, Mt.MsgsStateReq)) stateInfo(peer, message.msgId, Uint8Array.of(2))
    }
    peer.disconnect().connect()
    const repeated = peer.seen.slice(since).find(isQuery)!
    expect(repeated.msgId).toBe(first[0]!.msgId)
    // The server forgot before the question about the call came, and has not seen the packet behind it yet.
    peer.newSessionCreated(peer.sent(Mt.MsgsStateReq, since)[0]!.msgId, 4711n)
    peer.pump()
    expect(peer.queries).toHaveLength(2)
    peer.serve(repeated)
    expect([peer.answered, peer.executed]).toEqual([[1], [1]])
  })

  it('S6: where such a message began the session, calls between its packets end as unknown, and harmless ones go again', () => {
    const peer = establishedPeer()
    const first = swallowing(peer, 1)
    peer.call(1)
    peer.pump()
    peer.onMessage = (message) => {
      if (is(message, Mt.MsgsStateReq)) stateInfo(peer, message.msgId, Uint8Array.of(2, 4, 4))
    }
    const doubtful = peer.call(2)
    peer.call(3, { idempotent: true })
    peer.pump()
    peer.advance(16_000)
    expect(peer.queries.map(numberOf).slice(0, 4)).toEqual([1, 2, 3, 1])
    peer.newSessionCreated(first[0]!.msgId, 4711n)
    peer.pump()
    expect(peer.eventsOf('failed').map(({ call, error }) => [call, error.failure])).toEqual([[doubtful, 'unknown-outcome']])
    expect(peer.queries.map(numberOf).slice(4)).toEqual([3])
  })

  it('S7: an answer that is only announced is asked for; one that is there is acknowledged', () => {
    const peer = establishedPeer()
    const [swallowed] = [swallowing(peer, 1)]
    peer.call(1)
    peer.pump()
    const answerMsgId = peer.nextId(1)
    const announce = (): void => {
      const info = new Mt.MsgDetailedInfo({ msgId: swallowed[0]!.msgId, answerMsgId, bytes: 100, status: 0 })
      peer.send(info.getBytes(), { content: false })
      peer.pump()
    }
    announce()
    expect(peer.sent(Mt.MsgResendReq).map(({ body }) => read(body, Mt.MsgResendReq).msgIds)).toEqual([[answerMsgId]])
    expect(peer.acked).not.toContain(answerMsgId)
    peer.send(rpcResult(swallowed[0]!.msgId, answerTo(1)), { msgId: answerMsgId })
    peer.pump()
    expect(peer.answered).toEqual([1])
    announce()
    peer.advance(RIDING_ACK_AGE_MS)
    peer.call(2)
    peer.pump()
    expect(peer.sent(Mt.MsgResendReq)).toHaveLength(1)
    expect(peer.acked.filter((id) => id === answerMsgId).length).toBeGreaterThan(0)

    const pushed = peer.nextId()
    peer.send(new Mt.MsgNewDetailedInfo({ answerMsgId: pushed, bytes: 100, status: 0 }).getBytes(), { content: false })
    peer.pump()
    expect(read(peer.sent(Mt.MsgResendReq)[1]!.body, Mt.MsgResendReq).msgIds).toEqual([pushed])
  })

  it('S8: after a cut the server is asked what it has, before anything is sent again', () => {
    const fates: readonly (readonly [string, number, boolean])[] = [
      ['the request was swallowed', 2, true],
      ['the request is still to come', 3, true],
      ['the answer was swallowed', 4, false],
      ['the answer was made', 4 | 8 | 64, false],
    ]
    for (const [name, state, again] of fates) {
      const peer = establishedPeer()
      const [swallowed] = [swallowing(peer, 1)]
      const call = peer.call(1)
      peer.pump()
      const since = peer.seen.length
      peer.onMessage = (message) => {
        if (is(message, Mt.MsgsStateReq)) {
          stateInfo(peer, message.msgId, Uint8Array.from(read(message.body, Mt.MsgsStateReq).msgIds, () => state))
        }
        else peer.serve(message)
      }
      peer.disconnect().connect()
      const after = peer.seen.slice(since).filter((message) => is(message, Mt.MsgsStateReq) || isQuery(message))
      expect(is(after[0]!, Mt.MsgsStateReq), name).toBe(true)
      expect(read(after[0]!.body, Mt.MsgsStateReq).msgIds).toEqual([swallowed[0]!.msgId])
      expect(after.filter(isQuery).length, name).toBe(again ? 1 : 0)
      if (!again) peer.send(rpcResult(swallowed[0]!.msgId, answerTo(1)), { kind: 1 })
      expect(peer.answered, name).toEqual([1])
      expect(peer.eventsOf('result').map((event) => event.call)).toEqual([call])
    }
  })

  it('S8: a call that becomes too old while the answer is on its way goes out anew only after the next one', () => {
    const peer = establishedPeer()
    const asked: bigint[] = []
    peer.onMessage = (message) => {
      if (is(message, Mt.MsgsStateReq)) asked.push(message.msgId)
      else if (!isQuery(message)) peer.serve(message)
    }
    peer.call(1)
    peer.pump()
    const notReceived = (msgId: bigint): void => {
      const info = new Mt.MsgsStateInfo({ reqMsgId: asked.at(-1)!, info: Uint8Array.of(2) })
      peer.send(info.getBytes(), { msgId, content: false })
      peer.pump()
    }
    const left = msgIdMs(peer.queries[0]!.msgId)
    while (peer.serverMs < left + 299_000) peer.advance(1_000)
    const before = peer.nextId(1)
    peer.advance(2_000)
    notReceived(before)
    expect(peer.queries).toHaveLength(1)
    const asks = asked.length
    while (asked.length === asks) peer.advance(1_000)
    expect(peer.queries).toHaveLength(1)
    notReceived(peer.nextId(1))
    expect(peer.queries.map(numberOf)).toEqual([1, 1])
    expect(peer.queries[1]!.msgId > peer.queries[0]!.msgId).toBe(true)
  })

  it('S9: the server hears which of its messages have arrived, and gets again what it asks for', () => {
    const peer = establishedPeer()
    const got = [peer.send(update(1)), peer.send(update(2)), peer.send(update(3), { content: false })]
    const skipped = peer.nextId()
    peer.send(update(4))
    const later = peer.nextId() + (1n << 40n)
    const request = peer.send(new Mt.MsgsStateReq({ msgIds: [...got, skipped, later] }).getBytes(), { content: false })
    peer.pump()
    const [info] = peer.sent(Mt.MsgsStateInfo).map(({ body }) => read(body, Mt.MsgsStateInfo))
    expect(info!.reqMsgId).toBe(request)
    // Acknowledgements travel in the same packet, in front: the first two count as acknowledged or as about to be.
    expect(Array.from(info!.info, (byte) => byte & 7)).toEqual([4, 4, 4, 2, 3])
    expect(info!.info[2]! & 16).toBe(16)

    const swallowed = swallowing(peer, 1)
    peer.call(9)
    peer.pump()
    peer.send(new Mt.MsgResendReq({ msgIds: [swallowed[0]!.msgId] }).getBytes(), { content: false })
    peer.pump()
    expect(peer.answered).toEqual([9])
    expect(peer.queries.at(-1)!.msgId).not.toBe(swallowed[0]!.msgId)
    peer.send(new Mt.MsgResendReq({ msgIds: [12n] }).getBytes(), { content: false })
    peer.pump()
    expect(peer.sent(Mt.MsgsStateInfo)).toHaveLength(2)
  })

  it('S10: states that are too few end the link; states that nobody asked for mean nothing', () => {
    const peer = establishedPeer()
    swallowing(peer, 3)
    for (const n of [1, 2, 3]) peer.call(n)
    peer.pump()
    stateInfo(peer, 4n, Uint8Array.of(1, 1, 1))
    peer.pump()
    expect(peer.queries).toHaveLength(3)
    const serve = peer.onMessage
    peer.onMessage = (message) =>
      (is(message, Mt.MsgsStateReq) ? stateInfo(peer, message.msgId, Uint8Array.of(2)) : serve(message, peer))
    peer.advance(20_000)
    expect(peer.queries).toHaveLength(3)
    expect(peer.lost.map(({ error }) => [error instanceof RemoteError, error.failure])).toEqual([[true, 'service']])
    expect(peer.eventsOf('failed')).toEqual([])
  })

  it('S10: states that are told unasked are heeded', () => {
    const peer = establishedPeer()
    const swallowed = swallowing(peer, 2)
    peer.call(1)
    peer.call(2)
    peer.pump()
    const msgIds = [...swallowed.map(({ msgId }) => msgId), 800n]
    peer.send(new Mt.MsgsAllInfo({ msgIds, info: Uint8Array.of(3, 4, 1) }).getBytes(), { content: false })
    peer.pump()
    expect(peer.executed).toEqual([1])
    expect(peer.queries.map(numberOf)).toEqual([1, 2, 1])
  })

  it('S11: salts that were announced are used in their time, so that none is refused after the first', () => {
    const peer = new Peer()
    const startMs = peer.serverMs
    const saltAt = (ms: number): bigint => 1000n + BigInt(Math.floor((ms - startMs) / 60_000))
    let refused = 0
    peer.onMessage = (message) => {
      const nowMs = peer.serverMs
      if (message.salt !== saltAt(nowMs) && message.salt !== saltAt(nowMs - 30_000)) {
        refused++
        return badSalt(peer, message.container ?? message.msgId, saltAt(nowMs))
      }
      if (!is(message, Mt.GetFutureSalts)) return peer.serve(message)
      const { num } = read(message.body, Mt.GetFutureSalts)
      const nowSeconds = Math.floor(nowMs / 1000)
      const salts = Array.from({ length: num }, (_, n) => {
        const validSince = Math.floor(startMs / 1000) + (Math.floor((nowMs - startMs) / 60_000) + n) * 60
        return new Mt.FutureSalt({ validSince, validUntil: validSince + 90, salt: saltAt(validSince * 1000) })
      })
      // The answer to somebody else's request means nothing.
      peer.send(
        new Mt.FutureSalts({
          reqMsgId: 4n,
          now: nowSeconds,
          salts: salts.map((salt) => new Mt.FutureSalt({ ...salt, salt: 1n })),
        }).getBytes(),
        { content: false },
      )
      peer.send(new Mt.FutureSalts({ reqMsgId: message.msgId, now: nowSeconds, salts }).getBytes(), {
        kind: 1,
        content: false,
      })
    }
    peer.connect()
    peer.call(0)
    peer.pump()
    const first = refused
    for (let n = 1; n <= 400; n++) {
      peer.advance(17_000)
      peer.call(n)
      peer.pump()
    }
    expect(first).toBeGreaterThan(0)
    expect(refused).toBe(first)
    expect(peer.answered).toHaveLength(401)
    expect(peer.sent(Mt.GetFutureSalts).length).toBeGreaterThan(2)
  })

  it('S12: a pong to another ping does not keep the link alive', () => {
    const peer = establishedPeer()
    peer.onMessage = (message) => {
      if (is(message, Mt.PingDelayDisconnect)) {
        peer.send(new Mt.Pong({ msgId: message.msgId, pingId: 99n }).getBytes(), { kind: 1, content: false })
      }
      else peer.serve(message)
    }
    peer.advance(75_000)
    expect(peer.lost.map(({ error }) => error.failure)).toEqual(['silent'])
    const healthy = establishedPeer()
    healthy.advance(3_600_000)
    expect(healthy.lost).toEqual([])
  })

  it('S13: a call that is given up is dropped at the server; its late answer is acknowledged and ignored', () => {
    const peer = establishedPeer()
    const swallowed = swallowing(peer, 1)
    const call = peer.call(1)
    peer.pump()
    peer.engine.cancel(call, peer.now)
    peer.pump()
    const drops = peer.sent(Mt.RpcDropAnswer)
    expect(drops.map(({ body }) => read(body, Mt.RpcDropAnswer).reqMsgId)).toEqual([swallowed[0]!.msgId])
    peer.send(rpcResult(drops[0]!.msgId, new Mt.RpcAnswerDroppedRunning().getBytes()), { kind: 1 })
    const late = peer.send(rpcResult(swallowed[0]!.msgId, answerTo(1)), { kind: 1 })
    peer.advance(RIDING_ACK_AGE_MS)
    peer.call(2)
    peer.pump()
    expect(peer.answered).toEqual([2])
    expect(peer.acked).toContain(late)

    const unsent = peer.call(3)
    peer.engine.cancel(unsent, peer.now)
    peer.pump()
    expect(peer.queries.map(numberOf)).toEqual([1, 2])
    expect(peer.sent(Mt.RpcDropAnswer)).toHaveLength(1)
  })

  it('S14: an unknown constructor beside an answer is handed on raw, and the answer is delivered', () => {
    const peer = establishedPeer()
    const [swallowed] = [swallowing(peer, 1)]
    peer.call(1)
    peer.pump()
    peer.sendContainer([
      { body: Uint8Array.of(0xef, 0xbe, 0xad, 0xde, 1, 2, 3, 4) },
      { body: rpcResult(swallowed[0]!.msgId, answerTo(1)), kind: 1 },
      { body: Uint8Array.of(0xef, 0xbe, 0xad, 0xde, 5, 6, 7, 8) },
    ])
    expect(peer.answered).toEqual([1])
    expect(peer.eventsOf('message')).toHaveLength(2)
    expect(peer.lost).toEqual([])
    // A pushed object that cannot be unpacked may have been an update: the difference is due.
    const before = peer.eventsOf('session-created').length
    peer.send(gzipPacked(Uint8Array.of(1, 2, 3, 4, 5)))
    expect(peer.eventsOf('session-created').length - before).toBe(1)
    expect(peer.lost).toEqual([])
  })

  it('S15: an answer that unfolds to 200 MB costs its call, and no memory', () => {
    const peer = establishedPeer()
    const swallowed = swallowing(peer, 2)
    const call = peer.call(1)
    peer.call(2)
    peer.pump()
    const bomb = gzip(new Uint8Array(200_000_000))
    const beforeBytes = process.memoryUsage().rss
    peer.send(rpcResult(swallowed[0]!.msgId, gzipPacked(bomb)), { kind: 1 })
    expect(process.memoryUsage().rss - beforeBytes).toBeLessThan(4 * MAX_UNPACKED_BYTES)
    peer.send(rpcResult(swallowed[1]!.msgId, gzipPacked(gzip(answerTo(2)))), { kind: 1 })
    expect(peer.eventsOf('failed').map((event) => [event.call, event.error.failure])).toEqual([[call, 'decode']])
    expect(peer.answered).toEqual([2])
    const nested = gzipPacked(gzip(gzipPacked(gzip(update(1)))))
    peer.send(nested)
    expect(peer.updates).toEqual([])
    expect(peer.lost).toEqual([])
  })

  it('S16: an answer to a message that was never sent is acknowledged and ignored', () => {
    const peer = establishedPeer()
    const ids = [peer.send(rpcResult(4n, answerTo(1)), { kind: 1 })]
    // A call that has not been sent has no msg_id that anybody could know.
    peer.call(5)
    ids.push(
      peer.send(rpcResult((peer.queries.at(-1)?.msgId ?? peer.seen.at(-1)!.msgId) + 4n, answerTo(5)), { kind: 1 }),
    )
    expect(peer.answered).toEqual([])
    peer.pump()
    expect(peer.answered).toEqual([5])
    peer.advance(RIDING_ACK_AGE_MS)
    peer.call(6)
    peer.pump()
    for (const id of ids) expect(peer.acked).toContain(id)
  })

  it('S17: what the server has acknowledged is not sent again, whatever an old notice says', () => {
    const peer = establishedPeer()
    const swallowed = swallowing(peer, 1)
    const call = peer.call(1, { quickAck: true })
    peer.pump()
    peer.send(new Mt.MsgsAck({ msgIds: [swallowed[0]!.msgId] }).getBytes(), { content: false })
    badMessage(peer, swallowed[0]!, 20)
    peer.advance(30_000)
    expect(peer.queries).toHaveLength(1)
    expect(peer.eventsOf('acknowledged').map((event) => event.call)).toEqual([call])
    peer.send(rpcResult(swallowed[0]!.msgId, answerTo(1)), { kind: 1 })
    expect(peer.answered).toEqual([1])
  })

  it('S18: fifty cuts leave one session; a session that is left is destroyed', () => {
    const peer = establishedPeer()
    for (let n = 0; n < 50; n++) {
      peer.call(n)
      peer.pump()
      peer.disconnect().connect()
    }
    expect(new Set(peer.seen.map(({ sessionId }) => sessionId)).size).toBe(1)
    const refused = swallowing(peer, 1)
    peer.call(99)
    peer.pump()
    const old = peer.sessionId
    badMessage(peer, refused[0]!, 33)
    peer.pump()
    expect(peer.sent(Mt.DestroySession).map(({ body }) => read(body, Mt.DestroySession).sessionId)).toEqual([old])
  })

  it('S19: a key that is not needed any more is destroyed', () => {
    const answers = [
      [Mt.DestroyAuthKeyOk, true],
      [Mt.DestroyAuthKeyNone, true],
      [Mt.DestroyAuthKeyFail, false],
    ] as const
    for (const [type, destroyed] of answers) {
      for (const wrapped of [false, true]) {
        const peer = establishedPeer()
        peer.onMessage = (message) => {
          if (!is(message, Mt.DestroyAuthKey)) return peer.serve(message)
          const answer = new type().getBytes()
          peer.send(wrapped ? rpcResult(message.msgId, answer) : answer, { kind: 1 })
        }
        peer.engine.destroyAuthKey(peer.now)
        peer.pump()
        expect(peer.eventsOf('auth-key-destroyed')).toEqual([{ type: 'auth-key-destroyed', destroyed }])
      }
    }
  })
})

function gzipPacked(packed: Uint8Array): Uint8Array {
  const writer = new Writer()
  writeUint(writer, 0x3072cfa1)
  writer.bytes(packed)
  return writer.finish()
}

