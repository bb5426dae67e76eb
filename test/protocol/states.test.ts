import { describe, expect, it } from 'vitest'
import { RemoteError } from '../../src/errors/errors.js'
import { RIDING_ACK_AGE_MS } from '../../src/mtproto/limits.js'
import { msgIdMs } from '../../src/mtproto/msg-id.js'
import * as Mt from '../../generated/mtproto/index.js'
import { answerTo, isQuery, numberOf, rpcResult, update } from './bodies.js'
import { establishedPeer, read } from './peer.js'
import { badMessage, is, stateInfo, swallowing } from './service-peer.js'

describe('what a session has received', () => {
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

  it('S6: where a packet that was late on an earlier link began it, what left over other links since then ends as unknown', () => {
    const peer = establishedPeer()
    const swallowed = swallowing(peer, 3)
    peer.call(1)
    peer.pump()
    peer.onMessage = (message) => void (isQuery(message) && swallowed.push(message))
    peer.disconnect().connect()
    const harmless = peer.call(2, { idempotent: true })
    const doubtful = peer.call(3)
    peer.pump()
    const before = swallowed.length
    // The server carries out 2 and 3, and forgets its sessions; then the packet of call 1 comes, and the question.
    peer.onMessage = (message) => {
      if (isQuery(message)) swallowed.push(message)
      if (!is(message, Mt.MsgsStateReq)) return
      peer.newSessionCreated(swallowed[0]!.msgId, 4711n)
      stateInfo(peer, message.msgId, Uint8Array.from(read(message.body, Mt.MsgsStateReq).msgIds, (id) => (id === swallowed[0]!.msgId ? 4 : 2)))
    }
    peer.disconnect().connect()
    expect(peer.eventsOf('failed').map(({ call }) => call)).toEqual([doubtful])
    expect(swallowed.slice(before).map(numberOf)).toEqual([2])
    peer.send(rpcResult(swallowed.at(-1)!.msgId, answerTo(2)), { kind: 1 })
    peer.send(rpcResult(swallowed[0]!.msgId, answerTo(1)), { kind: 1 })
    peer.pump()
    expect(peer.eventsOf('result').map(({ call }) => call)).toContain(harmless)
    expect(peer.answered).toEqual([2, 1])
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
})
