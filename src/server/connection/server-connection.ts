import { disposeOf } from '../../bytes/dispose.node.js'
import { RemoteError, TransportError } from '../../errors/errors.js'
import { decrypt, decryptElsewhere, messageIn, quickAckToken, seal, type SessionMessage } from '../../mtproto/encrypted.js'
import { MsgIdGenerator } from '../../mtproto/msg-id.js'
import { decodePlain, encodePlain, isPlain } from '../../mtproto/plain.js'
import type { Link, LinkHandlers } from '../../net/link.js'
import type { CancelTimer } from '../../platform/timers.js'
import { isGathered } from '../../transport/chunk-queue.js'
import type { TransportCodec, TransportFrame } from '../../transport/codec.js'
import { longAt } from '../../tl/little-endian.js'
import { transportErrorPayload } from '../../transport/payload.js'
import type { ServerKey } from '../core/auth-keys.js'
import { serverMs, type Environment } from '../core/environment.js'
import { MAX_PAYLOAD_BYTES, MAX_UNSENT_BYTES, MOST_WAITING_PACKETS } from '../limits.js'
import { receivePacket, type MessageHandler } from '../session/receive.js'
import type { ServerMessage, ServerSession, SessionLink } from '../session/server-session.js'
import type { SessionStore } from '../session/session-store.js'
import type { ViolationCode } from '../strict.js'
import { WrongDataCentre, type KeyExchanges } from './key-exchange.js'
import { IdleWatch } from './idle-watch.js'
import { InOrder } from './in-order.js'
import { PaddingWatch } from './padding-watch.js'

/** What a connection needs of the data centre that accepted it. */
export interface ConnectionHost {
  readonly environment: Environment
  readonly exchanges: KeyExchanges
  readonly sessions: SessionStore
  readonly messages: MessageHandler
  findKey(id: bigint): ServerKey | undefined
  closed(connection: ServerConnection): void
}

const UNKNOWN_KEY = -404
const WRONG_DC = -444

const keyIdOf = (packet: Uint8Array): bigint => BigInt.asUintN(64, longAt(packet, 0))

/** One connection of a client: framing below, any number of keys and sessions above. */
export class ServerConnection implements SessionLink, LinkHandlers {
  static #count = 0
  readonly number: number = ++ServerConnection.#count
  open = true
  readonly #host: ConnectionHost
  readonly #link: Link
  readonly #codec: TransportCodec
  readonly #sessions = new Set<ServerSession>()
  readonly #plainIds = new MsgIdGenerator()
  readonly #padding: PaddingWatch | undefined
  readonly #order = new InOrder((work) => {
    this.#together(work)
    this.resume(undefined)
  })
  #held = false
  #touched = new Set<ServerSession>()
  #cancelDisconnect: CancelTimer | undefined
  readonly #idle: IdleWatch | undefined

  constructor(host: ConnectionHost, link: Link, codec: TransportCodec) {
    this.#host = host
    this.#link = link
    this.#codec = codec
    const { platform, idle } = host.environment
    this.#idle = idle && new IdleWatch(platform, idle, () => this.end())
    this.#padding = host.environment.violations.strict ? new PaddingWatch() : undefined
  }

  data(chunk: Uint8Array): void {
    if (!this.open) return
    this.#codec.receive(chunk)
    this.resume(undefined)
  }

  /** Goes on with what the codec holds, after a frame that somebody has taken from it already. */
  resume(first: TransportFrame | undefined): void {
    this.#together(() => {
      for (let frame = first ?? this.#next(); frame !== undefined; frame = this.#next()) {
        if (frame.kind === 'payload') this.#receive(frame.payload, frame.quickAckRequested)
      }
    })
  }

  close(): void {
    this.#release()
  }

  /** Ends the connection from this side. */
  end(): void {
    if (!this.open) return
    this.#release()
    this.#link.close()
  }

  /** Answers with a transport error, and ends the connection. */
  fail(code: number): void {
    if (!this.open) return
    this.#frame(transportErrorPayload(code))
    this.end()
  }

  /** `ping_delay_disconnect`: every call moves the end of the connection. */
  endLater(delaySeconds: number): void {
    if (!this.open) return
    this.#cancelDisconnect?.()
    this.#cancelDisconnect = this.#host.environment.platform.timers.set(delaySeconds * 1000, () => this.end())
  }

  /** Encrypts one message of a session and sends it. */
  send(session: ServerSession, { msgId, seqNo, body }: ServerMessage): void {
    const { environment } = this.#host
    const { faults, platform } = environment
    const salt = session.key.salts.current(serverMs(environment))
    const plain: SessionMessage = { salt, sessionId: session.id, msgId, seqNo, body }
    const packet = seal(session.key.authKey, 'server', faults.packetOut?.(plain) ?? plain, platform.random)
    // A test may keep what it is shown: the packet itself is gone as soon as it is sent.
    for (const payload of faults.sealed?.(packet.slice()) ?? [packet]) this.#frame(payload)
  }

  forget(session: ServerSession): void {
    this.#sessions.delete(session)
  }

  /** How many sessions use this connection. */
  get sessions(): number {
    return this.#sessions.size
  }

  /** Sends any payload, framed: for tests that forge packets. */
  sendPayload(payload: Uint8Array): void {
    this.#frame(payload)
  }

  /** Sends bytes as they are, without a frame. */
  sendRaw(bytes: Uint8Array): void {
    this.#write(bytes)
  }

  /** Does a piece of work, and then sends what its sessions have to say, in as few packets as possible. */
  #together(work: () => void): void {
    try {
      work()
    } catch (error) {
      if (!(error instanceof TransportError)) throw error
      this.end()
    } finally {
      const touched = this.#touched
      this.#touched = new Set()
      for (const session of touched) session.flush()
    }
  }

  /** The next frame, if this is the time for it: as long as too many packets wait, the peer is held up. */
  #next(): TransportFrame | undefined {
    if (!this.open) return undefined
    const held = this.#order.waiting >= MOST_WAITING_PACKETS
    if (held !== this.#held) this.#link.hold?.((this.#held = held))
    return held ? undefined : this.#codec.next()
  }

  #receive(packet: Uint8Array, quickAckRequested: boolean): void {
    const { faults } = this.#host.environment
    if (packet.length > MAX_PAYLOAD_BYTES) return this.end()
    const error = faults.transportError?.(packet)
    if (error !== undefined) return this.fail(error)
    // A test may keep what it is shown: the packet itself may be decrypted in its place.
    if (faults.packetIn?.(packet.slice()) === 'drop') return
    const elsewhere = this.#decryptElsewhere(packet)
    if (!elsewhere) {
      this.#order.next(() => this.#take(packet, quickAckRequested))
    } else {
      this.#order.after(elsewhere, (outcome) => this.#take(packet, quickAckRequested, outcome))
    }
  }

  /** The plaintext of a large packet, where it is worth while not to wait for it. */
  #decryptElsewhere(packet: Uint8Array): Promise<Uint8Array> | undefined {
    const { decryption } = this.#host.environment
    if (!decryption?.wants(packet.length) || isPlain(packet)) return undefined
    const key = this.#host.findKey(keyIdOf(packet))
    return key && decryptElsewhere(decryption.decipher, key.authKey, 'client', packet)
  }

  #take(packet: Uint8Array, quickAckRequested: boolean, decrypted?: PromiseSettledResult<Uint8Array>): void {
    if (!this.open) return
    if (isPlain(packet)) this.#receivePlain(packet)
    else this.#receiveEncrypted(packet, quickAckRequested, decrypted)
  }

  #receivePlain(packet: Uint8Array): void {
    const { environment, exchanges } = this.#host
    try {
      const { step, body, state } = exchanges.answer(decodePlain(packet).body)
      this.#idle?.heard()
      for (const answer of environment.faults.exchange?.(step, body, state) ?? [body]) {
        this.#frame(encodePlain(this.#plainIds.next(serverMs(environment), 1), answer))
      }
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error
      this.#report('handshake', error.message)
      this.fail(error instanceof WrongDataCentre ? WRONG_DC : UNKNOWN_KEY)
    }
  }

  #receiveEncrypted(
    packet: Uint8Array,
    quickAckRequested: boolean,
    decrypted: PromiseSettledResult<Uint8Array> | undefined,
  ): void {
    const key = this.#host.findKey(keyIdOf(packet))
    if (!key) return this.fail(UNKNOWN_KEY)
    let plain: Uint8Array
    let message: SessionMessage
    try {
      if (decrypted?.status === 'rejected') throw decrypted.reason
      plain = decrypted?.value ?? decrypt(key.authKey, 'client', packet)
      message = messageIn(plain)
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error
      this.#report('unauthenticated', error.message, key)
      return this.fail(UNKNOWN_KEY)
    }
    this.#idle?.heard()
    if (quickAckRequested && this.#codec.quickAcks) {
      this.#write(this.#codec.encodeQuickAck(quickAckToken(key.authKey, plain)))
    }
    this.#watchPadding(key, plain, message)
    const session = this.#host.sessions.obtain(key, message.sessionId)
    this.#touched.add(session)
    if (!session.links.has(this)) this.#attach(session)
    receivePacket(session, this, message, this.#host.messages, this.#host.environment)
    if (isGathered(packet)) disposeOf(packet)
  }

  #attach(session: ServerSession): void {
    this.#sessions.add(session)
    session.attach(this)
    session.repeatStranded(this)
  }

  #watchPadding(key: ServerKey, plain: Uint8Array, message: SessionMessage): void {
    const what = this.#padding?.check(plain, message.body.length)
    if (what !== undefined) this.#report('constant-padding', what, key, message)
  }

  #report(code: ViolationCode, what: string, key?: ServerKey, message?: SessionMessage): void {
    const { environment } = this.#host
    const { sessionId, msgId } = message ?? {}
    environment.violations.report({ code, what, keyId: key?.id, sessionId, msgId, atMs: serverMs(environment) })
  }

  #frame(payload: Uint8Array): void {
    if (this.open) this.#write(this.#codec.encode(payload))
  }

  /** A client may be slow, but what waits for one that does not read is bounded. */
  #write(bytes: Uint8Array): void {
    if (!this.open || this.#link.send(bytes)) return
    if ((this.#link.unsentBytes ?? 0) > MAX_UNSENT_BYTES) this.end()
  }

  #release(): void {
    if (!this.open) return
    this.open = false
    this.#cancelDisconnect?.()
    this.#idle?.stop()
    this.#order.clear()
    for (const session of this.#sessions) session.detach(this)
    this.#sessions.clear()
    this.#host.closed(this)
  }
}
