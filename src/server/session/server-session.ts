import { encodeContainer, CONTAINER_HEADER, INNER_HEADER } from '../../mtproto/container.js'
import type { MsgIdKind } from '../../mtproto/msg-id.js'
import { SeqNoCounter } from '../../mtproto/seq-no.js'
import * as Mtproto from '../../../generated/mtproto/index.js'
import type { ServerKey } from '../core/auth-keys.js'
import { serverMs, type Environment } from '../core/environment.js'
import {
  CONTAINER_BYTES,
  CONTAINER_MESSAGES,
  MAX_SERVICE_IDS,
  RECEIVED_WINDOW,
  RESEND_BYTES,
} from '../limits.js'
import { Outbox, type OutgoingMessage, type PacketSink } from './outbox.js'
import { ReceivedMessages, UNKNOWN } from './received.js'

/** One message of the server, ready to be encrypted. */
export interface ServerMessage {
  readonly msgId: bigint
  readonly seqNo: number
  readonly body: Uint8Array
}

/** A message as a session keeps it until it is acknowledged. */
export type KeptMessage = OutgoingMessage<SessionLink>

/** A connection as a session sees it. */
export interface SessionLink extends PacketSink {
  /** No other connection of this process has it. */
  readonly number: number
  send(session: ServerSession, message: ServerMessage): void
  /** The session has ended. */
  forget(session: ServerSession): void
  /** Ends the connection from this side. */
  end(): void
}

export interface Outgoing {
  /** 1: reaction to a message of the client; 3: everything else (mtproto/description#message-identifier-msg-id). */
  readonly kind: MsgIdKind
  /** Has to be acknowledged, and is kept until it is. */
  readonly contentRelated: boolean
  readonly answerTo?: bigint
  /** The connection that the query came on; where it is gone, any other of the session. */
  readonly link?: SessionLink | undefined
}

/**
 * The server's half of one session: what was received, what was sent, and over which connections. It outlives them.
 * @see https://core.telegram.org/mtproto/description#session
 */
export class ServerSession {
  readonly id: bigint
  readonly key: ServerKey
  readonly received: ReceivedMessages = new ReceivedMessages()
  readonly outbox: Outbox<SessionLink> = new Outbox<SessionLink>()
  readonly links: Set<SessionLink> = new Set()
  /** Where updates go: the connection that last asked something without invokeWithoutUpdates. */
  updatesLink: SessionLink | undefined
  /** Something was asked in it without invokeWithoutUpdates, so it is told what happens. */
  takesUpdates = false
  /** new_session_created, once it has been queued. */
  announcement: KeptMessage | undefined
  lastActiveMs: number
  /** No message of this session has a lower id. Acknowledgements of lower ones speak of a session before it. */
  readonly firstOwnId: bigint
  readonly #environment: Environment
  readonly #seqNos = new SeqNoCounter()
  #toAcknowledge = new Set<bigint>()
  /** Every content-related id that ever left, so far back that a client may still speak of it; in two generations. */
  #sentIds = new Set<bigint>()
  #olderSentIds = new Set<bigint>()
  #flushSoon = false
  #ended = false

  constructor(id: bigint, key: ServerKey, environment: Environment) {
    this.id = id
    this.key = key
    this.#environment = environment
    this.firstOwnId = environment.msgIds.last + 1n
    this.lastActiveMs = environment.platform.clock.now().monotonicMs
  }

  /** The link in use for what nobody asked for. */
  get mainLink(): SessionLink | undefined {
    if (this.updatesLink?.open) return this.updatesLink
    for (const link of this.links) if (link.open) return link
    return undefined
  }

  attach(link: SessionLink): void {
    if (this.links.has(link)) return
    this.links.add(link)
  }

  /** The server has forgotten this session: answers that are still on their way find nobody. */
  end(): void {
    this.#ended = true
    for (const link of this.links) link.forget(this)
    this.links.clear()
  }

  detach(link: SessionLink): void {
    this.links.delete(link)
    if (this.updatesLink === link) this.updatesLink = undefined
  }

  /** Queues a message; it leaves with the next `flush`. */
  enqueue(body: Uint8Array, outgoing: Outgoing): KeptMessage {
    const message: KeptMessage = {
      msgId: this.#environment.msgIds.next(serverMs(this.#environment), outgoing.kind),
      seqNo: this.#seqNos.next(outgoing.contentRelated),
      body,
      contentRelated: outgoing.contentRelated,
      answerTo: outgoing.answerTo,
      createdMs: this.#environment.platform.clock.now().monotonicMs,
      target: outgoing.link,
      sentOn: undefined,
      sentMs: 0,
      repeated: false,
    }
    this.outbox.add(message)
    if (message.contentRelated) {
      // To take the oldest out of a set, one at a time, is slow: a set keeps the places of what was taken out.
      if (this.#sentIds.size >= RECEIVED_WINDOW) {
        this.#olderSentIds = this.#sentIds
        this.#sentIds = new Set()
      }
      this.#sentIds.add(message.msgId)
    }
    return message
  }

  /** Notes that a message of the client has to be acknowledged; its answer would do, if it comes first. */
  acknowledgeLater(msgId: bigint): void {
    this.#toAcknowledge.add(msgId)
  }

  /** An answer to this message is queued, so that it needs no acknowledgement of its own. */
  acknowledgedByAnswer(msgId: bigint): void {
    this.#toAcknowledge.delete(msgId)
    const message = this.received.get(msgId)
    if (message) message.acknowledged = true
  }

  /** One byte of `msgs_state_info`. A query whose answer nobody fetched in time is forgotten together with it. */
  stateOf(msgId: bigint): number {
    const query = this.received.get(msgId)
    const isAnswerGone = query?.answerId !== undefined && !query.answerSeen && !this.outbox.get(query.answerId)
    return isAnswerGone ? UNKNOWN : this.received.stateOf(msgId)
  }

  hasSent(msgId: bigint): boolean {
    return this.#sentIds.has(msgId) || this.#olderSentIds.has(msgId)
  }

  /**
   * Queues once more, for a connection that has just come, what left on connections that are gone. That the session is
   * new comes first, and from whichever connection: until the client acknowledges that, it takes what it is told for
   * the word of one that remembers.
   */
  repeatStranded(link: SessionLink): void {
    const { announcement } = this
    const isHeard = announcement === undefined || this.outbox.get(announcement.msgId) === undefined
    if (!isHeard) this.repeat(announcement, link)
    const stranded = this.outbox.stranded(this.#environment.platform.clock.now().monotonicMs)
    for (const message of stranded) if (message !== announcement) this.repeat(message, link)
  }

  /** Sends a kept message once more, or says that it is there when it is large. */
  repeat(message: KeptMessage, link: SessionLink): void {
    if (message.body.length > RESEND_BYTES) return this.#announceKept(message, link)
    this.resend(message, link)
  }

  /** Sends a kept message once more, whatever its size: the client has asked for it. */
  resend(message: KeptMessage, link: SessionLink): void {
    message.target = link
    this.outbox.repeat(message)
  }

  /**
   * `msg_detailed_info#276d3ec6 msg_id:long answer_msg_id:long bytes:int status:int = MsgDetailedInfo;`
   * `msg_new_detailed_info#809db6df answer_msg_id:long bytes:int status:int = MsgDetailedInfo;`
   * @see https://core.telegram.org/mtproto/service_messages_about_messages#extended-voluntary-communication-of-status
   */
  #announceKept({ msgId, body, answerTo }: KeptMessage, link: SessionLink): void {
    const facts = { answerMsgId: msgId, bytes: body.length, status: 0 }
    const info =
      answerTo === undefined
        ? new Mtproto.MsgNewDetailedInfo(facts)
        : new Mtproto.MsgDetailedInfo({ msgId: answerTo, ...facts })
    this.enqueue(info.getBytes(), { kind: 3, contentRelated: false, link })
  }

  /** Flushes once the current turn of the event loop is done: answers that come together leave together. */
  flushSoon(): void {
    if (this.#flushSoon) return
    this.#flushSoon = true
    queueMicrotask(() => {
      this.#flushSoon = false
      this.flush()
    })
  }

  /** Sends all that waits: small messages grouped into containers, large ones alone. */
  flush(): void {
    if (this.#ended) return
    this.#queueAcknowledgements()
    if (this.outbox.queued === 0) return
    const waiting: KeptMessage[] = []
    const byLink = new Map<SessionLink, KeptMessage[]>()
    for (const message of this.outbox.take()) {
      const link = this.#linkFor(message)
      if (!link) waiting.push(message)
      else if (byLink.has(link)) byLink.get(link)!.push(message)
      else byLink.set(link, [message])
    }
    const nowMs = this.#environment.platform.clock.now().monotonicMs
    this.outbox.putBack(waiting, nowMs)
    for (const [link, messages] of byLink) this.#sendAll(link, messages)
  }

  #linkFor(message: KeptMessage): SessionLink | undefined {
    return message.target?.open ? message.target : this.mainLink
  }

  #queueAcknowledgements(): void {
    const link = this.mainLink
    if (this.#toAcknowledge.size === 0 || !link) return
    const all = [...this.#toAcknowledge]
    this.#toAcknowledge = new Set()
    for (let start = 0; start < all.length; start += MAX_SERVICE_IDS) {
      const msgIds = all.slice(start, start + MAX_SERVICE_IDS)
      if (this.#environment.faults.acknowledge?.(msgIds) === 'drop') continue
      for (const msgId of msgIds) {
        const message = this.received.get(msgId)
        if (message) message.acknowledged = true
      }
      this.enqueue(new Mtproto.MsgsAck({ msgIds }).getBytes(), { kind: 3, contentRelated: false })
    }
  }

  #sendAll(link: SessionLink, messages: readonly KeptMessage[]): void {
    let group: KeptMessage[] = []
    let bytes = CONTAINER_HEADER
    const close = (): void => {
      if (group.length > 0) this.#sendGroup(link, group)
      group = []
      bytes = CONTAINER_HEADER
    }
    for (const message of messages) {
      const size = INNER_HEADER + message.body.length
      if (group.length === CONTAINER_MESSAGES || (group.length > 0 && bytes + size > CONTAINER_BYTES)) close()
      group.push(message)
      bytes += size
    }
    close()
  }

  #sendGroup(link: SessionLink, group: readonly KeptMessage[]): void {
    const sentMs = this.#environment.platform.clock.now().monotonicMs
    for (const message of group) {
      message.sentOn = link
      message.sentMs = sentMs
    }
    const [only] = group
    // A message that left before may do so again under its id only inside a container, whose header is new.
    if (group.length === 1 && !only!.repeated) {
      link.send(this, only!)
      return
    }
    const kind = group.some(({ answerTo }) => answerTo !== undefined) ? 1 : 3
    const msgId = this.#environment.msgIds.next(serverMs(this.#environment), kind)
    link.send(this, { msgId, seqNo: this.#seqNos.next(false), body: encodeContainer(group) })
  }
}
