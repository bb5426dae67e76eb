import * as Mtproto from '../../../generated/mtproto/index.js'
import { gunzip } from '../../crypto/gzip.node.js'
import { sha256 } from '../../crypto/sha.js'
import { toHex } from '../../bytes/hex.js'
import { ID_GZIP_PACKED, ID_MSG_CONTAINER, constructorId } from '../../mtproto/constructors.js'
import { decodeContainer, type Message } from '../../mtproto/container.js'
import { Reader } from '../../tl/reader.js'
import { serverMs, type Environment } from '../core/environment.js'
import { MAX_CONTAINER_MESSAGES, MAX_UNPACKED_BYTES } from '../limits.js'
import type { ViolationCode } from '../strict.js'
import { checkMsgId, checkSeqNo, type Refusal } from './check-message.js'
import type { ReceivedMessage } from './received.js'
import type { ServerSession, SessionLink } from './server-session.js'

/** A container is this much younger, in units of msg_id (a second), than what it repeats. What it sends first is of its own age. */
const REPETITION_AFTER = 1n << 32n

export interface OpenedPacket extends Message {
  readonly salt: bigint
}

/** What a session does with the messages that it has taken. */
export interface MessageHandler {
  /** Whether the constructor is no service message: such a message is a query. */
  isQuery(constructorId: number): boolean
  handle(session: ServerSession, link: SessionLink, message: Message): void
  /** The same msg_id again: never executed a second time. */
  repeated(session: ServerSession, link: SessionLink, message: Message): void
}

/**
 * Takes one decrypted packet: salt, msg_id, container, then each message with its own checks, in the order in which
 * a real server judges them. A packet that fails a check of its own is refused whole, before anything in it counts.
 */
export function receivePacket(
  session: ServerSession,
  link: SessionLink,
  packet: OpenedPacket,
  handler: MessageHandler,
  environment: Environment,
): void {
  const receiver = new PacketReceiver(session, link, handler, environment)
  receiver.receive(packet)
}

class PacketReceiver {
  readonly #session: ServerSession
  readonly #link: SessionLink
  readonly #handler: MessageHandler
  readonly #environment: Environment

  constructor(session: ServerSession, link: SessionLink, handler: MessageHandler, environment: Environment) {
    this.#session = session
    this.#link = link
    this.#handler = handler
    this.#environment = environment
  }

  receive(packet: OpenedPacket): void {
    if (!this.#saltIsRight(packet)) return
    const refusal = checkMsgId(packet.msgId, serverMs(this.#environment))
    if (refusal) return this.#refuse(packet, refusal)
    const isContainer = constructorId(packet.body) === ID_MSG_CONTAINER
    const messages = isContainer ? this.#openContainer(packet) : [packet]
    if (!messages) return
    this.#announce(packet.msgId, messages)
    this.#session.received.forgetOld(this.#environment.platform.clock.now().monotonicMs)
    for (const message of messages) this.#take(message, isContainer ? packet.msgId : undefined)
  }

  #saltIsRight(packet: OpenedPacket): boolean {
    const { key } = this.#session
    const nowMs = serverMs(this.#environment)
    const refused = this.#environment.faults.salt?.(packet.salt, this.#place(packet.msgId)) === 'refuse'
    if (!refused && key.salts.accepts(packet.salt, nowMs)) return true
    const notice = new Mtproto.BadServerSalt({
      badMsgId: packet.msgId,
      badMsgSeqno: packet.seqNo,
      errorCode: 48,
      newServerSalt: key.salts.current(nowMs),
    })
    this.#session.enqueue(notice.getBytes(), { kind: 1, contentRelated: false, link: this.#link })
    return false
  }

  #openContainer(packet: OpenedPacket): readonly Message[] | undefined {
    const { received } = this.#session
    if (received.get(packet.msgId)) {
      this.#refuse(packet, { code: 19, what: `container msg_id ${packet.msgId} was used before` })
      return undefined
    }
    const parity = this.#seqNoRefusal(packet, ID_MSG_CONTAINER)
    if (parity) {
      this.#refuse(packet, parity)
      return undefined
    }
    try {
      // Clients in use exceed the documented limit; a payload's size bounds the number anyway.
      const messages = decodeContainer(packet.body, packet.msgId, Infinity)
      const count = messages.length
      if (count > MAX_CONTAINER_MESSAGES) {
        this.#report('oversize-container', packet.msgId, `${count} messages in one container, at most 1024 are allowed`)
      }
      received.add(packet.msgId, packet.seqNo)
      return messages
    } catch (error) {
      this.#refuse(packet, { code: 64, what: (error as Error).message })
      return undefined
    }
  }

  /** The first packet of a session that this server does not know begins it, and the client is told so. */
  #announce(packetMsgId: bigint, messages: readonly Message[]): void {
    if (this.#session.announcement) return
    const firstMsgId = messages.reduce((lowest, { msgId }) => (msgId < lowest ? msgId : lowest), packetMsgId)
    this.#session.received.beginAt(firstMsgId)
    const unique = this.#environment.platform.random.fill(new Uint8Array(8))
    const created = new Mtproto.NewSessionCreated({
      firstMsgId,
      uniqueId: new DataView(unique.buffer).getBigInt64(0, true),
      serverSalt: this.#session.key.salts.current(serverMs(this.#environment)),
    })
    const outgoing = { kind: 3, contentRelated: true, link: this.#link } as const
    this.#session.announcement = this.#session.enqueue(created.getBytes(), outgoing)
  }

  #take(message: Message, container: bigint | undefined): void {
    if (this.#environment.faults.messageIn?.(message.body.slice(), this.#place(message.msgId)) === 'drop') return
    const { received } = this.#session
    const digest = this.#environment.violations.strict ? toHex(sha256(message.body)) : undefined
    const before = received.get(message.msgId)
    if (before) {
      if (before.digest !== digest) this.#report('reused-id', message.msgId, 'other bytes came under a used msg_id')
      else if (container === undefined && !this.#wasOvertaken(before)) {
        this.#report('duplicate-id', message.msgId, 'a message came again bare, under its old id')
      }
      this.#handler.repeated(this.#session, this.#link, message)
      return
    }
    const refusal = this.#innerRefusal(message, container !== undefined)
    if (refusal) return this.#refuse(message, refusal)
    const wasRepetition = container !== undefined && container - message.msgId > REPETITION_AFTER
    const containerLink = container === undefined ? undefined : this.#link.number
    received.add(message.msgId, message.seqNo, { digest, wasRepetition, containerLink })
    if (message.seqNo % 2 !== 0) this.#session.acknowledgeLater(message.msgId)
    const unpacked = this.#unpack(message)
    if (unpacked) this.#handler.handle(this.#session, this.#link, unpacked)
  }

  /** Whether what comes only now may have left before its repetition, on a connection that was slower. */
  #wasOvertaken({ wasRepetition, containerLink }: ReceivedMessage): boolean {
    return wasRepetition || (containerLink !== undefined && containerLink !== this.#link.number)
  }

  #innerRefusal(message: Message, inContainer: boolean): Refusal | undefined {
    const { received } = this.#session
    if (message.msgId <= received.forgottenUpTo) {
      return { code: 20, what: 'msg_id is so old that whether it was received is forgotten' }
    }
    const id = constructorId(message.body)
    if (inContainer) {
      if (id === ID_MSG_CONTAINER) return { code: 64, what: 'a container lies inside a container' }
      const idRefusal = checkMsgId(message.msgId, serverMs(this.#environment))
      // An old message may stand in a new container; one that is too old to be told from a replay may not.
      if (idRefusal) return idRefusal.code === 16 ? { ...idRefusal, code: 20 } : idRefusal
    }
    return this.#seqNoRefusal(message, id)
  }

  #seqNoRefusal({ msgId, seqNo }: Message, id: number): Refusal | undefined {
    const isQuery = id !== ID_GZIP_PACKED && id !== ID_MSG_CONTAINER && this.#handler.isQuery(id)
    const refusal = checkSeqNo({ msgId, seqNo, constructorId: id, isQuery }, this.#session.received)
    if (!refusal?.forgiven) return refusal
    this.#report(refusal.code, msgId, refusal.what)
    return undefined
  }

  /** Undoes one level of `gzip_packed#3072cfa1 packed_data:bytes = Object;` and allows no second one. */
  #unpack(message: Message): Message | undefined {
    if (constructorId(message.body) !== ID_GZIP_PACKED) return message
    try {
      const body = gunzip(new Reader(message.body, 4).byteString(), MAX_UNPACKED_BYTES)
      const id = constructorId(body)
      if (id !== ID_GZIP_PACKED && id !== ID_MSG_CONTAINER) return { ...message, body }
      this.#refuse(message, { code: 64, what: 'what gzip_packed holds is packed again, or a container' })
    } catch (error) {
      this.#refuse(message, { code: 64, what: `gzip_packed cannot be unpacked: ${(error as Error).message}` })
    }
    return undefined
  }

  #refuse({ msgId, seqNo }: Message, { code, what }: Refusal): void {
    this.#report(code, msgId, what)
    const notice = new Mtproto.BadMsgNotification({ badMsgId: msgId, badMsgSeqno: seqNo, errorCode: code })
    this.#session.enqueue(notice.getBytes(), { kind: 1, contentRelated: false, link: this.#link })
  }

  #report(code: ViolationCode, msgId: bigint, what: string): void {
    const { violations, platform } = this.#environment
    if (!violations.strict) return
    violations.report({ code, what, ...this.#place(msgId), atMs: platform.clock.now().wallMs })
  }

  #place(msgId: bigint): { keyId: bigint; sessionId: bigint; msgId: bigint } {
    return { keyId: this.#session.key.id, sessionId: this.#session.id, msgId }
  }
}
