import { describe, expect, it } from 'vitest'
import { concat } from '../../src/bytes/bytes.js'
import { constructorId } from '../../src/mtproto/constructors.js'
import { MAX_BIND_REFUSALS, RENEWAL_PART } from '../../src/mtproto/limits.js'
import * as Mt from '../../generated/mtproto/index.js'
import { bound, ID_BIND, ID_NEAREST_DC, openBinding, rpcError } from './binding.js'
import { answerTo, isQuery, numberOf, rpcResult } from './bodies.js'
import { establishedPeer, Peer, type Seen } from './peer.js'

const LIFETIME = 3600
const pfs = { pfs: true, temporaryKeySeconds: LIFETIME }
const isBind = ({ body }: Seen): boolean => constructorId(body) === ID_BIND
const PREFIX = Uint8Array.of(0x0d, 0x0d, 0x9b, 0xda, 228, 0, 0, 0)

describe('temporary keys', () => {
  it('P1: calls go under a temporary key that was bound first, and the first of them introduces the client', () => {
    const peer = new Peer({ engine: { ...pfs, initConnection: PREFIX } })
    let initialised = 0
    peer.onMessage = (message) => {
      if (constructorId(message.body) !== constructorId(PREFIX)) return peer.serve(message)
      initialised++
      peer.serve({ ...message, body: message.body.subarray(PREFIX.length) })
    }
    peer.call(1)
    peer.connect()
    peer.call(2)
    peer.pump()
    expect(peer.answered).toEqual([1, 2])
    expect(initialised).toBe(1)
    expect(peer.eventsOf('auth-key').map(({ temporary }) => temporary)).toEqual([false, true])
    const [permanent, temporary] = peer.keys.map(({ key }) => Buffer.from(key.id).toString('hex'))
    expect(peer.seen.filter(({ keyId }) => keyId === permanent)).toEqual([])
    expect(peer.seen.filter(({ keyId }) => keyId === temporary).findIndex(isBind)).toBe(0)
    expect(peer.eventsOf('ready')).toHaveLength(1)
    peer.disconnect().connect()
    peer.call(3)
    peer.pump()
    expect([initialised, peer.keys.length]).toEqual([2, 2])
  })

  it('P2: every field of the binding is what the server expects', () => {
    const peer = establishedPeer({ engine: pfs })
    const [message] = peer.seen.filter(isBind)
    const binding = openBinding(message!.body, peer.keys[0]!.key)
    const [permanent, temporary] = peer.keys.map(
      ({ key: { id } }) => new DataView(id.buffer, id.byteOffset).getBigInt64(0, true),
    )
    expect(binding).toMatchObject({
      permanentKeyId: permanent,
      innerPermanentKeyId: permanent,
      temporaryKeyId: temporary,
      msgId: message!.msgId,
      seqNo: 0,
      length: 40,
      sessionId: message!.sessionId,
      msgKeyFits: true,
      expiresAt: binding.outerExpiresAt,
      nonce: binding.outerNonce,
    })
    expect(message!.container).toBeUndefined()
    const another = establishedPeer({ seed: 99, engine: pfs })
    const { random } = openBinding(another.seen.find(isBind)!.body, another.keys[0]!.key)
    expect([...random]).not.toEqual([...binding.random])
  })

  it('P3: the binding ends with the key by the clock of the server, whatever the local clock says', () => {
    for (const skewMs of [0, 86_400_000, -86_400_000]) {
      const peer = establishedPeer({ skewMs, engine: pfs })
      const binding = openBinding(peer.seen.find(isBind)!.body, peer.keys[0]!.key)
      const endsInSeconds = binding.expiresAt - peer.serverMs / 1000
      expect(Math.abs(endsInSeconds - LIFETIME)).toBeLessThan(2)
      peer.call(1)
      expect(peer.pump().answered).toEqual([1])
    }
  })

  it('P3: a new key is bound before the old one ends, and no call fails under load', () => {
    const peer = establishedPeer({ engine: pfs })
    const held: Seen[] = []
    let n = 0
    peer.onMessage = (message) => {
      // Every third answer is held back for a while, across the change of keys.
      if (isQuery(message) && numberOf(message) % 3 === 0) held.push(message)
      else peer.serve(message)
    }
    for (let minute = 0; minute < 4 * 60; minute++) {
      for (let i = 0; i < 5; i++) peer.call(++n)
      peer.advance(30_000)
      for (const { msgId, sessionId, keyId, ...message } of held.splice(0)) {
        const key = peer.keys.find(({ key: { id } }) => Buffer.from(id).toString('hex') === keyId)!
        peer.send(rpcResult(msgId, answerTo(numberOf({ msgId, ...message }))), { kind: 1, sessionId, key: key.key })
      }
      peer.advance(30_000)
    }
    expect(peer.lost).toEqual([])
    expect(peer.eventsOf('failed')).toEqual([])
    expect(peer.eventsOf('rpc-error')).toEqual([])
    expect([...peer.answered].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i + 1))
    expect(peer.keys.filter(({ temporary }) => temporary).length).toBeGreaterThanOrEqual(4)
    expect(peer.queries).toHaveLength(n)
  })

  it('P3: calls that wait under the key before outlast a refusal there, until their answers come or that key ends', () => {
    for (const isAnswered of [true, false]) {
      const peer = establishedPeer({ engine: pfs })
      const waiting: Seen[] = []
      peer.onMessage = (message) => void (isQuery(message) ? waiting.push(message) : peer.serve(message))
      const calls = [peer.call(1), peer.call(2)]
      peer.pump()
      const old = { sessionId: peer.sessionId, key: peer.keys[1]!.key, kind: 1 as const }
      peer.onMessage = (message) => peer.serve(message)
      for (let n = 0; peer.keys.length < 3 && n < LIFETIME; n++) peer.advance(1000)
      const notice = new Mt.BadMsgNotification({ badMsgId: waiting[0]!.msgId, badMsgSeqno: waiting[0]!.seqNo, errorCode: 32 })
      peer.send(notice.getBytes(), { ...old, content: false })
      peer.pump()
      expect(peer.answered).toEqual([1])
      if (isAnswered) peer.send(rpcResult(waiting[1]!.msgId, answerTo(2)), old)
      peer.advance(LIFETIME * 1000)
      expect(peer.answered).toEqual(isAnswered ? [1, 2] : [1])
      const failed = peer.eventsOf('failed').map(({ call, error }) => [call, error.failure])
      expect(failed).toEqual(isAnswered ? [] : [[calls[1], 'unknown-outcome']])
    }
  })

  it('P3: what has not arrived under the key before goes out again under it, and under no new id beside it', () => {
    const peer = establishedPeer({ engine: pfs })
    peer.advance((1 - RENEWAL_PART) * LIFETIME * 1000 - 60_000)
    expect(peer.keys).toHaveLength(2)
    const states = (message: Seen): boolean => constructorId(message.body) === Mt.MsgsStateReq.CONSTRUCTOR_ID
    peer.onMessage = (message) => void (isQuery(message) || states(message) || peer.serve(message))
    peer.call(1)
    peer.pump()
    const [first] = peer.queries
    for (let n = 0; peer.keys.length < 3 && n < LIFETIME; n++) peer.advance(1000)
    peer.onMessage = (message) => {
      if (!states(message)) return peer.serve(message)
      const info = new Mt.MsgsStateInfo({ reqMsgId: message.msgId, info: Uint8Array.of(2) })
      peer.send(info.getBytes(), { kind: 1, content: false })
    }
    peer.disconnect().connect()
    const ids = ({ msgId, sessionId, keyId }: Seen): unknown => ({ msgId, sessionId, keyId })
    expect(peer.queries.slice(1).map(ids)).toEqual([ids(first!)])
    expect(peer.answered).toEqual([1])
  })

  it('P3: a binding that was cut off is made anew for the next link, under its new msg_id', () => {
    const peer = new Peer({ engine: pfs })
    peer.onMessage = (message) => void (isBind(message) || peer.serve(message))
    peer.call(1)
    peer.connect()
    expect(peer.eventsOf('ready')).toEqual([])
    peer.onMessage = (message) => peer.serve(message)
    peer.disconnect().connect()
    expect(peer.answered).toEqual([1])
    const [first, second] = peer.seen.filter(isBind)
    expect(second!.msgId).not.toBe(first!.msgId)
    expect(openBinding(second!.body, peer.keys[0]!.key).msgId).toBe(second!.msgId)
    expect(peer.keys).toHaveLength(2)
  })

  it('P4: one refused binding costs the temporary key alone', () => {
    for (const refusal of ['ENCRYPTED_MESSAGE_INVALID', 'TEMP_AUTH_KEY_EMPTY']) {
      const peer = new Peer({ engine: pfs })
      let refusals = 0
      peer.onMessage = (message) => {
        if (isBind(message) && refusals++ === 0) {
          peer.send(rpcResult(message.msgId, rpcError(400, refusal)), { kind: 1 })
        }
        else peer.serve(message)
      }
      peer.call(1)
      peer.connect()
      expect(peer.answered).toEqual([1])
      expect(peer.keys.map(({ temporary }) => temporary)).toEqual([false, true, true])
      expect(peer.lost).toEqual([])
    }
  })

  it('P4: when the server has lost the binding, a new key is made and bound, and the calls go under it', () => {
    const peer = establishedPeer({ engine: pfs })
    peer.keys[1]!.bound = false
    for (let n = 1; n <= 5; n++) peer.call(n)
    peer.pump()
    expect(peer.keys.map((key) => [key.temporary, key.bound ?? false])).toEqual([
      [false, false],
      [true, false],
      [true, true],
    ])
    expect(peer.answered).toEqual([1, 2, 3, 4, 5])
    expect(peer.executed).toEqual([1, 2, 3, 4, 5])
    expect([peer.lost, peer.eventsOf('rpc-error')]).toEqual([[], []])
  })

  it('P4: a binding that the server has already counts as done', () => {
    const peer = new Peer({ engine: pfs })
    peer.onMessage = (message) => {
      if (!isBind(message)) return peer.serve(message)
      peer.keys.at(-1)!.bound = true
      peer.send(rpcResult(message.msgId, rpcError(400, 'TEMP_AUTH_KEY_ALREADY_BOUND')), { kind: 1 })
    }
    peer.call(1)
    peer.connect()
    expect(peer.answered).toEqual([1])
  })

  it('P4: when every binding is refused, the permanent key itself is asked; only its own -404 rejects it', () => {
    for (const known of [true, false]) {
      const peer = new Peer({ engine: pfs })
      let checks = 0
      peer.onMessage = (message) => {
        if (isBind(message)) {
          if (!known) peer.keys[0]!.gone = true
          peer.send(rpcResult(message.msgId, rpcError(400, 'ENCRYPTED_MESSAGE_INVALID')), { kind: 1 })
        } else if (constructorId(message.body) === ID_NEAREST_DC) {
          checks++
          expect(message.keyId).toBe(Buffer.from(peer.keys[0]!.key.id).toString('hex'))
          peer.send(rpcResult(message.msgId, concat(bound())), { kind: 1 })
        } else {
          peer.serve(message)
        }
      }
      peer.connect()
      expect(peer.seen.filter(isBind)).toHaveLength(MAX_BIND_REFUSALS)
      expect(peer.lost.map(({ key }) => key)).toEqual([known ? 'keep' : 'rejected'])
      expect(checks).toBe(known ? 1 : 0)
      expect(peer.seen.filter(isQuery)).toEqual([])
    }
  })

  it('T5: -404 costs a temporary key when it comes twice in a row, and the permanent one never', () => {
    const peer = establishedPeer({ engine: pfs })
    peer.sendError(-404)
    peer.connect()
    expect(peer.keys).toHaveLength(2)
    peer.sendError(-404)
    peer.sessions.clear()
    peer.connect()
    peer.call(1)
    peer.pump()
    expect(peer.answered).toEqual([1])
    expect(peer.lost.map(({ key }) => key)).toEqual(['keep', 'keep'])
    const lostForGood = establishedPeer({ engine: pfs })
    lostForGood.keys[1]!.gone = true
    lostForGood.call(1, { idempotent: true })
    for (let n = 0; n < 3; n++) {
      lostForGood.pump()
      if (lostForGood.link === undefined) lostForGood.connect()
    }
    expect(lostForGood.keys.map(({ temporary }) => temporary)).toEqual([false, true, true])
    expect(lostForGood.answered).toEqual([1])
  })
})
