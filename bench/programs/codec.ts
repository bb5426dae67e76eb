/**
 * One codec at one work, alone in its process as it is in a program that uses it: `codec.ts mtcute encodeAnswer` prints, as
 * JSON, how often it is done in a second, and how long the answer is. What others have warmed, or have left in memory,
 * colours a figure by up to half.
 */
import type { Contestant, WorkName } from '../contestants/contestant.js'
import { gram } from '../contestants/gram.js'
import { mtcute } from '../contestants/mtcute.js'
import { rawgram, rawgramNative } from '../contestants/rawgram.js'
import { median } from '../figure.js'

const CONTESTANTS: Readonly<Record<string, () => Contestant | Promise<Contestant>>> = {
  rawgram,
  rawgramNative,
  mtcute,
  GramJS: () => gram('telegram'),
  teleproto: () => gram('teleproto'),
}
const ROUNDS = 7
const ROUND_MS = 150

/** Calls per second: the median of several short rounds. The first ones, in which code is compiled, don't count. */
function rate(work: () => unknown): number {
  const rates: number[] = []
  for (let round = -2; round < ROUNDS; round++) {
    const startedMs = performance.now()
    let calls = 0
    while (performance.now() - startedMs < ROUND_MS) {
      for (let i = 0; i < 20; i++) work()
      calls += 20
    }
    if (round >= 0) rates.push((calls * 1000) / (performance.now() - startedMs))
  }
  return median(rates)
}

const [name, work] = process.argv.slice(2) as [string, WorkName]
const contestant = await CONTESTANTS[name]!()
console.log(JSON.stringify({ rate: rate(contestant[work]), answerBytes: contestant.answer.length }))
process.exit(0)
