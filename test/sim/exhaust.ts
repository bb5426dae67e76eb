import { cuts, runOnce, wrongIn, type OneFault } from './exhaustive.js'

const RUNS_BETWEEN_LINES = 500

/** Every cut, every swap, and single bytes; tells what goes wrong. @returns how many runs did. */
export async function exhaust(tell: (line: string) => void): Promise<number> {
  const sound = await runOnce()
  const faults: OneFault[] = [{ pipe: { up: { pieces: 1 }, down: { pieces: 1 } } }, ...cuts(sound, 1)]
  for (let swapFrame = 0; swapFrame < sound.framesDown; swapFrame++) faults.push({ swapFrame })
  let wrong = 0
  for (const [index, fault] of faults.entries()) {
    const problem = wrongIn(await runOnce(fault))
    if (problem !== undefined) {
      wrong++
      tell(`${JSON.stringify(fault)}: ${problem}`)
    }
    if ((index + 1) % RUNS_BETWEEN_LINES === 0) tell(`${index + 1} of ${faults.length} runs, ${wrong} of them wrong`)
  }
  const { bytesUp, bytesDown, framesDown } = sound
  tell(`${faults.length} runs: single bytes, the link cut after every one of ${bytesUp} + ${bytesDown} bytes, ${framesDown} swaps; ${wrong} wrong`)
  return wrong
}
