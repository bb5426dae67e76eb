import { concat } from '../../bytes/bytes.js'
import type { Instant } from '../../platform/clock.js'
import type { Random } from '../../platform/random.js'
import { CONTAINER_HEADER, INNER_HEADER, containerLength, writeContainer, type Message } from '../container.js'
import {
  ENCRYPTED_HEADER,
  INSIDE_HEADER,
  draftPacket,
  plaintextOf,
  quickAckToken,
  sealDraft,
} from '../encrypted.js'
import { MAX_BODY_BYTES, MAX_CONTAINER_MESSAGES, SOFT_CONTAINER_BYTES } from '../limits.js'
import { pack } from '../packed.js'
import type { Call } from './call.js'
import type { CallBook } from './call-book.js'
import { acksItem, type ServiceItem } from './service-item.js'
import type { SessionState } from './session.js'

/** What a packet needs besides the session. */
export interface PackOptions {
  readonly random: Random
  /** The number of the link that will carry it. */
  readonly link: number
  readonly initConnection: Uint8Array | undefined
  readonly compress: boolean
  /** Whether the transport can ask for quick acks. */
  readonly quickAcks: boolean
}

export interface Packet {
  readonly bytes: Uint8Array
  /** Set when a quick ack is asked for: its token, and the calls that it stands for. */
  readonly quickAck: { readonly token: number; readonly calls: readonly Call[] } | undefined
}

/**
 * The next packet of a session, or `undefined` when nothing has to be sent: acknowledgements first, if it is
 * time for them, then service messages, then as many calls as fit, those that went out before first. One message goes
 * bare, several in a container.
 * @param calls the calls that wait for a new msg_id; `undefined` for a session that gives none.
 */
export function nextPacket(
  session: SessionState,
  calls: CallBook | undefined,
  options: PackOptions,
  now: Instant,
): Packet | undefined {
  if (session.mute) return undefined
  const acksDue = (session.acks.dueMs() ?? Infinity) <= now.monotonicMs
  if (session.repeats.length > 0) session.repeats = session.repeats.filter((call) => isStillToRepeat(session, call))
  const mustSend = session.outbox.length > 0 || session.repeats.length > 0 || acksDue
  if (!mustSend && calls?.peek(!session.established) === undefined) return undefined
  const draft = new Draft(session, options, now)
  const withAcks = session.acks.ride(now.monotonicMs) || (session.outbox.length > 0 && session.acks.size > 0)
  if (withAcks) draft.addItem(acksItem(session.acks.take()))
  let items = 0
  while (items < session.outbox.length && draft.hasRoom()) draft.addItem(session.outbox[items++]!)
  session.outbox = session.outbox.slice(items)
  while (session.repeats.length > 0 && draft.tryCall(session.repeats[0]!, true)) session.repeats.shift()
  for (let call = calls?.peek(!session.established); call !== undefined; call = calls!.peek(!session.established)) {
    if (!draft.tryCall(call)) break
    calls!.take(call)
  }
  return draft.seal()
}

/** It has got neither an answer nor another msg_id meanwhile. */
function isStillToRepeat({ sent }: SessionState, { state, sentIn }: Call): boolean {
  return state === 'queued' && sentIn === sent
}

const NOTHING = new Uint8Array(0)

class Draft {
  readonly #session: SessionState
  readonly #options: PackOptions
  readonly #now: Instant
  readonly #serverMs: number
  readonly #messages: Message[] = []
  readonly #calls: Call[] = []
  readonly #quick: Call[] = []
  #bytes: number = CONTAINER_HEADER
  /** Calls under an id that they had before, as they may stand inside a container alone. */
  readonly #repeats: Call[] = []

  constructor(session: SessionState, options: PackOptions, now: Instant) {
    this.#session = session
    this.#options = options
    this.#now = now
    this.#serverMs = session.clock.nowMs(now)
  }

  hasRoom(): boolean {
    return this.#messages.length < MAX_CONTAINER_MESSAGES && this.#bytes < SOFT_CONTAINER_BYTES
  }

  addItem(item: ServiceItem): void {
    const msgId = this.#newMsgId()
    const body = typeof item.body === 'function' ? item.body(msgId) : item.body
    this.#add(msgId, this.#session.seqNos.next(item.contentRelated), body)
    this.#session.sent.addItem(msgId, item, this.#now.monotonicMs)
  }

  /**
   * Adds the call, unless the packet is full. The first call may be of any size, further ones are grouped while small.
   * @param repeats under the msg_id and seq_no that it has.
   */
  tryCall(call: Call, repeats: boolean = false): boolean {
    const { initConnection: introduction = NOTHING, compress, link } = this.#options
    if (this.#messages.length === MAX_CONTAINER_MESSAGES) return false
    const initialises = repeats ? call.initialises : introduction.length > 0 && !this.#session.initialised
    const room = (this.#calls.length === 0 ? MAX_BODY_BYTES : SOFT_CONTAINER_BYTES) - this.#bytes - INNER_HEADER
    const length = call.body.length + (initialises ? introduction.length : 0)
    if (length > room && this.#messages.length > 0) return false
    const whole = initialises ? concat(introduction, call.body) : call.body
    if (!repeats) {
      call.sentIn?.remove(call.msgId)
      call.msgId = this.#newMsgId()
      call.seqNo = this.#session.seqNos.next(true)
    }
    if (repeats) this.#repeats.push(call)
    call.sentIn = this.#session.sent
    call.state = 'sent'
    call.link = link
    call.touchedMs = this.#now.monotonicMs
    call.initialises = initialises
    this.#add(call.msgId, call.seqNo, compress ? pack(whole) : whole)
    this.#session.sent.addCall(call)
    this.#calls.push(call)
    if (call.quickAck) this.#quick.push(call)
    return true
  }

  seal(): Packet | undefined {
    const { key, id: sessionId, sent, seqNos } = this.#session
    const { random, quickAcks } = this.#options
    const messages = this.#messages
    const [only] = messages
    if (only === undefined) return undefined
    const salt = key.salts.at(Math.floor(this.#serverMs / 1000))
    const bare = messages.length === 1 && this.#repeats.length === 0
    const msgId = bare ? only.msgId : this.#newMsgId()
    const seqNo = bare ? only.seqNo : seqNos.next(false)
    const bodyLength = bare ? only.body.length : containerLength(messages)
    const packet = draftPacket({ salt, sessionId, msgId, seqNo }, bodyLength, random)
    const body = packet.subarray(ENCRYPTED_HEADER + INSIDE_HEADER)
    if (bare) body.set(only.body)
    else {
      writeContainer(body, messages)
      sent.addContainer(msgId, messages.map((message) => message.msgId), this.#now.monotonicMs)
    }
    for (const call of this.#calls) call.carrier = msgId
    for (const call of this.#repeats) sent.addRepeat(call.msgId, msgId, this.#now.monotonicMs)
    const asked = quickAcks && this.#quick.length > 0
    const quickAck = asked ? { token: quickAckToken(key.key, plaintextOf(packet)), calls: this.#quick } : undefined
    sealDraft(key.key, 'client', packet)
    return { bytes: packet, quickAck }
  }

  #newMsgId(): bigint {
    const msgId = this.#session.msgIds.next(this.#serverMs)
    this.#session.sent.leftOver(this.#options.link, msgId)
    return msgId
  }

  #add(msgId: bigint, seqNo: number, body: Uint8Array): void {
    this.#messages.push({ msgId, seqNo, body })
    this.#bytes += INNER_HEADER + body.length
  }
}
