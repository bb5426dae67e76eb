import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AckQueue } from '../../../src/mtproto/acks.js'
import { ReceivedIds } from '../../../src/mtproto/dedup.js'
import { MAX_ACK_AGE_MS, MAX_SERVICE_IDS, MAX_WAITING_ACKS, RIDING_ACKS, RIDING_ACK_AGE_MS } from '../../../src/mtproto/limits.js'
import { Salts } from '../../../src/mtproto/salts.js'
import { SeqNoCounter } from '../../../src/mtproto/seq-no.js'

describe('the sequence number', () => {
  it('is twice the content-related messages before, plus one for a content-related message', () => {
    const counter = new SeqNoCounter()
    expect([true, false, true, true, false].map((content) => counter.next(content))).toEqual([1, 2, 3, 5, 6])
  })
})

describe('the received identifiers', () => {
  it('tell a duplicate from a new one as long as it is remembered', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 1n, max: 40n })), (ids) => {
        const received = new ReceivedIds(1000)
        const model = new Set<bigint>()
        for (const id of ids) {
          expect(received.accept(id, 1)).toBe(model.has(id) ? 'duplicate' : 'new')
          model.add(id)
        }
      }),
    )
  })
  it('refuse what is lower than all of them once the window is full', () => {
    const received = new ReceivedIds(500)
    expect(received.accept(1000n, 1)).toBe('new')
    expect(received.accept(900n, 1)).toBe('new')
    for (let id = 1001n; id < 3000n; id++) received.accept(id, 1)
    expect(received.accept(1000n, 1)).toBe('old')
    expect(received.accept(5n, 1)).toBe('old')
    expect(received.accept(2999n, 1)).toBe('duplicate')
    expect(received.accept(2600n, 1)).toBe('duplicate')
  })
  it('report the states of msgs_state_info', () => {
    const received = new ReceivedIds(10)
    received.accept(10n, 1)
    received.accept(30n, 2)
    expect([5n, 10n, 20n, 30n, 40n].map((id) => received.stateOf(id))).toEqual([1, 4, 2, 4 | 16, 3])
  })
})

describe('the acknowledgements', () => {
  it('wait for company, but not for ever', () => {
    const acks = new AckQueue()
    expect(acks.dueMs()).toBeUndefined()
    acks.add(1n, 100)
    acks.add(2n, 500)
    expect(acks.dueMs()).toBe(100 + MAX_ACK_AGE_MS)
    for (let i = 3; i <= MAX_WAITING_ACKS; i++) acks.add(BigInt(i), 600)
    expect(acks.dueMs()).toBe(100)
    expect(acks.take()).toHaveLength(MAX_WAITING_ACKS)
    expect(acks.dueMs()).toBeUndefined()
  })
  it('ride along when there are some, or when the oldest is not quite new', () => {
    const acks = new AckQueue()
    expect(acks.ride(1_000)).toBe(false)
    acks.add(1n, 100)
    expect([acks.ride(100 + RIDING_ACK_AGE_MS - 1), acks.ride(100 + RIDING_ACK_AGE_MS)]).toEqual([false, true])
    for (let i = 2; i < RIDING_ACKS; i++) acks.add(BigInt(i), 100)
    expect(acks.ride(100)).toBe(false)
    acks.add(0n, 100)
    expect(acks.ride(100)).toBe(true)
    acks.take()
    expect(acks.ride(1_000)).toBe(false)
  })
  it('go out 8192 at a time, each once', () => {
    const acks = new AckQueue()
    for (let i = 0; i < 20_000; i++) acks.add(BigInt(i), 0)
    acks.add(7n, 0)
    const portions = [acks.take(), acks.take(), acks.take(), acks.take()].map((ids) => ids.length)
    expect(portions).toEqual([MAX_SERVICE_IDS, MAX_SERVICE_IDS, 20_000 - 2 * MAX_SERVICE_IDS, 0])
  })
})

describe('the salts', () => {
  it('change by the clock of the server, and skip what has passed already', () => {
    const salts = new Salts(1n)
    salts.announce(
      [
        { validSince: 300, validUntil: 400, salt: 4n },
        { validSince: 100, validUntil: 200, salt: 2n },
        { validSince: 200, validUntil: 300, salt: 3n },
        { validSince: 20, validUntil: 40, salt: 9n },
      ],
      50,
    )
    expect([99, 100, 199, 350].map((seconds) => salts.at(seconds))).toEqual([1n, 2n, 2n, 4n])
  })
  it('are asked for ahead of time', () => {
    const salts = new Salts(1n)
    expect(salts.runningLow(0)).toBe(true)
    salts.announce([1, 2, 3].map((n) => ({ validSince: n * 10, validUntil: n * 10 + 20, salt: BigInt(n) })), 0)
    expect([salts.runningLow(0), salts.runningLow(10)]).toEqual([false, true])
  })
})
