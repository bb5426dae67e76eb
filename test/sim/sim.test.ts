import { describe, expect, it } from 'vitest'
import { BUGS } from './bugs.js'
import { cuts, runOnce, wrongIn } from './exhaustive.js'
import { drawPlan } from './fault-plan.js'
import { simulate, type Report } from './simulation.js'

/** Seeds that have shown a mistake once, with every kind of fault at the same time. */
const ALL_FAULTS_SEEDS = [1005, 9004, 10135]
const FIXED_SEEDS = [1, 2, 3, 4, 6, 12, 15, 43, 44, 57]
const FRESH_SEEDS = Array.from({ length: 3 }, () => 1_000 + Math.floor(Math.random() * 1e9))
/** Fewer bytes between the cuts than any field of the protocol has that matters by itself. */
const BYTES_BETWEEN_CUTS = 61

/** What to type to see the same run again. */
function told({ seed, plan, broken }: Report, options: string = ''): string {
  return broken === undefined ? '' : `npm run sim -- --seed ${seed} ${options}--trace\n${broken.message}\n${JSON.stringify(plan)}`
}

describe('a client among faults', () => {
  it.each(FIXED_SEEDS)('breaks no oracle in an hour of seed %i', async (seed) => {
    const report = await simulate({ seed, hours: 1 })
    expect(told(report)).toBe('')
    expect(report.counts.answered).toBeGreaterThan(20)
  })

  it.each(ALL_FAULTS_SEEDS)('breaks no oracle in an hour and a half of seed %i with every fault at once', async (seed) => {
    const report = await simulate({ seed, hours: 1.5, plan: drawPlan(seed, 'all') })
    expect(told(report, '--faults all ')).toBe('')
    expect(report.counts.answered).toBeGreaterThan(20)
  })

  it.each(FRESH_SEEDS)('breaks no oracle in half an hour of a seed of today, %i', async (seed) => {
    expect(told(await simulate({ seed, hours: 0.5 }))).toBe('')
  })

  it('does the same things again when the seed is the same', async () => {
    const [first, second] = [await simulate({ seed: 9, hours: 0.3 }), await simulate({ seed: 9, hours: 0.3 })]
    expect(second.story).toEqual(first.story)
    expect(second.counts).toEqual(first.counts)
  })
})

/** The seed that shows each planted mistake, and the oracle that notices it. */
const CAUGHT: Readonly<Record<keyof typeof BUGS, readonly [seed: number, oracle: string]>> = {
  'a duplicate is accepted': [1, 'pushed once'],
  'acknowledgements are dropped': [1, 'acknowledged'],
  'a message is acknowledged under a wrong id': [1, 'protocol kept'],
  'a call is sent again under its old id': [1, 'no call lost'],
  'every new link repeats the calls, unasked': [1, 'at most once'],
  'a call with an unknown outcome is sent again': [1, 'at most once'],
  'a call that the server has not got is given up': [5, 'outcome known'],
  'calls under way are forgotten with their link': [1, 'recovery'],
  'a new salt is ignored': [3, 'no call lost'],
  'new_session_created is ignored': [1, 'difference asked'],
  'seq_no has the wrong parity': [1, 'protocol kept'],
  'msg_id follows the wall clock': [1, 'protocol kept'],
  'an answer is handed out twice': [1, 'settled once'],
  'an answer goes to another call': [1, 'answers match'],
  'msg_key is not checked': [2, 'no call lost'],
  'a dead link is never noticed': [5, 'recovery'],
  'the wait before the next connection never grows': [7, 'backoff'],
  'an old update is handed out again': [4, 'updates in order'],
  'a gap in the updates is passed over': [2, 'updates in order'],
  'disconnect() closes nothing': [1, 'nothing left'],
}

describe('a client with a mistake is caught', () => {
  it('every mistake that can be planted is tried', () => {
    expect(Object.keys(CAUGHT).sort()).toEqual(Object.keys(BUGS).sort())
  })

  it.for(Object.entries(CAUGHT))('%s', async ([bug, [seed, oracle]], { signal }) => {
    expect((await simulate({ seed, hours: 1, bug, signal })).broken?.oracle).toBe(oracle)
  })
})

describe('a login and three calls', () => {
  it('are carried out once each, wherever the link is cut', async () => {
    for (const fault of cuts(await runOnce(), BYTES_BETWEEN_CUTS)) {
      expect(wrongIn(await runOnce(fault)), JSON.stringify(fault)).toBeUndefined()
    }
  })

  it('need no more than one byte at a time', async () => {
    expect(wrongIn(await runOnce({ pipe: { up: { pieces: 1 }, down: { pieces: 1 } } }))).toBeUndefined()
  })

  it('survive any two frames of the server that change places', async () => {
    const { framesDown } = await runOnce()
    for (let swapFrame = 0; swapFrame < framesDown; swapFrame++) {
      expect(wrongIn(await runOnce({ swapFrame })), `frame ${swapFrame}`).toBeUndefined()
    }
  })
})
