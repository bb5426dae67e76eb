import { wrongArgument } from '../../errors/wrong-argument.js'
import { MAX_WORKERS } from './limits.js'

/** How many parts may be under way at a time, from 1 to 16. @throws {LocalError} `argument`, for what is no number. */
export function workerCount(workers: unknown): number {
  if (typeof workers === 'number' && !Number.isNaN(workers))
    return Math.min(MAX_WORKERS, Math.max(1, Math.floor(workers)))
  throw wrongArgument('workers', `a number from 1 to ${MAX_WORKERS}`, workers)
}
