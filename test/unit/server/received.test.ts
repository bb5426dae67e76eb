import { describe, expect, it } from 'vitest'
import { msgIdAt } from '../../../src/mtproto/msg-id.js'
import { RECEIVED_WINDOW } from '../../../src/server/limits.js'
import { checkMsgId, checkSeqNo } from '../../../src/server/session/check-message.js'
import { ReceivedMessages } from '../../../src/server/session/received.js'

const NOW = 1_700_000_000_000
const ACK = 0x62d6b459
const QUERY = 0xc4f9186b

describe('states of received messages', () => {
  it('say 4 for what came, 2 inside the range, 3 above it', () => {
    const received = new ReceivedMessages()
    received.add(100n, 1)
    received.add(108n, 3)
    expect([100n, 104n, 112n].map((id) => received.stateOf(id))).toEqual([4, 2, 3])
  })

  it('carry the flags of acknowledgement, of the call and of its answer', () => {
    const received = new ReceivedMessages()
    const query = received.add(100n, 1)
    query.acknowledged = true
    query.call = 'running'
    expect(received.stateOf(100n)).toBe(4 + 8 + 32)
    query.call = 'answered'
    query.answerId = 5n
    query.answerSeen = true
    expect(received.stateOf(100n)).toBe(4 + 8 + 32 + 64 + 128)
    received.add(104n, 2)
    expect(received.stateOf(104n)).toBe(4 + 16)
  })

  it('say 1 for what is so old that it is forgotten', () => {
    const received = new ReceivedMessages()
    for (let i = 1n; i <= BigInt(RECEIVED_WINDOW) + 2000n; i++) received.add(i * 4n, 1)
    expect(received.stateOf(4n)).toBe(1)
    expect(received.forgottenUpTo).toBeGreaterThan(4n)
    expect(received.size).toBeLessThanOrEqual(RECEIVED_WINDOW + 1024)
  })

  it('say 1 for what came ten minutes before, but for a call that is still under way and what came after it', () => {
    const received = new ReceivedMessages()
    const minutes = (count: number): number => count * 60_000
    received.add(100n, 1)
    received.forgetOld(minutes(0))
    received.add(104n, 3).call = 'running'
    received.forgetOld(minutes(10))
    expect(received.size).toBe(2)
    received.forgetOld(minutes(10) + 1)
    expect([100n, 104n].map((id) => received.stateOf(id))).toEqual([1, 4 + 32])
    received.add(108n, 5).call = 'answered'
    received.forgetOld(minutes(21))
    received.forgetOld(minutes(32))
    expect(received.size).toBe(2)
    received.get(104n)!.call = 'answered'
    received.forgetOld(minutes(43))
    expect([104n, 108n].map((id) => received.stateOf(id))).toEqual([1, 1])
    expect(received.size).toBe(0)
  })

  it('say 1 for what is older than the first message: a server that restarted may have carried it out before', () => {
    const received = new ReceivedMessages()
    received.beginAt(100n)
    received.add(100n, 1)
    received.add(108n, 3)
    expect([96n, 100n, 104n].map((msgId) => received.stateOf(msgId))).toEqual([1, 4, 2])
    expect(new ReceivedMessages().stateOf(96n)).toBe(3)
  })
})

describe('checks of a msg_id', () => {
  const at = (seconds: number): bigint => msgIdAt(NOW + seconds * 1000)

  it.each([
    [-299, undefined],
    [-301, 16],
    [29, undefined],
    [31, 17],
  ])('%i s from now: code %s', (seconds, code) => {
    expect(checkMsgId(at(seconds), NOW)?.code).toBe(code)
  })

  it('one that is not divisible by 4 is code 18', () => {
    expect(checkMsgId(at(0) + 1n, NOW)?.code).toBe(18)
  })
})

describe('checks of a seq_no', () => {
  const received = new ReceivedMessages()
  received.add(100n, 1)
  received.add(104n, 2)
  received.add(200n, 3)
  const code = (msgId: bigint, seqNo: number, constructorId = QUERY, isQuery = true): number | undefined =>
    checkSeqNo({ msgId, seqNo, constructorId, isQuery }, received)?.code

  it('the next one in order is taken', () => {
    expect(code(204n, 5)).toBeUndefined()
    expect(code(204n, 4, ACK, false)).toBeUndefined()
  })

  it('a query with an even number is code 35, an acknowledgement with an odd one code 34', () => {
    expect(code(204n, 4)).toBe(35)
    expect(code(204n, 5, ACK, false)).toBe(34)
  })

  it('a number at or below that of an earlier message is code 32', () => {
    expect(code(204n, 3)).toBe(32)
    expect(code(204n, 1)).toBe(32)
  })

  it('a number above that of a later message is code 33', () => {
    expect(code(108n, 5)).toBe(33)
  })
})
