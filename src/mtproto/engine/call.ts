import type { CallId } from './engine.js'
import type { SessionState } from './session.js'

/** One call, from `send` to its answer. It keeps its body, since it may have to go out again under another msg_id. */
export interface Call {
  readonly id: CallId
  readonly body: Uint8Array
  readonly idempotent: boolean
  readonly quickAck: boolean
  /** `ended`: answered, failed or cancelled; whoever still holds the call passes over it. */
  state: 'queued' | 'sent' | 'acknowledged' | 'ended'
  /** Where it was sent last, and under which msg_id. */
  session: SessionState | undefined
  msgId: bigint
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
