import { describe, expect, it } from 'vitest'
import { ManualPlatform, seededRandom } from '../../../src/platform/manual.js'
import { randomBytes, randomUint64 } from '../../../src/platform/random.js'
import { systemPlatform } from '../../../src/platform/system.js'

describe('the hand-cranked platform', () => {
  it('fires timers in the order of their times, each at its own time, ties in the order of setting', () => {
    const platform = new ManualPlatform({ wallMs: 1000 })
    const fired: string[] = []
    const at = (name: string) => () => fired.push(`${name}@${platform.clock.now().monotonicMs}`)
    platform.timers.set(30, at('c'))
    platform.timers.set(10, at('a'))
    platform.timers.set(10, at('b'))
    platform.advance(20)
    expect(fired).toEqual(['a@10', 'b@10'])
    expect(platform.nextTimerInMs()).toBe(10)
    platform.advance(100)
    expect(fired).toEqual(['a@10', 'b@10', 'c@30'])
    expect(platform.clock.now()).toEqual({ monotonicMs: 120, wallMs: 1120 })
  })
  it('does not fire a timer that was cancelled, and counts what is left', () => {
    const platform = new ManualPlatform()
    let fired = 0
    const cancel = platform.timers.set(5, () => fired++)
    cancel()
    cancel()
    platform.advance(10)
    expect([fired, platform.pendingTimers]).toEqual([0, 0])
  })
  it('fires a timer that another timer set within the same stretch', () => {
    const platform = new ManualPlatform()
    const fired: number[] = []
    platform.timers.set(5, () => platform.timers.set(5, () => fired.push(platform.clock.now().monotonicMs)))
    platform.advance(20)
    expect(fired).toEqual([10])
  })
  it('steps the wall clock apart from the monotonic one', () => {
    const platform = new ManualPlatform({ wallMs: 0 })
    platform.stepWallClock(-3_600_000)
    expect(platform.clock.now()).toEqual({ monotonicMs: 0, wallMs: -3_600_000 })
  })
})

describe('random sources', () => {
  it('repeat with the same seed and differ with another', () => {
    expect(randomBytes(seededRandom(7), 64)).toEqual(randomBytes(seededRandom(7), 64))
    expect(randomBytes(seededRandom(7), 64)).not.toEqual(randomBytes(seededRandom(8), 64))
  })
  it('of the system fill arrays larger than one call of getRandomValues', () => {
    const large = randomBytes(systemPlatform.random, 200_000)
    for (let start = 0; start < large.length; start += 50_000) {
      expect(new Set(large.subarray(start, start + 50_000)).size).toBe(256)
    }
  })
  it('give unsigned 64-bit integers', () => {
    const all = Array.from({ length: 200 }, () => randomUint64(systemPlatform.random))
    expect(all.every((value) => value >= 0n && value < 1n << 64n)).toBe(true)
    expect(all.some((value) => value >= 1n << 63n)).toBe(true)
  })
})
