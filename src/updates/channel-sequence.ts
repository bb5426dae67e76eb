import * as Api from '../../generated/api/index.js'
import type { TlObject } from '../tl/object.js'
import { GapBuffer } from './gap-buffer.js'
import { sequenceOf } from './sequence-of.js'

/** The updates of one channel or supergroup, which count for themselves. Time is passed in; nothing is asked here. */
export class ChannelSequence {
  readonly id: string
  /** Undefined until something was heard of the channel. */
  pts: number | undefined
  /** A difference is being fetched: updates wait for it. */
  fetching = false
  readonly #buffer = new GapBuffer<TlObject>()
  #waiting: TlObject[] = []

  constructor(id: string, pts?: number) {
    this.id = id
    this.pts = pts
  }

  get fetchAtMs(): number | undefined {
    return this.fetching ? undefined : this.#buffer.fetchAtMs
  }

  /** The updates that can be handed out now, in order. */
  receive(update: TlObject, nowMs: number): TlObject[] {
    if (this.fetching) {
      this.#waiting.push(update)
      return []
    }
    const sequence = sequenceOf(update)
    if (sequence.kind !== 'pts') return [update]
    const { pts, count } = sequence
    this.pts ??= pts - count
    const verdict = GapBuffer.judge(this.pts, pts, count)
    if (verdict === 'old') return []
    if (verdict === 'gap') {
      this.#buffer.hold(update, pts, count, nowMs)
      return []
    }
    this.pts = pts
    return [update, ...this.#takeHeld()]
  }

  startFetching(): void {
    this.fetching = true
    this.#buffer.fetching()
  }

  /** The difference was applied up to `pts`: what came in the meantime follows. */
  fetched(pts: number, nowMs: number): TlObject[] {
    this.pts = pts
    this.fetching = false
    const ready = this.#takeHeld()
    for (const update of this.#waiting.splice(0)) ready.push(...this.receive(update, nowMs))
    this.#buffer.stillMissing(nowMs)
    return ready
  }

  #takeHeld(): TlObject[] {
    const ready: TlObject[] = []
    for (;;) {
      const next = this.#buffer.take(this.pts!)
      if (next === undefined) return ready
      this.pts = next.value
      ready.push(next.item)
    }
  }
}

/** Messages of a difference as the updates that would have announced them. */
export function asChannelUpdate(message: Api.TypeMessage): TlObject {
  return new Api.UpdateNewChannelMessage({ message, pts: 0, ptsCount: 0 })
}
