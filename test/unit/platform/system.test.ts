import { describe, expect, it, vi } from 'vitest'
import { systemPlatform } from '../../../src/platform/system.js'

const DELAY_MS = 20
const TIMERS = 400

const { clock, timers } = systemPlatform
const nowMs = (): number => clock.now().monotonicMs

/** Sets a timer, and keeps the process busy for a fraction of a millisecond, so that the next one starts elsewhere in it. */
function elapsed(index: number): Promise<number> {
  const startMs = nowMs()
  const waited = new Promise<number>((resolve) => timers.set(DELAY_MS, () => resolve(nowMs() - startMs)))
  while (nowMs() < startMs + (index % 10) / 10);
  return waited
}

describe('the timers of the system', () => {
  it(`never fire before their time on the clock, which who waits for a moment relies on (${TIMERS} timers)`, async () => {
    const waits = await Promise.all(Array.from({ length: TIMERS }, (_, index) => elapsed(index)))
    expect(waits).toHaveLength(TIMERS)
    expect(waits.filter((waitedMs) => waitedMs < DELAY_MS)).toEqual([])
  })
  it('fire when somebody moves the timers of the platform on, whose clock then is not that of the timers', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      let fired = 0
      timers.set(60_000, () => fired++)
      vi.advanceTimersByTime(59_999)
      expect(fired).toBe(0)
      vi.advanceTimersByTime(1)
      expect(fired).toBe(1)
    } finally {
      vi.useRealTimers()
    }
  })
  it('do not fire once cancelled, and take a second cancellation', async () => {
    let fired = 0
    const cancel = timers.set(1, () => fired++)
    cancel()
    cancel()
    await new Promise<void>((resolve) => timers.set(DELAY_MS, resolve))
    expect(fired).toBe(0)
  })
  it('wait longer than the 24 days that the platform counts to', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    try {
      const dayMs = 86_400_000
      let fired = 0
      timers.set(60 * dayMs, () => fired++)
      const cancel = timers.set(60 * dayMs, () => fired++)
      vi.advanceTimersByTime(59 * dayMs)
      expect(fired).toBe(0)
      cancel()
      vi.advanceTimersByTime(dayMs)
      expect(fired).toBe(1)
    } finally {
      vi.useRealTimers()
    }
  })
})
