import { describe, expect, it } from 'vitest'
import { DRAIN_MS, MAX_REFUSALS, PONG_TIMEOUT_MS } from '../../src/mtproto/limits.js'
import { msgIdMs } from '../../src/mtproto/msg-id.js'
import * as Mt from '../../generated/mtproto/index.js'
import { answerTo, isQuery, rpcResult } from './bodies.js'
import { establishedPeer, Peer, read, type Seen } from './peer.js'
import { badMessage, badSalt, is, peerWithRepeatedCall, stateInfo, swallowing } from './service-peer.js'

describe('refused messages', () => {
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
})
