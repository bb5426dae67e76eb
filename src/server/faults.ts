import type { RpcError } from '../errors/rpc-error.js'
import type { KeyMade, SentDhParams, SentResPq } from '../mtproto/handshake/server.js'

/** The objects of the key exchange, in their order, as a fault may change or drop them. */
export type ExchangeStep = 'resPQ' | 'server_DH_params' | 'dh_gen'

/** What the server remembers of the exchange, nonces included, to make another answer from. */
export type ExchangeState = SentResPq | SentDhParams | KeyMade

/** Where a message belongs: both ids as they stand on the wire, `msgId` of the message in question. */
export interface MessagePlace {
  readonly keyId: bigint
  readonly sessionId: bigint
  readonly msgId: bigint
}

/** The fields of a packet before it is encrypted. */
export interface PlainPacket {
  readonly salt: bigint
  readonly sessionId: bigint
  readonly msgId: bigint
  readonly seqNo: number
  readonly body: Uint8Array
}

/**
 * Deviations of the server on purpose, to see what a client makes of them. Every point is optional and asked anew each
 * time; a point that answers `undefined` changes nothing. The object may be changed while the server runs.
 *
 * ```ts
 * server.faults.query = (method) => method === 'messages.SendMessage' ? new RpcError(420, 'FLOOD_WAIT_3') : undefined
 * ```
 */
export interface ServerFaults {
  /** Plain bytes of a key exchange answer, before they are framed; an empty list drops it. */
  exchange?: (step: ExchangeStep, body: Uint8Array, state: ExchangeState) => readonly Uint8Array[] | undefined
  /** A transport error to answer a packet with, after which the connection closes. */
  transportError?: (packet: Uint8Array) => number | undefined
  /** An encrypted packet arrives: `'drop'` loses it before anybody has read it. */
  packetIn?: (packet: Uint8Array) => 'drop' | undefined
  /** A message has been decrypted and taken from its container: `'drop'` forgets that it came. */
  messageIn?: (body: Uint8Array, place: MessagePlace) => 'drop' | undefined
  /** The salt of a packet is judged: `'refuse'` calls it wrong. */
  salt?: (salt: bigint, place: MessagePlace) => 'refuse' | undefined
  /** A query is about to run: an error is answered in its place. `method` as in `messages.GetHistory`. */
  query?: (method: string, place: MessagePlace) => RpcError | undefined
  /** A query has run: other bytes for its result (a boxed object), or `'drop'` to swallow the answer. */
  answer?: (method: string, result: Uint8Array, place: MessagePlace) => Uint8Array | 'drop' | undefined
  /** Received messages are about to be acknowledged: `'drop'` keeps silent about these. */
  acknowledge?: (msgIds: readonly bigint[]) => 'drop' | undefined
  /** A packet is about to be encrypted: other fields for it. */
  packetOut?: (packet: PlainPacket) => PlainPacket | undefined
  /** An encrypted packet is about to be framed: what to send in its place; none, one, or several. */
  sealed?: (packet: Uint8Array) => readonly Uint8Array[] | undefined
}
