/**
 * Decrypted payloads from a server that has the key and no manners, those of corpus/payload.json first.
 * `FUZZ_CASES=1000000 npx vitest run test/fuzz/payload.test.ts` runs a million, `FUZZ_SEED` repeats a run; a failure
 * prints both and the payload.
 */
import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { concat } from '../../src/bytes/bytes.js'
import { toHex } from '../../src/bytes/hex.js'
import { gzip } from '../../src/crypto/gzip.node.js'
import { LocalError, RemoteError, TransportError } from '../../src/errors/errors.js'
import { encodeContainer } from '../../src/mtproto/container.js'
import * as Mt from '../../generated/mtproto/index.js'
import { answerTo, isQuery, rpcResult } from '../protocol/bodies.js'
import { establishedPeer, type Peer } from '../protocol/peer.js'
import { CASES, corpus, Gauge, SEED } from './gauge.js'
import { FuzzDice, mutate } from './mutate.js'

/** An id that means something to the client now and then. */
function someId(peer: Peer, dice: FuzzDice): bigint {
  const known = peer.seen.slice(-20)
  return known.length > 0 && dice.below(3) > 0 ? dice.pick(known).msgId : dice.long()
}

const ids = (peer: Peer, dice: FuzzDice): bigint[] => Array.from({ length: dice.below(6) }, () => someId(peer, dice))

/** One service message with any fields, or an object of any other kind. */
function anyBody(peer: Peer, dice: FuzzDice, depth = 0): Uint8Array {
  const id = (): bigint => someId(peer, dice)
  const int = (): number => dice.pick([0, 1, -1, 16, 17, 18, 19, 20, 32, 33, 48, 64, 0x7fff_ffff, -0x8000_0000])
  switch (dice.below(21)) {
    case 0:
      return new Mt.MsgsAck({ msgIds: ids(peer, dice) }).getBytes()
    case 1:
      return new Mt.BadMsgNotification({ badMsgId: id(), badMsgSeqno: int(), errorCode: int() }).getBytes()
    case 2:
      return new Mt.BadServerSalt({
        badMsgId: id(),
        badMsgSeqno: int(),
        errorCode: 48,
        newServerSalt: peer.salt,
      }).getBytes()
    case 3:
      return new Mt.MsgsStateReq({ msgIds: ids(peer, dice) }).getBytes()
    case 4:
      return new Mt.MsgsStateInfo({ reqMsgId: id(), info: dice.bytes(dice.below(6)) }).getBytes()
    case 5:
      return new Mt.MsgsAllInfo({ msgIds: ids(peer, dice), info: dice.bytes(dice.below(6)) }).getBytes()
    case 6:
      return new Mt.MsgDetailedInfo({ msgId: id(), answerMsgId: id(), bytes: int(), status: int() }).getBytes()
    case 7:
      return new Mt.MsgNewDetailedInfo({ answerMsgId: id(), bytes: int(), status: int() }).getBytes()
    case 8:
      return new Mt.MsgResendReq({ msgIds: ids(peer, dice) }).getBytes()
    case 9:
      return new Mt.Pong({ msgId: id(), pingId: dice.long() }).getBytes()
    case 10:
      return new Mt.NewSessionCreated({
        firstMsgId: id(),
        uniqueId: BigInt(dice.below(3)),
        serverSalt: peer.salt,
      }).getBytes()
    case 11: {
      const salt = (): Mt.FutureSalt => new Mt.FutureSalt({ validSince: int(), validUntil: int(), salt: dice.long() })
      return new Mt.FutureSalts({ reqMsgId: id(), now: int(), salts: [salt(), salt()] }).getBytes()
    }
    case 12:
      return dice.pick([new Mt.DestroyAuthKeyOk(), new Mt.DestroyAuthKeyFail()]).getBytes()
    case 13:
      return new Mt.DestroySessionOk({ sessionId: dice.long() }).getBytes()
    case 14:
      return rpcResult(
        id(),
        dice.below(2) === 0 || depth > 2 ? answerTo(dice.below(9)) : anyBody(peer, dice, depth + 1),
      )
    case 15:
      return rpcResult(
        id(),
        new Mt.RpcError({
          errorCode: int(),
          errorMessage: dice.pick(['', 'FLOOD_WAIT_3', 'AUTH_KEY_PERM_EMPTY']),
        }).getBytes(),
      )
    case 16:
    case 17: {
      if (depth > 2) return answerTo(1)
      const inner = Array.from(
        { length: 1 + dice.below(4) },
        () => ({ msgId: peer.nextId(), seqNo: dice.below(8), body: anyBody(peer, dice, depth + 1) }),
      )
      return encodeContainer(inner)
    }
    case 18: {
      const data = depth > 2 ? dice.bytes(40) : gzip(anyBody(peer, dice, depth + 1))
      const body = concat(
        Uint8Array.of(0xa1, 0xcf, 0x72, 0x30),
        Uint8Array.of(254, data.length & 255, data.length >> 8, 0),
        data,
      )
      return concat(body, new Uint8Array((4 - (body.length % 4)) % 4))
    }
    default:
      return dice.bytes(4 * (1 + dice.below(30)))
  }
}

const aligned = (bytes: Uint8Array): Uint8Array => concat(bytes, new Uint8Array((4 - (bytes.length % 4)) % 4))

describe('decrypted payloads', () => {
  it('R10: any payload is taken, or ends the link by a typed error; nothing throws, blocks or grows', async () => {
    const dice = new FuzzDice(SEED)
    let peer = establishedPeer({ seed: SEED & 0xffff })
    const fresh = (): Peer => {
      const next = establishedPeer({ seed: dice.below(0xffff) })
      next.onMessage = (message) => void (isQuery(message) && dice.below(2) === 0 ? undefined : next.serve(message))
      return next
    }
    peer = fresh()
    const known = corpus('payload')
    const gauge = new Gauge()
    let lost = 0
    for (let n = 0; n < CASES; n++) {
      if (n % 500 === 499) {
        peer = fresh()
        // Node lets go of what unpacking took in a turn of the event loop.
        await turn()
      }
      if (peer.link === undefined) peer.connect()
      if (dice.below(4) === 0) peer.call(n, { idempotent: dice.below(2) === 0 })
      const body = n < known.length ? known[n]! : dice.below(10) === 0 ? dice.pick(known) : anyBody(peer, dice)
      const payload = aligned(n >= known.length && dice.below(3) === 0 ? mutate(body, dice) : body)
      const given = n >= known.length && dice.below(10) === 0 ? { msgId: dice.long(), seqNo: dice.below(1000) } : {}
      try {
        gauge.step(() => {
          peer.send(payload.length === 0 ? new Uint8Array(4) : payload, given)
          peer.pump()
        })
        if (dice.below(50) === 0) peer.advance(dice.below(120_000))
      } catch (error) {
        throw new Error(`seed ${SEED}, case ${n}: ${toHex(payload)}`, { cause: error })
      }
      for (const event of peer.events) {
        if (event.type === 'lost') {
          lost++
          expect(event.error instanceof RemoteError || event.error instanceof TransportError).toBe(true)
          expect(event.key).toBe('keep')
        }
        if (event.type === 'failed') {
          expect(event.error instanceof RemoteError || event.error instanceof LocalError).toBe(true)
        }
      }
      peer.events.length = 0
      peer.packets.length = 0
      if (peer.seen.length > 200) peer.seen.splice(0, peer.seen.length - 100)
      gauge.case()
    }
    gauge.verdict('decrypted payloads')
    expect(lost).toBeGreaterThan(CASES / 100)
  }, 3_600_000)
})
