import { cuts, runOnce, wrongIn, type OneFault } from './exhaustive.js'

const RUNS_BETWEEN_LINES = 500

/**
 * Every cut, every swap, and single bytes; tells what goes wrong. Several processes may share the runs: `from` and `to`,
 * which is left out itself, say which of them are made here.
 * @returns how many went wrong.
 */
export async function exhaust(tell: (line: string) => void, from: number = 0, to: number = Infinity): Promise<number> {
  const sound = await runOnce()
  const unsound = wrongIn(sound)
  if (unsound !== undefined) throw new Error(`the run without a fault is wrong already: ${unsound}`)
  const faults: OneFault[] = [{ pipe: { up: { pieces: 1 }, down: { pieces: 1 } } }, ...cuts(sound, 1)]
  for (let swapFrame = 0; swapFrame < sound.framesDown; swapFrame++) faults.push({ swapFrame })
  const end = Math.min(to, faults.length)
  let wrong = 0
  for (const [index, fault] of faults.slice(0, end).entries()) {
    if (index < from) continue
    const problem = wrongIn(await runOnce(fault))
    if (problem !== undefined) {
      wrong++
      tell(`${JSON.stringify(fault)}: ${problem}`)
    }
    if ((index + 1) % RUNS_BETWEEN_LINES === 0) tell(`${index + 1} of ${faults.length} runs, ${wrong} of them wrong`)
  }
  const { bytesUp, bytesDown, framesDown } = sound
  const all = `${faults.length} runs: single bytes, the link cut after every one of ${bytesUp} + ${bytesDown} bytes, ${framesDown} swaps`
  tell(from === 0 && end === faults.length ? `${all}; ${wrong} wrong` : `runs ${from} to ${end - 1} of ${all}; ${wrong} of these wrong`)
  return wrong
}
