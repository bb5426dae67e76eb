import type { CallId } from './engine.js'

/** The records of a session that hold a call under its msg_id. */
export interface CallHolder {
  remove(msgId: bigint): void
}

/** One call, from `send` to its answer. It keeps its body, since it may have to go out again under another msg_id. */
export interface Call {
  readonly id: CallId
  readonly body: Uint8Array
  readonly idempotent: boolean
  readonly quickAck: boolean
  /** `ended`: answered, failed or cancelled; whoever still holds the call passes over it. */
  state: 'queued' | 'sent' | 'acknowledged' | 'ended'
  /** The session's records that hold it, and the msg_id that it was sent under last. */
  sentIn: CallHolder | undefined
  msgId: bigint
  seqNo: number
  /** The msg_id of the packet that carried it last: its own, or that of the container. It tells the order of sending. */
  carrier: bigint
  /** The number of the link that carried it. */
  link: number
  /** Monotonic milliseconds of the last sign of it: sent, acknowledged, or asked for. */
  touchedMs: number
  /** Whether it carried `initConnection`. */
  initialises: boolean
  /** How often the server has refused it by a notice. */
  refusals: number
  /** Its receipt has been reported. */
  reported: boolean
}
