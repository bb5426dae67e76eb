import { noCounts, type Counts } from './ledger.js'

/** How the counts are called in the last line of a run. */
const NAMES: Readonly<Record<keyof Counts, string>> = {
  calls: 'calls',
  answered: 'answered',
  refused: 'refused',
  unknown: 'of unknown outcome',
  aborted: 'aborted',
  executions: 'executions',
  connections: 'connections',
  dropped: 'writes dropped',
  duplicated: 'duplicated',
  swapped: 'swapped',
  truncated: 'truncated',
  flipped: 'with a bit flipped',
  resets: 'resets',
  replayed: 'packets replayed',
  blackHoles: 'links gone dark',
  restarts: 'server restarts',
  sessionsForgotten: 'losses of all sessions',
  saltsReplaced: 'changes of all salts',
  keysLost: 'losses of all temporary keys',
  clockSteps: 'clock steps',
  floods: 'floods of -429',
  migrations: 'migrations',
  updates: 'updates',
  packets: 'packets of the client',
  keys: 'key exchanges',
}

/** What some runs were made of, added up. */
export class Totals {
  seeds = 0
  failures = 0
  virtualMs = 0
  readonly counts: Counts = noCounts()

  add(virtualMs: number, counts: Counts, broken: boolean): void {
    this.seeds++
    if (broken) this.failures++
    this.virtualMs += virtualMs
    for (const name of Object.keys(NAMES) as (keyof Counts)[]) this.counts[name] += counts[name]
  }

  toString(): string {
    const counts = Object.entries(NAMES).map(([name, title]) => `${this.counts[name as keyof Counts]} ${title}`)
    return `${(this.virtualMs / 3_600_000).toFixed(1)} virtual hours over ${this.seeds} seeds, ${this.failures} with a violated oracle: ${counts.join(', ')}`
  }
}
