import * as Api from '../../generated/api/index.js'
import { LocalError } from '../errors/errors.js'
import { isRpcError } from '../errors/rpc-error.js'
import type { CancelTimer } from '../platform/timers.js'
import type { TlObject } from '../tl/object.js'
import { CHANNEL_LIMIT, CHANNEL_LIMIT_BOT } from '../updates/limits.js'
import { UpdateSequencer } from '../updates/sequencer.js'
import { isUpdates } from '../updates/unpack.js'
import type { SequencerEvent } from '../updates/update-events.js'
import type { ClientCore } from './core.js'
import { rememberBrought } from './events/brought-with.js'
import { UpdateConnectionState } from './events/builder.js'

/** The state is written to the session at most this often after it has changed, and when the client disconnects. */
const SAVE_EVERY_MS = 1_000
/** The account cannot see this channel any more: what happens there is none of its business. */
const CHANNEL_GONE = new Set(['CHANNEL_PRIVATE', 'CHANNEL_INVALID', 'USER_NOT_PARTICIPANT', 'CHAT_FORBIDDEN'])

/** These come to connections that nobody is logged in on, too, and have no place in any sequence. */
const WITHOUT_ACCOUNT = new Set([
  'UpdateLoginToken',
  'UpdateDcOptions',
  'UpdateConfig',
  'UpdateLangPack',
  'UpdateLangPackTooLong',
])

interface Counted {
  readonly pts?: unknown
  readonly ptsCount?: unknown
}

/**
 * Drives the sequencer: feeds it what the connection brings, asks for differences, and keeps its state in the session.
 */
export class UpdateFeed {
  readonly #core: ClientCore
  readonly #deliver: (update: TlObject | UpdateConnectionState) => Promise<void>
  #sequencer: UpdateSequencer | undefined
  #cancelTimer: CancelTimer | undefined
  #listening = false
  #savedAtMs = Number.NEGATIVE_INFINITY
  #waiters: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = []

  constructor(core: ClientCore, deliver: (update: TlObject | UpdateConnectionState) => Promise<void>) {
    this.#core = core
    this.#deliver = deliver
    core.listeners.push({
      onObject: (value, origin, request) => this.#onObject(value, origin, request),
      onGap: () => this.#step((sequencer, nowMs) => sequencer.suspectGap(nowMs)),
      onLink: (up) => {
        if (this.#listening) void deliver(new UpdateConnectionState(up ? 1 : -1))
        if (up) this.#step((sequencer, nowMs) => sequencer.resume(nowMs))
      },
      onClose: () => this.#close(),
    })
  }

  /** Somebody wants updates: from here on they are put in order, and what is missing is fetched. */
  listen(): void {
    this.#listening = true
  }

  /** @throws what a request for the difference fails with when it cannot be tried again. */
  async catchUp(): Promise<void> {
    if (!this.#core.running) throw new LocalError('state', 'catchUp() needs a connection; call connect() first')
    this.listen()
    const done = new Promise<void>((resolve, reject) => this.#waiters.push({ resolve, reject }))
    this.#step((sequencer, nowMs) => sequencer.catchUp(nowMs))
    return done
  }

  #onObject(value: unknown, origin: 'push' | 'answer', request: TlObject | undefined): void {
    if (!this.#listening) return
    if (isUpdates(value)) {
      rememberBrought(value)
      if (value.className === 'UpdateShort' && WITHOUT_ACCOUNT.has(value.update.className))
        return void this.#deliver(value.update)
      if (value.className !== 'UpdateShortSentMessage')
        return this.#step((sequencer, nowMs) => sequencer.receive(value, nowMs))
      return this.#step((sequencer, nowMs) => sequencer.affected(value.pts, value.ptsCount, undefined, nowMs))
    }
    if (origin === 'push') return
    const { pts, ptsCount } = value as Counted
    if (typeof pts !== 'number' || typeof ptsCount !== 'number') return
    const { channel } = (request ?? {}) as { channel?: { channelId?: unknown } }
    const id = channel?.channelId === undefined ? undefined : String(channel.channelId)
    this.#step((sequencer, nowMs) => sequencer.affected(pts, ptsCount, id, nowMs))
  }

  #step(act: (sequencer: UpdateSequencer, nowMs: number) => void): void {
    if (!this.#listening || !this.#core.running) return
    const { session } = this.#core
    this.#sequencer ??= new UpdateSequencer((update) => this.#knowsPeers(update), session.updateState)
    act(this.#sequencer, this.#nowMs())
    this.#drain()
  }

  #drain(): void {
    const sequencer = this.#sequencer
    if (sequencer === undefined) return
    for (let event = sequencer.nextEvent(); event !== undefined; event = sequencer.nextEvent()) this.#handle(event)
    const saveDueMs = this.#save(false)
    this.#cancelTimer?.()
    const silenceMs = sequencer.deadline()
    const deadlineMs = saveDueMs === undefined ? silenceMs : Math.min(saveDueMs, silenceMs ?? Infinity)
    this.#cancelTimer =
      deadlineMs === undefined || !this.#core.running
        ? undefined
        : this.#core.settings.platform.timers.set(Math.max(0, deadlineMs - this.#nowMs()), () =>
            this.#step((due, nowMs) => due.timeout(nowMs)),
          )
  }

  #handle(event: SequencerEvent): void {
    switch (event.type) {
      case 'update':
        void this.#deliver(event.update)
        return
      case 'caught-up':
        for (const { resolve } of this.#waiters.splice(0)) resolve()
        return
      case 'get-state':
        return this.#ask(
          () => this.#core.ask(new Api.updates.GetState()),
          (state, sequencer, nowMs) => sequencer.begin(state, nowMs),
          (sequencer, nowMs) => sequencer.differenceFailed(nowMs),
        )
      case 'get-difference': {
        const { pts, qts, date } = event
        return this.#ask(
          () => this.#core.ask(new Api.updates.GetDifference({ pts, qts, date })),
          (answer, sequencer, nowMs) => sequencer.difference(answer, nowMs),
          (sequencer, nowMs) => sequencer.differenceFailed(nowMs),
        )
      }
      case 'get-channel-difference':
        return this.#askChannel(event.channel, event.pts)
    }
  }

  #askChannel(id: string, pts: number): void {
    const row = this.#core.session.findEntity({ kind: 'channel', id })
    if (row?.accessHash === undefined) {
      this.#sequencer?.forgetChannel(id)
      return
    }
    const channel = new Api.InputChannel({ channelId: id, accessHash: row.accessHash })
    const limit = this.#core.selfIsBot ? CHANNEL_LIMIT_BOT : CHANNEL_LIMIT
    this.#ask(
      () =>
        this.#core.ask(
          new Api.updates.GetChannelDifference({ channel, filter: new Api.ChannelMessagesFilterEmpty(), pts, limit }),
        ),
      (answer, sequencer, nowMs) => sequencer.channelDifference(id, answer, nowMs),
      (sequencer, nowMs, error) => {
        if (isRpcError(error) && CHANNEL_GONE.has(error.type)) sequencer.forgetChannel(id)
        else sequencer.channelDifferenceFailed(id, nowMs)
      },
    )
  }

  #ask<Answer extends object>(
    ask: () => Promise<Answer>,
    use: (answer: Answer, sequencer: UpdateSequencer, nowMs: number) => void,
    fail: (sequencer: UpdateSequencer, nowMs: number, error: Error) => void,
  ): void {
    ask().then(
      (answer) => {
        rememberBrought(answer)
        this.#step((sequencer, nowMs) => use(answer, sequencer, nowMs))
      },
      (error: Error) => {
        if (!this.#core.running) return
        if (isRpcError(error) && error.code === 401) return this.#giveUp(error)
        this.#core.settings.logger.warn(`updates could not be fetched: ${error.message}`)
        this.#step((sequencer, nowMs) => fail(sequencer, nowMs, error))
      },
    )
  }

  /** Nobody is logged in: there are no updates until somebody is. */
  #giveUp(error: Error): void {
    this.#sequencer = undefined
    this.#cancelTimer?.()
    for (const { reject } of this.#waiters.splice(0)) reject(error)
  }

  /** Returns when to come again, on the monotonic clock, where it is too early to save. */
  #save(now: boolean): number | undefined {
    const { session } = this.#core
    const state = this.#sequencer?.state
    if (state === undefined) return undefined
    const dueMs = this.#savedAtMs + SAVE_EVERY_MS
    if (!now && this.#nowMs() < dueMs) return dueMs
    session.updateState = state
    session.save()
    this.#savedAtMs = this.#nowMs()
    return undefined
  }

  #close(): void {
    this.#cancelTimer?.()
    this.#cancelTimer = undefined
    this.#save(true)
    this.#sequencer = undefined
    const error = new LocalError('disconnected', 'disconnect() ended catchUp() before it was done')
    for (const { reject } of this.#waiters.splice(0)) reject(error)
  }

  /** Short updates name their peers by id alone: without an access hash nobody could answer them. */
  #knowsPeers(update: TlObject): boolean {
    const { className, userId, fromId } = update as TlObject & { userId?: unknown; fromId?: unknown }
    const id = className === 'UpdateShortMessage' ? userId : className === 'UpdateShortChatMessage' ? fromId : undefined
    return id === undefined || this.#core.session.findEntity({ kind: 'user', id: String(id) }) !== undefined
  }

  #nowMs(): number {
    return this.#core.settings.platform.clock.now().monotonicMs
  }
}
