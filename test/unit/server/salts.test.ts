import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../src/platform/manual.js'
import { SaltSchedule } from '../../../src/server/session/salts.js'

const START = 1_700_000_000_000
const MINUTE = 60_000
const plan = { periodMs: 60 * MINUTE, overlapMs: 30 * MINUTE }
const schedule = (): SaltSchedule => new SaltSchedule(42n, START, seededRandom(3), plan)

describe('salts of a key', () => {
  it('the first salt is the one of the key exchange', () => {
    expect(schedule().current(START)).toBe(42n)
  })

  it('after a period another salt is current, and the old one is accepted for the overlap', () => {
    const salts = schedule()
    expect(salts.accepts(42n, START + 59 * MINUTE)).toBe(true)
    const next = salts.current(START + 61 * MINUTE)
    expect(next).not.toBe(42n)
    expect(salts.accepts(42n, START + 89 * MINUTE)).toBe(true)
    expect(salts.accepts(42n, START + 91 * MINUTE)).toBe(false)
    expect(salts.accepts(next, START + 91 * MINUTE)).toBe(true)
  })

  it('announced salts become current at the time that was announced', () => {
    const salts = schedule()
    const [now, later, last] = salts.upcoming(3, START)
    expect(now!.salt).toBe(42n)
    expect(later!.sinceMs).toBe(START + 60 * MINUTE)
    expect(later!.untilMs).toBe(START + 150 * MINUTE)
    expect(salts.current(START + 60 * MINUTE)).toBe(later!.salt)
    expect(salts.current(START + 125 * MINUTE)).toBe(last!.salt)
  })

  it('a salt is not accepted before its time', () => {
    const salts = schedule()
    expect(salts.accepts(salts.upcoming(2, START)[1]!.salt, START)).toBe(false)
  })

  it('a pause of days costs nothing and ends the old salts', () => {
    const salts = schedule()
    const late = START + 40 * 24 * 60 * MINUTE + 7 * MINUTE
    expect(salts.current(late)).not.toBe(42n)
    expect(salts.accepts(42n, late)).toBe(false)
    expect(salts.upcoming(1, late)[0]!.sinceMs).toBe(late - 7 * MINUTE)
  })

  it('replacing all salts refuses the current and the announced ones', () => {
    const salts = schedule()
    const announced = salts.upcoming(2, START).map(({ salt }) => salt)
    salts.replaceAll(START + 1)
    for (const salt of announced) expect(salts.accepts(salt, START + 1)).toBe(false)
    expect(salts.accepts(salts.current(START + 1), START + 1)).toBe(true)
  })

  it('a salt is the same number whether it is read as signed or as unsigned', () => {
    const salts = new SaltSchedule(-5n, START, seededRandom(1), plan)
    expect(salts.accepts(BigInt.asUintN(64, -5n), START)).toBe(true)
  })
})
