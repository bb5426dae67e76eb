import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MsgIdGenerator, ServerClock, msgIdAt, msgIdMs } from '../../../src/mtproto/msg-id.js'
import { ManualPlatform } from '../../../src/platform/manual.js'

describe('message identifiers', () => {
  it('are about unixtime times 2^32, divisible by four at the client', () => {
    const id = new MsgIdGenerator().next(1_700_000_000_500)
    expect(id >> 32n).toBe(1_700_000_000n)
    expect(id & 0xffff_ffffn).toBe(0x8000_0000n)
  })
  it('are 1 modulo 4 in answers of a server and 3 modulo 4 otherwise', () => {
    const generator = new MsgIdGenerator()
    expect(generator.next(1000, 1) & 3n).toBe(1n)
    expect(generator.next(1000, 3) & 3n).toBe(3n)
    expect(generator.next(1000, 1) & 3n).toBe(1n)
  })
  it('increase whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(
        fc.tuple(fc.integer({ min: 0, max: 2 ** 41 }), fc.constantFrom(0, 1, 3) as fc.Arbitrary<0 | 1 | 3>),
      ), (calls) => {
        const generator = new MsgIdGenerator()
        let last = 0n
        for (const [ms, kind] of calls) {
          const id = generator.next(ms, kind)
          expect(id > last).toBe(true)
          expect(id & 3n).toBe(BigInt(kind))
          last = id
        }
      }),
    )
  })
  it('tell the moment they were made, to a millisecond', () => {
    for (const ms of [0, 999, 1_700_000_000_001, 1_700_000_000_999]) {
      expect(Math.abs(msgIdMs(msgIdAt(ms)) - ms)).toBeLessThanOrEqual(1)
    }
  })
})

describe('the clock of the server', () => {
  it('follows the monotonic clock, so that a step of the wall clock changes nothing', () => {
    const platform = new ManualPlatform({ wallMs: 5_000 })
    const clock = new ServerClock(platform.clock.now())
    platform.advance(250)
    platform.stepWallClock(-3_600_000)
    expect(clock.nowMs(platform.clock.now())).toBe(5_250)
  })
  it('is certain once the server has spoken', () => {
    const platform = new ManualPlatform({ wallMs: 5_000 })
    const clock = new ServerClock(platform.clock.now(), 1_000)
    expect([clock.certain, clock.nowMs(platform.clock.now())]).toEqual([false, 6_000])
    clock.set(90_000, platform.clock.now())
    platform.advance(10)
    expect([clock.certain, clock.nowMs(platform.clock.now()), clock.offsetFromWallMs(platform.clock.now())]).toEqual([
      true,
      90_010,
      85_000,
    ])
  })
})
