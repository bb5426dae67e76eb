import { runSeeds, type SeedsOptions } from './many-seeds.js'

/** The part of `runSeedsIn` that runs in a process of its own: seeds come as the first message, reports go back. */
process.once('message', (options: SeedsOptions) => {
  runSeeds(options, (report) => process.send?.(report)).then(
    () => process.disconnect(),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
