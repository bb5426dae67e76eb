import { expect, it } from 'vitest'
import { simulate, type Report } from './simulation.js'

const FIXED_SEEDS = [1, 2, 3, 5, 6, 7, 8, 9, 10, 12, 15]

/** What to type to see the same run again. */
function told({ seed, plan, broken }: Report): string {
  return broken === undefined ? '' : `npm run sim -- --seed ${seed} --trace\n${broken.message}\n${JSON.stringify(plan)}`
}

it.each(FIXED_SEEDS)('with seed %i an hour of faults breaks no oracle', async (seed) => {
  const report = await simulate({ seed, hours: 1 })
  expect(told(report)).toBe('')
  expect(report.counts.answered).toBeGreaterThan(20)
}, 60_000)

it('the same seed is the same run', async () => {
  const [first, second] = [await simulate({ seed: 9, hours: 0.5 }), await simulate({ seed: 9, hours: 0.5 })]
  expect(second.story).toEqual(first.story)
  expect(second.counts).toEqual(first.counts)
})
