/**
 * Runs `task` for what `next` gives, at most `workers` at a time. The first failure ends it: no further task is begun,
 * those under way are waited for, and `next`, which may never come, is not.
 */
export async function inParallel<Item>(
  workers: number,
  next: () => Promise<Item | undefined>,
  task: (item: Item) => Promise<void>,
): Promise<void> {
  let failed = false
  // Taking is one at a time, as a stream can be read by one reader only.
  let taking: Promise<unknown> = Promise.resolve()
  const waiting = new Set<() => void>()
  const take = (): Promise<Item | undefined> =>
    new Promise((resolve, reject) => {
      const giveUp = (): void => resolve(undefined)
      waiting.add(giveUp)
      const taken = taking.then(() => (failed ? undefined : next()))
      taken.then(resolve, reject)
      taking = taken.then(
        () => void waiting.delete(giveUp),
        () => void waiting.delete(giveUp),
      )
    })
  const work = async (): Promise<void> => {
    try {
      for (let item = await take(); item !== undefined && !failed; item = await take()) await task(item)
    } catch (error) {
      failed = true
      for (const giveUp of waiting) giveUp()
      throw error
    }
  }
  const outcomes = await Promise.allSettled(Array.from({ length: workers }, work))
  const failure = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failure !== undefined) throw failure.reason
}
