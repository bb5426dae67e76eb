import { describe, expect, it } from 'vitest'
import { CallLedger } from './call-ledger.js'
import { LocalFarSide } from './far-side.js'
import { levelOf, sampleAt } from './level.js'
import { soak } from './soak.js'

describe('clients on a line that breaks', () => {
  it('lose no call, run none twice, and leave no handle', async () => {
    const { calls, endings, executions, far, problems } = await soak({
      clients: 20,
      seconds: 10,
      seed: Math.floor(Math.random() * 1e6),
      restarts: 1,
      meanMs: 10_000,
      openFarSide: (options) => LocalFarSide.open(options),
      tell: () => {},
    })
    expect(problems).toEqual([])
    expect(endings.failed).toBe(0)
    expect(endings.answered + endings['unknown-outcome'] + endings['given-up']).toBe(calls)
    expect(executions).toBeGreaterThan(0)
    expect(far.connections).toBeGreaterThanOrEqual(20)
  })
})

describe('the books of the calls', () => {
  it('show what was lost, run twice, run by nobody, or answered out of nothing', () => {
    const ledger = new CallLedger()
    const [lost, twice, outOfNothing, harmless] = [false, false, false, true].map((idempotent) => ledger.begin(0, idempotent))
    ledger.end(0, twice!, 'answered')
    ledger.end(0, outOfNothing!, 'answered')
    ledger.end(0, harmless!, 'answered')
    expect(ledger.balance(Uint8Array.of(0, 2, 0, 2, 1))).toBe(5)
    expect(ledger.problems).toEqual([
      `call ${lost} was never settled`,
      `call ${twice} was carried out 2 times`,
      `call ${outOfNothing} was answered and never carried out`,
      'the server carried out call 4, which nobody made',
    ])
  })

  it('show an outcome that is unknown without a reason, and a call that ends twice', () => {
    const ledger = new CallLedger()
    const [early, open, harmless] = [ledger.begin(0, false), ledger.begin(0, false), ledger.begin(0, true)]
    ledger.end(0, early, 'unknown-outcome')
    ledger.stateIsLost()
    ledger.stateWasLost()
    ledger.end(0, open, 'unknown-outcome')
    ledger.end(0, harmless, 'unknown-outcome')
    ledger.end(0, harmless, 'answered')
    expect(ledger.problems).toEqual([
      `call ${early} ended as unknown, and the server had forgotten nothing`,
      `call ${harmless} is idempotent, and ended as unknown`,
      `call ${harmless} ended twice, the second time as answered`,
    ])
  })

  it('take a client for one that knows of the loss as soon as it has had an answer', () => {
    const ledger = new CallLedger()
    ledger.stateIsLost()
    ledger.stateWasLost()
    const unknowing = [ledger.begin(0, false), ledger.begin(1, false)]
    ledger.end(1, unknowing[1]!, 'answered')
    const late = [ledger.begin(0, false), ledger.begin(1, false)]
    for (const [client, call] of late.entries()) ledger.end(client, call, 'unknown-outcome')
    ledger.end(0, unknowing[0]!, 'unknown-outcome')
    expect(ledger.problems).toEqual([`call ${late[1]} ended as unknown, and the server had forgotten nothing`])
  })
})

describe('the level of memory', () => {
  const samples = [0, 1, 2, 3, 4].map((minute) => ({ atMs: minute * 60_000, bytes: minute < 2 ? 50 : 100 + 10 * minute }))

  it('is the line through the later samples', () => {
    const { meanBytes, bytesPerMinute } = levelOf(samples, 120_000)
    expect(meanBytes).toBeCloseTo(130)
    expect(bytesPerMinute).toBeCloseTo(10)
    expect(sampleAt(samples, 100_000).atMs).toBe(120_000)
  })

  it('needs two samples', () => {
    expect(() => levelOf(samples, 240_000)).toThrow('two samples')
  })
})
