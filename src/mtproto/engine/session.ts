import { randomUint64, type Random } from '../../platform/random.js'
import { AckQueue } from '../acks.js'
import { ReceivedIds } from '../dedup.js'
import type { AuthKey } from '../encrypted.js'
import { MsgIdGenerator, type ServerClock } from '../msg-id.js'
import { SentMessages } from '../pending.js'
import type { Salts } from '../salts.js'
import { SeqNoCounter } from '../seq-no.js'
import type { Call } from './call.js'
import { Heartbeat } from './heartbeat.js'
import type { ServiceItem } from './service-item.js'

/** A key and what goes with it: every session under the key shares the salts. */
export interface SessionKey {
  readonly key: AuthKey
  readonly salts: Salts
  /** Unix seconds at the server, for a temporary key. */
  readonly expiresAt: number | undefined
}

/** Everything that one session with the server consists of. It outlives links: a new link goes on with it. */
export interface SessionState {
  readonly key: SessionKey
  readonly id: bigint
  readonly clock: ServerClock
  readonly msgIds: MsgIdGenerator
  readonly seqNos: SeqNoCounter
  readonly received: ReceivedIds
  readonly acks: AckQueue
  readonly sent: SentMessages
  readonly heartbeat: Heartbeat
  /** Service messages that go out with the next packet. */
  outbox: ServiceItem[]
  /**
   * Calls that go out with the next packet under the msg_ids that they have: copies that are still on their way count
   * as the same. Also in a session that is being left: those copies may still arrive in it.
   */
  repeats: Call[]
  /**
   * The server is known to have this session, so that it will know later whether it received a call. A call that must
   * not be carried out twice waits for this.
   */
  established: boolean
  /** The server has taken initConnection in this session on this link. */
  initialised: boolean
  /** unique_id of the latest new_session_created. */
  uniqueId: bigint | undefined
  /** The session is being left: `true` sends nothing more, and until `drainedMs` answers are still taken. */
  mute: boolean
  drainedMs: number | undefined
  /** When the server was last asked for salts, and when calls are next looked through, in monotonic milliseconds. */
  saltsAskedMs: number
  stateCheckMs: number
}

export function newSession(key: SessionKey, clock: ServerClock, random: Random): SessionState {
  return {
    key,
    id: BigInt.asIntN(64, randomUint64(random)),
    clock,
    msgIds: new MsgIdGenerator(),
    seqNos: new SeqNoCounter(),
    received: new ReceivedIds(),
    acks: new AckQueue(),
    sent: new SentMessages(),
    heartbeat: new Heartbeat(),
    outbox: [],
    repeats: [],
    established: false,
    initialised: false,
    uniqueId: undefined,
    mute: false,
    drainedMs: undefined,
    saltsAskedMs: -Infinity,
    stateCheckMs: 0,
  }
}
