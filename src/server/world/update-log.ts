import type * as Api from '../../../generated/api/index.js'

export interface LoggedUpdate {
  /** The counter's value after this update. */
  readonly pts: number
  readonly ptsCount: number
  readonly date: number
  readonly update: Api.TypeUpdate
}

/**
 * What happened in one message box, in the order of its counter `pts`: the truth that a client's view must reach.
 * A user has one log for private chats and basic groups (and a second counter, `qts`), each channel has its own.
 * @see https://core.telegram.org/api/updates
 */
export class UpdateLog {
  readonly #entries: LoggedUpdate[] = []
  #pts: number
  /** Entries up to here are forgotten: a difference from before them is too long. */
  #forgottenPts: number

  constructor(pts = 1) {
    this.#pts = pts
    this.#forgottenPts = pts
  }

  get pts(): number {
    return this.#pts
  }

  get entries(): readonly LoggedUpdate[] {
    return this.#entries
  }

  /** Counts `ptsCount` events and keeps the update that `build` makes for the counter's new value. */
  append(date: number, ptsCount: number, build: (pts: number) => Api.TypeUpdate): LoggedUpdate {
    this.#pts += ptsCount
    const entry: LoggedUpdate = { pts: this.#pts, ptsCount, date, update: build(this.#pts) }
    this.#entries.push(entry)
    return entry
  }

  /** The entries that a client at `pts` lacks, or 'too-long' where some of them are forgotten. */
  after(pts: number): readonly LoggedUpdate[] | 'too-long' {
    if (pts < this.#forgottenPts) return 'too-long'
    let first = this.#entries.length
    while (first > 0 && this.#entries[first - 1]!.pts > pts) first--
    return this.#entries.slice(first)
  }

  /** Drops what was logged so far, as a server does with old history. */
  forget(): void {
    this.#forgottenPts = this.#pts
    this.#entries.length = 0
  }
}
