/**
 * Runs `task` for what `next` gives, at most `workers` at a time. The first failure ends it: no further task is begun,
 * and
 * those under way are waited for.
 */
export async function inParallel<Item>(
  workers: number,
  next: () => Promise<Item | undefined>,
  task: (item: Item) => Promise<void>,
): Promise<void> {
  let failed = false
  // Taking is one at a time, as a stream can be read by one reader only.
  let taking: Promise<unknown> = Promise.resolve()
  const take = (): Promise<Item | undefined> => {
    const taken = taking.then(() => (failed ? undefined : next()))
    taking = taken.catch(() => undefined)
    return taken
  }
  const work = async (): Promise<void> => {
    try {
      for (let item = await take(); item !== undefined && !failed; item = await take()) await task(item)
    } catch (error) {
      failed = true
      throw error
    }
  }
  const outcomes = await Promise.allSettled(Array.from({ length: workers }, work))
  const failure = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failure !== undefined) throw failure.reason
}
