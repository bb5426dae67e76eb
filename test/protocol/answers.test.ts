import { describe, expect, it } from 'vitest'
import { gzip } from '../../src/crypto/gzip.node.js'
import { MAX_UNPACKED_BYTES, RIDING_ACK_AGE_MS } from '../../src/mtproto/limits.js'
import { gzipPacked } from '../../src/mtproto/packed.js'
import * as Mt from '../../generated/mtproto/index.js'
import { answerTo, numberOf, rpcResult, update } from './bodies.js'
import { establishedPeer, read } from './peer.js'
import { is, swallowing } from './service-peer.js'

describe('answers and what comes beside them', () => {
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
