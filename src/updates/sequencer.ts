import * as Api from '../../generated/api/index.js'
import type { UpdateState } from '../session/update-state.js'
import type { TlObject } from '../tl/object.js'
import { AffectedMessages } from './affected-messages.js'
import { asChannelUpdate, ChannelSequence } from './channel-sequence.js'
import { GapBuffer } from './gap-buffer.js'
import { RETRY_CAP_MS, RETRY_MS, SILENCE_MS } from './limits.js'
import { sequenceOf } from './sequence-of.js'
import { containedUpdates, type Container } from './unpack.js'
import type { SequencerEvent } from './update-events.js'

/** Says whether the session knows the peers that a short update names by id alone. */
export type KnowsPeers = (update: TlObject) => boolean

/**
 * Puts updates in order: each is handed out once, gaps are waited for and then fetched. Shaped like the engine: objects
 * and
 * time go in, events come out, and nothing is asked or timed here.
 * @see https://core.telegram.org/api/updates
 */
export class UpdateSequencer {
  readonly #knowsPeers: KnowsPeers
  readonly #events: SequencerEvent[] = []
  readonly #channels = new Map<string, ChannelSequence>()
  #common: { pts: number; qts: number; date: number; seq: number } | undefined
  readonly #ptsGap = new GapBuffer<TlObject>()
  readonly #qtsGap = new GapBuffer<TlObject>()
  readonly #seqGap = new GapBuffer<Container>()
  /** Containers that came while the state was unknown or a difference was under way. */
  #waiting: Container[] = []
  /** During a difference the server said that there is more than it pushes: another one is due. */
  #fetchAgain = false
  #fetching: 'state' | 'difference' | undefined
  #retryAtMs: number | undefined
  #retries = 0
  #lastHeardMs = 0
  readonly #channelRetryAtMs = new Map<string, number>()

  constructor(knowsPeers: KnowsPeers, saved?: UpdateState) {
    this.#knowsPeers = knowsPeers
    if (saved === undefined) return
    const { pts, qts, date, seq, channels } = saved
    this.#common = { pts, qts, date, seq }
    for (const [id, channelPts] of Object.entries(channels)) this.#channels.set(id, new ChannelSequence(id, channelPts))
  }

  nextEvent(): SequencerEvent | undefined {
    return this.#events.shift()
  }

  /** How far updates were handed out; `undefined` before anything is known. */
  get state(): UpdateState | undefined {
    if (this.#common === undefined) return undefined
    const channels: Record<string, number> = {}
    for (const { id, pts } of this.#channels.values()) if (pts !== undefined) channels[id] = pts
    return { ...this.#common, channels }
  }

  /** When `timeout` is due, in milliseconds of the monotonic clock. */
  deadline(): number | undefined {
    const times = [this.#retryAtMs]
    if (this.#common !== undefined && this.#fetching === undefined) {
      times.push(this.#ptsGap.fetchAtMs, this.#qtsGap.fetchAtMs, this.#seqGap.fetchAtMs, this.#lastHeardMs + SILENCE_MS)
    }
    for (const channel of this.#channels.values()) times.push(channel.fetchAtMs)
    times.push(...this.#channelRetryAtMs.values())
    const due = times.filter((time) => time !== undefined)
    return due.length === 0 ? undefined : Math.min(...due)
  }

  timeout(nowMs: number): void {
    if (this.#retryAtMs !== undefined && this.#retryAtMs <= nowMs) {
      this.#retryAtMs = undefined
      this.#ask()
    }
    const isDue = (time: number | undefined): boolean => time !== undefined && time <= nowMs
    if (this.#common !== undefined && this.#fetching === undefined) {
      const gap = isDue(this.#ptsGap.fetchAtMs) || isDue(this.#qtsGap.fetchAtMs) || isDue(this.#seqGap.fetchAtMs)
      if (gap || isDue(this.#lastHeardMs + SILENCE_MS)) this.catchUp(nowMs)
    }
    for (const channel of this.#channels.values()) if (isDue(channel.fetchAtMs)) this.#askChannel(channel)
    for (const [id, time] of this.#channelRetryAtMs) {
      if (!isDue(time)) continue
      this.#channelRetryAtMs.delete(id)
      const channel = this.#channels.get(id)
      if (channel?.pts !== undefined)
        this.#events.push({ type: 'get-channel-difference', channel: id, pts: channel.pts })
    }
  }

  /** Fetches everything since the state that is known. Does nothing while that is under way. */
  catchUp(nowMs: number): void {
    if (this.#fetching !== undefined) return
    this.#fetching = this.#common === undefined ? 'state' : 'difference'
    this.#fetchAgain = false
    this.#lastHeardMs = nowMs
    this.#ask()
  }

  /** The client has connected: silence is counted from here. */
  resume(nowMs: number): void {
    this.#lastHeardMs = nowMs
  }

  /** The link is new, a session was lost, or bytes could not be read: something may be missing. */
  suspectGap(nowMs: number): void {
    if (this.#common !== undefined) this.catchUp(nowMs)
  }

  /** A pushed object, or an answer that carries updates. */
  receive(updates: Api.TypeUpdates, nowMs: number): void {
    this.#lastHeardMs = nowMs
    const container = containedUpdates(updates)
    if (container === undefined || container.updates.some((update) => !this.#knowsPeers(update))) {
      this.#fetchAgain = this.#fetching !== undefined
      return this.catchUp(nowMs)
    }
    this.#take(container, nowMs)
  }

  /** `messages.affectedMessages` and its relatives: the counter moved, and nobody is told of it otherwise. */
  affected(pts: number, count: number, channel: string | undefined, nowMs: number): void {
    if (this.#common === undefined || this.#fetching !== undefined) return
    this.#apply(new AffectedMessages(pts, count, channel), nowMs)
  }

  /** The answer to `get-state`. Updates that came before it count from where the first of them starts. */
  begin(state: Api.updates.TypeState, nowMs: number): void {
    const { pts, qts, date, seq } = state
    const common = { pts, qts, date, seq }
    for (const container of this.#waiting) {
      if (container.seqStart > 0) common.seq = Math.min(common.seq, container.seqStart - 1)
      for (const update of container.updates) {
        const sequence = sequenceOf(update)
        if (sequence.kind === 'pts' && sequence.channel === undefined)
          common.pts = Math.min(common.pts, sequence.pts - sequence.count)
        if (sequence.kind === 'qts') common.qts = Math.min(common.qts, sequence.qts - 1)
      }
    }
    this.#common = common
    this.#finish(nowMs)
  }

  difference(answer: Api.updates.TypeDifference, nowMs: number): void {
    const common = this.#common
    if (common === undefined || this.#fetching !== 'difference') return
    this.#retries = 0
    switch (answer.className) {
      case 'updates.DifferenceEmpty':
        common.date = answer.date
        common.seq = answer.seq
        return this.#finish(nowMs)
      case 'updates.DifferenceTooLong':
        common.pts = answer.pts
        return this.#ask()
      case 'updates.Difference':
      case 'updates.DifferenceSlice': {
        for (const message of answer.newMessages) this.#hand(new Api.UpdateNewMessage({ message, pts: 0, ptsCount: 0 }))
        for (const message of answer.newEncryptedMessages)
          this.#hand(new Api.UpdateNewEncryptedMessage({ message, qts: 0 }))
        for (const update of answer.otherUpdates) this.#applyFetched(update, nowMs)
        const { pts, qts, date, seq } =
          answer.className === 'updates.Difference' ? answer.state : answer.intermediateState
        Object.assign(common, { pts, qts, date, seq })
        return answer.className === 'updates.Difference' ? this.#finish(nowMs) : this.#ask()
      }
    }
  }

  channelDifference(id: string, answer: Api.updates.TypeChannelDifference, nowMs: number): void {
    const channel = this.#channels.get(id)
    if (channel === undefined || !channel.fetching) return
    let { pts } = channel
    if (answer.className === 'updates.ChannelDifferenceTooLong') {
      pts = 'pts' in answer.dialog ? answer.dialog.pts : undefined
    } else {
      pts = answer.pts
      if (answer.className === 'updates.ChannelDifference') {
        for (const message of answer.newMessages) this.#hand(asChannelUpdate(message))
        for (const update of answer.otherUpdates) this.#hand(update)
      }
    }
    if (pts === undefined) return this.forgetChannel(id)
    if (!answer.final) {
      channel.pts = pts
      this.#events.push({ type: 'get-channel-difference', channel: id, pts })
      return
    }
    for (const update of channel.fetched(pts, nowMs)) this.#hand(update)
  }

  /** The difference could not be had: it is asked for again, later each time. */
  differenceFailed(nowMs: number): void {
    this.#retryAtMs = nowMs + Math.min(RETRY_CAP_MS, RETRY_MS * 2 ** this.#retries++)
  }

  channelDifferenceFailed(id: string, nowMs: number): void {
    this.#channelRetryAtMs.set(id, nowMs + RETRY_MS)
  }

  forgetChannel(id: string): void {
    this.#channels.delete(id)
    this.#channelRetryAtMs.delete(id)
  }

  #ask(): void {
    if (this.#common === undefined) {
      this.#events.push({ type: 'get-state' })
      return
    }
    for (const gap of [this.#ptsGap, this.#qtsGap, this.#seqGap]) gap.fetching()
    const { pts, qts, date } = this.#common
    this.#events.push({ type: 'get-difference', pts, qts, date })
  }

  #askChannel(channel: ChannelSequence): void {
    if (channel.fetching || channel.pts === undefined) return
    channel.startFetching()
    this.#events.push({ type: 'get-channel-difference', channel: channel.id, pts: channel.pts })
  }

  #finish(nowMs: number): void {
    this.#fetching = undefined
    this.#takeHeld(nowMs)
    for (const container of this.#waiting.splice(0)) this.#take(container, nowMs)
    for (const gap of [this.#ptsGap, this.#qtsGap, this.#seqGap]) gap.stillMissing(nowMs)
    if (this.#fetchAgain) this.catchUp(nowMs)
    if (this.#fetching === undefined) this.#events.push({ type: 'caught-up' })
  }

  #take(container: Container, nowMs: number): void {
    const common = this.#common
    if (common === undefined || this.#fetching !== undefined) {
      this.#waiting.push(container)
      return this.catchUp(nowMs)
    }
    if (container.seqStart > 0) {
      const verdict = GapBuffer.judge(common.seq, container.seqStart, 1)
      if (verdict === 'old') return
      if (verdict === 'gap') return this.#seqGap.hold(container, container.seqStart, 1, nowMs)
    }
    this.#open(container, nowMs)
    this.#takeHeld(nowMs)
  }

  #open({ seq, date, updates }: Container, nowMs: number): void {
    const common = this.#common!
    if (seq > 0) common.seq = seq
    if (date > common.date) common.date = date
    for (const [i, update] of updates.entries()) {
      // An update may have shown that something is missing: what stands behind it waits for that.
      if (this.#fetching !== undefined)
        return void this.#waiting.push({ seqStart: 0, seq: 0, date, updates: updates.slice(i) })
      this.#apply(update, nowMs)
    }
  }

  #apply(update: TlObject, nowMs: number): void {
    const sequence = sequenceOf(update)
    const common = this.#common!
    const { className } = update
    if (className === 'UpdatePtsChanged') return this.catchUp(nowMs)
    if (className === 'UpdateChannelTooLong') return this.#channelTooLong(update as Api.UpdateChannelTooLong)
    if (sequence.kind === 'none') return this.#hand(update)
    if (sequence.kind === 'pts' && sequence.channel !== undefined) {
      for (const ready of this.#channel(sequence.channel).receive(update, nowMs)) this.#hand(ready)
      return
    }
    const [gap, counter, value, count] =
      sequence.kind === 'pts'
        ? ([this.#ptsGap, 'pts', sequence.pts, sequence.count] as const)
        : ([this.#qtsGap, 'qts', sequence.qts, 1] as const)
    const verdict = GapBuffer.judge(common[counter], value, count)
    if (verdict === 'old') return
    if (verdict === 'gap') return gap.hold(update, value, count, nowMs)
    common[counter] = value
    this.#hand(update)
    this.#takeHeld(nowMs)
  }

  /** An update inside a difference: its private counters are part of the answer's state, those of channels are not. */
  #applyFetched(update: TlObject, nowMs: number): void {
    const sequence = sequenceOf(update)
    if (sequence.kind === 'pts' && sequence.channel !== undefined) {
      for (const ready of this.#channel(sequence.channel).receive(update, nowMs)) this.#hand(ready)
    } else if (update.className === 'UpdateChannelTooLong') {
      this.#channelTooLong(update as Api.UpdateChannelTooLong)
    } else if (update.className !== 'UpdatePtsChanged') {
      this.#hand(update)
    }
  }

  #channelTooLong({ channelId, pts }: Api.UpdateChannelTooLong): void {
    const channel = this.#channel(String(channelId))
    // A channel that was never heard of: its past is not missing, but what comes from `pts` on would be.
    if (channel.pts === undefined) channel.pts = pts
    else if (pts === undefined || pts > channel.pts) this.#askChannel(channel)
  }

  #takeHeld(nowMs: number): void {
    const common = this.#common!
    for (let again = true; again && this.#fetching === undefined;) {
      again = false
      for (const [gap, counter] of [
        [this.#ptsGap, 'pts'],
        [this.#qtsGap, 'qts'],
      ] as const) {
        const next = gap.take(common[counter])
        if (next === undefined) continue
        common[counter] = next.value
        this.#hand(next.item)
        again = true
      }
      const container = this.#seqGap.take(common.seq)
      if (container === undefined) continue
      this.#open(container.item, nowMs)
      again = true
    }
  }

  #channel(id: string): ChannelSequence {
    let channel = this.#channels.get(id)
    if (channel === undefined) {
      channel = new ChannelSequence(id)
      this.#channels.set(id, channel)
    }
    return channel
  }

  #hand(update: TlObject): void {
    if (!(update instanceof AffectedMessages)) this.#events.push({ type: 'update', update })
  }
}
