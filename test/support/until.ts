import { setTimeout as sleep } from 'node:timers/promises'

/** Only what never happens takes so long, however slow and busy the machine. */
const LIMIT_MS = 60_000
const LOOK_EVERY_MS = 5

/** Waits for what happens by itself. @throws with the text of `condition`, when it does not become true. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const endMs = performance.now() + LIMIT_MS
  while (!(await condition())) {
    if (performance.now() > endMs) throw new Error(`this has not become true in ${LIMIT_MS / 1000} s: ${condition}`)
    await sleep(LOOK_EVERY_MS)
  }
}
