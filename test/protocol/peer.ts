import type { RsaPrivateKey } from '../../src/crypto/rsa.js'
import { clientEngine } from '../../src/mtproto/engine/client-engine.js'
import type { CallId, CallOptions, Engine, EngineEvent } from '../../src/mtproto/engine/engine.js'
import type { EngineOptions } from '../../src/mtproto/engine/options.js'
import { constructorId, ID_MSG_CONTAINER } from '../../src/mtproto/constructors.js'
import { decodeContainer, encodeContainer, type Message } from '../../src/mtproto/container.js'
import { decrypt, isUnderKey, open, seal, type AuthKey } from '../../src/mtproto/encrypted.js'
import type * as exchange from '../../src/mtproto/handshake/server.js'
import { MsgIdGenerator, type MsgIdKind } from '../../src/mtproto/msg-id.js'
import { decodePlain, encodePlain, isPlain } from '../../src/mtproto/plain.js'
import { readObject as read } from '../../src/mtproto/service-codec.js'
import { SeqNoCounter } from '../../src/mtproto/seq-no.js'
import { ManualPlatform, seededRandom } from '../../src/platform/manual.js'
import type { Random } from '../../src/platform/random.js'
import * as Mt from '../../generated/mtproto/index.js'
import type { TransportCodec } from '../../src/transport/codec.js'
import { detectTransport } from '../../src/transport/detect.js'
import { intermediate } from '../../src/transport/intermediate.js'
import { transportErrorPayload } from '../../src/transport/payload.js'
import { isQuery, query } from './bodies.js'
import { answerExchange, rsaKey, serve } from './right-server.js'

export { read }

/** A message of the client as the peer has opened it. */
export interface Seen extends Message {
  readonly sessionId: bigint
  readonly salt: bigint
  readonly keyId: string
  /** msg_id of the container around it. */
  readonly container: bigint | undefined
}

export interface PeerKey {
  readonly key: AuthKey
  readonly salt: bigint
  readonly temporary: boolean
  /** Unix seconds, for a temporary key. */
  readonly expiresAt?: number
  bound?: boolean
  /** The server has lost the key. */
  gone?: boolean
}

export interface PeerOptions {
  readonly engine?: Partial<EngineOptions>
  readonly seed?: number
  readonly clientRandom?: (seeded: Random) => Random
  /** The client's wall clock less the server's, in milliseconds. */
  readonly skewMs?: number
  readonly codecs?: (random: Random) => { readonly client: TransportCodec; readonly server: TransportCodec }
  readonly serverKeys?: EngineOptions['serverKeys']
}

/**
 * One engine and, facing it, a server made of the same pieces with the side flipped, on virtual time and without a
 * network. It behaves until a test replaces one of its hooks or makes it send something else.
 */
export class Peer {
  readonly platform: ManualPlatform
  readonly engine: Engine
  readonly options: PeerOptions
  readonly events: EngineEvent[] = []
  /** Everything the client has sent, decrypted, in order. */
  readonly seen: Seen[] = []
  readonly plainSeen: Uint8Array[] = []
  readonly packets: Uint8Array[] = []
  /** Keys in the order of their exchange. */
  readonly keys: PeerKey[] = []
  readonly random: Random
  link: { client: TransportCodec; server: TransportCodec } | undefined
  key: AuthKey | undefined
  salt = 0n
  sessionId = 0n
  uniqueId = 1n
  executed: number[] = []
  /** Server clock less the platform's wall clock at the start. */
  readonly #epochMs: number
  readonly msgIds: MsgIdGenerator = new MsgIdGenerator()
  readonly plainIds: MsgIdGenerator = new MsgIdGenerator()
  seqNos: SeqNoCounter = new SeqNoCounter()
  sessions: Set<bigint> = new Set()
  state: exchange.SentResPq | exchange.SentDhParams | undefined

  /** Hooks: what the server does with a message, an answer of the key exchange, a packet. */
  onMessage: (message: Seen, peer: Peer) => void = (message) => this.serve(message)
  onPlainAnswer: (answer: Uint8Array, step: 'resPQ' | 'dh-params' | 'dh-gen', peer: Peer) =>
    void = (answer) => this.sendPlain(answer)
  onPacket: (packet: Uint8Array, peer: Peer) => void = (packet) => this.take(packet)
  isTaken: (authKey: Uint8Array) => boolean = () => false
  fingerprints: readonly RsaPrivateKey[] = [rsaKey()]
  primes = { p: 1_229_739_323n, q: 1_402_015_859n }
  exchangeRandom: Random
  newSessions = true

  constructor(options: PeerOptions = {}) {
    this.options = options
    const skewMs = options.skewMs ?? 0
    this.platform = new ManualPlatform({ seed: options.seed ?? 7, wallMs: Date.UTC(2026, 0, 1) + skewMs })
    this.#epochMs = Date.UTC(2026, 0, 1)
    this.random = seededRandom((options.seed ?? 7) + 1)
    this.exchangeRandom = this.random
    const random = options.clientRandom?.(this.platform.random) ?? this.platform.random
    this.engine = clientEngine(
      { random, dc: 2, serverKeys: options.serverKeys ?? [rsaKey()], pfs: false, ...options.engine },
      this.platform.clock.now(),
    )
  }

  get now(): { wallMs: number; monotonicMs: number } {
    return this.platform.clock.now()
  }

  get serverMs(): number {
    return this.#epochMs + this.now.monotonicMs
  }

  /** A new link; everything runs until both sides are quiet. */
  connect(): this {
    const { codecs } = this.options
    this.link = codecs?.(this.random) ?? { client: intermediate('client'), server: detectTransport(this.random) }
    this.engine.connected(this.link.client, this.now)
    return this.pump()
  }

  disconnect(): this {
    this.link = undefined
    this.engine.disconnected(this.now)
    return this.pump()
  }

  /** Carries everything that waits, and drains the events. */
  pump(): this {
    for (let round = 0; round < 10_000; round++) {
      const output = this.engine.takeOutput(this.now)
      this.#drain()
      if (output === undefined) {
        const due = this.engine.deadline()
        if (due === undefined || due > this.now.monotonicMs) return this
        this.engine.timeout(this.now)
        this.#drain()
        continue
      }
      this.#receive(output)
    }
    throw new Error('the engine never comes to rest')
  }

  #drain(): void {
    for (let event = this.engine.nextEvent(); event !== undefined; event = this.engine.nextEvent()) {
      this.events.push(event)
      if (event.type === 'lost') this.link = undefined
    }
  }

  #receive(bytes: Uint8Array): void {
    const server = this.link?.server
    if (server === undefined) return
    server.receive(bytes)
    for (let frame = server.next(); frame !== undefined; frame = server.next()) {
      if (frame.kind !== 'payload') continue
      this.packets.push(frame.payload)
      this.onPacket(frame.payload, this)
    }
  }

  /** Opens a packet of the client as a right server does. */
  take(packet: Uint8Array): void {
    if (isPlain(packet)) {
      const { body } = decodePlain(packet)
      this.plainSeen.push(body)
      return answerExchange(this, body)
    }
    const found = this.keys.find(({ key }) => isUnderKey(packet, key))
    if (!found || found.gone || (found.expiresAt ?? Infinity) * 1000 <= this.serverMs) {
      return this.sendPayload(transportErrorPayload(-404))
    }
    const { sessionId, salt, ...message } = open(found.key, 'client', packet)
    this.key = found.key
    this.salt = found.salt
    this.sessionId = sessionId
    const keyId = Buffer.from(found.key.id).toString('hex')
    const inner = constructorId(message.body) === ID_MSG_CONTAINER
      ? decodeContainer(message.body, message.msgId)
      : undefined
    const seen = (inner ?? [message]).map(
      (each): Seen => ({ ...each, sessionId, salt, keyId, container: inner && message.msgId }),
    )
    if (inner) this.seen.push({ ...message, sessionId, salt, keyId, container: undefined })
    this.seen.push(...seen)
    if (this.newSessions && !this.sessions.has(sessionId)) {
      this.sessions.add(sessionId)
      this.newSessionCreated(seen.reduce((least, { msgId }) => (msgId < least ? msgId : least), message.msgId))
    }
    for (const each of seen) this.onMessage(each, this)
  }

  newSessionCreated(firstMsgId: bigint, uniqueId: bigint = this.uniqueId++): void {
    this.send(new Mt.NewSessionCreated({ firstMsgId, uniqueId, serverSalt: this.salt }).getBytes())
  }

  /** What a right server does with a message. */
  serve(message: Seen): void {
    serve(this, message)
  }

  /** Sends one encrypted message; whatever is not given is what a right server would choose. */
  send(
    body: Uint8Array,
    given: { msgId?: bigint; seqNo?: number; kind?: MsgIdKind; content?: boolean; sessionId?: bigint; key?: AuthKey } =
      {},
  ): bigint {
    const msgId = given.msgId ?? this.nextId(given.kind)
    const seqNo = given.seqNo ?? this.seqNos.next(given.content ?? true)
    this.sendPacket(this.sealed({ msgId, seqNo, body }, given.sessionId, given.key))
    return msgId
  }

  sendContainer(
    bodies: readonly { body: Uint8Array; content?: boolean; msgId?: bigint; kind?: MsgIdKind }[],
  ): bigint[] {
    const messages = bodies.map(
      ({ body, content = true, msgId, kind }) =>
        ({ msgId: msgId ?? this.nextId(kind), seqNo: this.seqNos.next(content), body }),
    )
    this.send(encodeContainer(messages), { content: false })
    return messages.map(({ msgId }) => msgId)
  }

  sealed(message: Message, sessionId: bigint = this.sessionId, key: AuthKey = this.key!): Uint8Array {
    return seal(key, 'server', { ...message, sessionId, salt: this.salt }, this.random)
  }

  nextId(kind: MsgIdKind = 3): bigint {
    return this.msgIds.next(this.serverMs, kind)
  }

  sendPlain(body: Uint8Array): void {
    this.sendPayload(encodePlain(this.plainIds.next(this.serverMs, 1), body))
  }

  /** A packet as it is. */
  sendPacket(packet: Uint8Array): void {
    this.sendPayload(packet)
  }

  sendPayload(payload: Uint8Array): void {
    if (this.link) this.sendBytes(this.link.server.encode(payload))
  }

  sendBytes(bytes: Uint8Array): void {
    this.engine.receive(bytes, this.now)
    this.#drain()
  }

  sendError(code: number): this {
    this.sendPayload(transportErrorPayload(code))
    return this.pump()
  }

  call(n: number, options?: CallOptions, length?: number): CallId {
    return this.engine.send(query(n, length), this.now, options)
  }

  /** Lets time pass; the engine's deadline is kept to the millisecond. */
  advance(ms: number): this {
    const untilMs = this.now.monotonicMs + ms
    for (;;) {
      this.pump()
      const due = this.engine.deadline()
      if (due === undefined || due > untilMs) break
      this.platform.advance(Math.max(0, due - this.now.monotonicMs))
      this.engine.timeout(this.now)
    }
    this.platform.advance(untilMs - this.now.monotonicMs)
    return this.pump()
  }

  /** Events of one type, in order. */
  eventsOf<Type extends EngineEvent['type']>(type: Type): Extract<EngineEvent, { type: Type }>[] {
    return this.events.filter((event): event is Extract<EngineEvent, { type: Type }> => event.type === type)
  }

  /** The numbers of the queries that were answered, as the caller sees it. */
  get answered(): number[] {
    return this.eventsOf('result').map(({ body }) => new DataView(body.buffer, body.byteOffset).getUint32(4, true))
  }

  get updates(): number[] {
    return this.eventsOf('message').map(({ body }) => new DataView(body.buffer, body.byteOffset).getUint32(4, true))
  }

  /** Messages of the client with that constructor, since a number of messages ago. */
  sent(type: { readonly CONSTRUCTOR_ID: number }, since = 0): Seen[] {
    return this.seen.slice(since).filter(({ body }) => constructorId(body) === type.CONSTRUCTOR_ID)
  }

  get queries(): Seen[] {
    return this.seen.filter(isQuery)
  }

  /** The ids that the client has acknowledged. */
  get acked(): bigint[] {
    return this.sent(Mt.MsgsAck).flatMap(({ body }) => read(body, Mt.MsgsAck).msgIds)
  }

  get lost(): Extract<EngineEvent, { type: 'lost' }>[] {
    return this.eventsOf('lost')
  }

  /** The plaintext inside a packet of the client, padding included. */
  plaintext(packet: Uint8Array): Uint8Array {
    return decrypt(this.keys.find(({ key }) => isUnderKey(packet, key))!.key, 'client', packet)
  }
}

/** A peer whose key exchange is over and whose session is established. */
export function establishedPeer(options: PeerOptions = {}): Peer {
  const peer = new Peer(options).connect()
  if (peer.eventsOf('ready').length !== 1) throw new Error('the peer is not ready')
  return peer
}
