import { LocalError, RemoteError, TransportError } from '../../errors/errors.js'
import type { Instant } from '../../platform/clock.js'
import type { TransportCodec, TransportFrame } from '../../transport/codec.js'
import { MAX_BODY_BYTES, MAX_SENT_RECORDS } from '../limits.js'
import { MsgIdGenerator, ServerClock } from '../msg-id.js'
import { decodePlain, encodePlain, isPlain } from '../plain.js'
import type { Call } from './call.js'
import { EngineCore } from './core.js'
import type { CallId, CallOptions, Engine, EngineEvent, KeyVerdict } from './engine.js'
import { Keys } from './keys.js'
import type { EngineOptions } from './options.js'
import { nextPacket } from './packer.js'
import { receivePacket } from './receiver.js'
import { destroyAuthKeyItem, dropAnswerItem } from './service-item.js'
import { Sessions } from './sessions.js'
import { upkeep, upkeepDueMs } from './upkeep.js'

/** Makes the client's side of the protocol: one data centre, one key, one session, any number of links in turn. */
export function clientEngine(options: EngineOptions, now: Instant): Engine {
  return new ClientEngine(options, now)
}

class ClientEngine implements Engine {
  readonly #options: EngineOptions
  readonly #core: EngineCore
  readonly #sessions: Sessions
  readonly #keys: Keys
  readonly #plainIds = new MsgIdGenerator()
  #codec: TransportCodec | undefined
  #opened = false
  #quickAcks = new Map<number, readonly Call[]>()

  constructor(options: EngineOptions, now: Instant) {
    this.#options = options
    this.#core = new EngineCore(options.random, new ServerClock(now, options.serverTimeOffsetMs))
    this.#sessions = new Sessions(this.#core)
    this.#keys = new Keys(options, this.#core, this.#sessions)
  }

  connected(codec: TransportCodec, now: Instant): void {
    this.#core.link++
    this.#codec = codec
    this.#opened = false
    this.#quickAcks = new Map()
    this.#guard(now, () => this.#keys.connected(now))
  }

  disconnected(_now: Instant): void {
    this.#codec = undefined
    this.#keys.disconnected()
  }

  send(body: Uint8Array, _now: Instant, options?: CallOptions): CallId {
    if (body.length < 4 || body.length % 4 !== 0 || body.length > MAX_BODY_BYTES) {
      throw new LocalError('argument', `a query of ${body.length} bytes cannot be sent`, {
        path: 'body',
        expected: `4 to ${MAX_BODY_BYTES} bytes, a multiple of 4`,
        got: `${body.length} bytes`,
      })
    }
    return this.#core.calls.add(body, options).id
  }

  cancel(id: CallId, _now: Instant): void {
    const call = this.#core.calls.get(id)
    if (call === undefined) return
    const session = this.#sessions.all().find(({ sent }) => sent === call.sentIn)
    if (session && !session.mute) session.outbox.push(dropAnswerItem(call.msgId))
    this.#core.calls.end(call)
  }

  destroyAuthKey(_now: Instant): void {
    this.#sessions.main?.outbox.push(destroyAuthKeyItem())
  }

  receive(chunk: Uint8Array, now: Instant): void {
    const codec = this.#codec
    if (codec === undefined) return
    codec.receive(chunk)
    this.#guard(now, () => {
      for (let frame = codec.next(); frame !== undefined && this.#codec === codec; frame = codec.next()) {
        this.#takeFrame(frame, now)
      }
      this.#sessions.sweep(now.monotonicMs)
    })
  }

  timeout(now: Instant): void {
    this.#guard(now, () => {
      this.#sessions.sweep(now.monotonicMs)
      this.#keys.timeout(this.#codec !== undefined, now)
      const main = this.#sessions.main
      if (this.#codec && main && now.monotonicMs >= main.heartbeat.deadMs()) {
        throw new TransportError('silent', 'the server has stopped answering')
      }
    })
  }

  takeOutput(now: Instant): Uint8Array | undefined {
    const codec = this.#codec
    if (codec === undefined) return undefined
    if (!this.#opened) {
      this.#opened = true
      const opening = codec.opening()
      if (opening.length > 0) return opening
    }
    const request = this.#keys.takeRequest()
    if (request !== undefined) {
      return codec.encode(encodePlain(this.#plainIds.next(this.#core.clock.nowMs(now)), request))
    }
    return this.#takePacket(codec, now)
  }

  nextEvent(): EngineEvent | undefined {
    return this.#core.nextEvent()
  }

  deadline(): number | undefined {
    let dueMs = Math.min(this.#keys.dueMs(this.#codec !== undefined), this.#sessions.dueMs())
    if (this.#codec) {
      for (const session of this.#sessions.all()) if (!session.mute) dueMs = Math.min(dueMs, upkeepDueMs(session))
    }
    return dueMs === Infinity ? undefined : dueMs
  }

  #takePacket(codec: TransportCodec, now: Instant): Uint8Array | undefined {
    const { random, initConnection, compress = true } = this.#options
    const options = { random, link: this.#core.link, initConnection, compress, quickAcks: codec.quickAcks }
    for (const session of this.#sessions.all()) {
      const isMain = session === this.#sessions.main
      if (isMain || session.drainedMs !== undefined) upkeep(session, random, now)
      const packet = nextPacket(session, isMain ? this.#core.calls : undefined, options, now)
      if (packet === undefined) continue
      if (packet.quickAck) this.#expectQuickAck(packet.quickAck.token, packet.quickAck.calls)
      return codec.encode(packet.bytes, packet.quickAck !== undefined)
    }
    return undefined
  }

  #takeFrame(frame: TransportFrame, now: Instant): void {
    switch (frame.kind) {
      case 'error':
        throw this.#transportError(frame.code)
      case 'quick-ack':
        for (const call of this.#quickAcks.get(frame.token) ?? []) this.#core.report(call)
        this.#quickAcks.delete(frame.token)
        return
      case 'payload':
        if (isPlain(frame.payload)) this.#takePlain(frame.payload, now)
        else if (receivePacket(this.#keys, this.#sessions, frame.payload, now)) this.#keys.authenticated()
    }
  }

  /** Plaintext has a meaning in a key exchange alone; anybody can send it. */
  #takePlain(packet: Uint8Array, now: Instant): void {
    const { msgId, body } = decodePlain(packet)
    if ((msgId & 3n) !== 1n) {
      throw new RemoteError('message', 'a plaintext answer has a msg_id that no server makes', { path: 'msg_id' })
    }
    this.#keys.takePlain(body, now)
  }

  #expectQuickAck(token: number, calls: readonly Call[]): void {
    if (this.#quickAcks.size >= MAX_SENT_RECORDS) this.#quickAcks.delete(this.#quickAcks.keys().next().value!)
    this.#quickAcks.set(token, calls)
  }

  #transportError(code: number): TransportError {
    const meaning: Readonly<Record<number, string>> = {
      [-404]: 'it does not know the key, or the query',
      [-429]: 'there are too many connections',
      [-444]: 'it belongs to another data centre',
    }
    const why = meaning[code] === undefined ? '' : `: ${meaning[code]}`
    return new TransportError('transport-error', `the server closed with ${code}${why}`, {
      got: String(code),
      transportCode: code,
    })
  }

  /** Whatever the peer does wrong ends the link, and nothing else. */
  #guard(now: Instant, action: () => void): void {
    try {
      action()
    } catch (error) {
      if (!(error instanceof RemoteError) && !(error instanceof TransportError)) throw error
      if (this.#codec === undefined) return
      const key: KeyVerdict = error instanceof TransportError ? this.#keys.denied(error.transportCode, now) : 'keep'
      this.disconnected(now)
      this.#core.emit({ type: 'lost', error, key })
    }
  }
}
