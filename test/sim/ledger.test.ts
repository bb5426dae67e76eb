import { describe, expect, it } from 'vitest'
import { UNACKNOWLEDGED_MS } from '../../src/server/limits.js'
import { Ledger } from './ledger.js'

/** What the ledger says of a call that ends as unknown so long after what happened to it. */
function saidOfUnknown(happens: (ledger: Ledger) => void, afterMs: number): string | undefined {
  let nowMs = 1_000
  const ledger = new Ledger(() => false, () => nowMs)
  const call = ledger.begin('call-1', false, nowMs)
  ledger.sent('call-1')
  happens(ledger)
  nowMs += afterMs
  ledger.settled(call, 'unknown-outcome', nowMs)
  return ledger.broken?.oracle
}

describe('a call may end as unknown', () => {
  it('when the server has forgotten its answer, be that a result or a refusal', () => {
    for (const handle of [
      (ledger: Ledger) => ledger.executed('call-1'),
      (ledger: Ledger) => ledger.refused('call-1', 'FILE_MIGRATE_4'),
    ]) {
      expect(saidOfUnknown(handle, UNACKNOWLEDGED_MS)).toBeUndefined()
      expect(saidOfUnknown(handle, UNACKNOWLEDGED_MS - 1)).toBe('outcome known')
    }
  })

  it('not when the server never had it, nor when it was sent once more after the answer', () => {
    expect(saidOfUnknown(() => undefined, UNACKNOWLEDGED_MS)).toBe('outcome known')
    const again = (ledger: Ledger): void => {
      ledger.refused('call-1', 'FILE_MIGRATE_4')
      ledger.sent('call-1')
    }
    expect(saidOfUnknown(again, UNACKNOWLEDGED_MS)).toBe('outcome known')
  })

  it('when the server has lost what it knew', () => {
    expect(saidOfUnknown((ledger) => void (ledger.stateLost = true), 0)).toBeUndefined()
  })
})
