import type { Clock } from './clock.js'
import type { Random } from './random.js'
import type { Timers } from './timers.js'

/** Everything that is not determined by a function's arguments: time, timers, dice. Injected, never global. */
export interface Platform {
  readonly clock: Clock
  readonly timers: Timers
  readonly random: Random
}
