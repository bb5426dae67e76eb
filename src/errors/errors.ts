import type { Evidence } from './evidence.js'

/** The four kinds of failure, told apart by who can mend them. `instanceof` and `.name` both work. */
abstract class RawgramError<Code extends string> extends Error {
  /** Which failure this is, from a closed set: safe to switch over. */
  declare readonly failure: Code
  declare readonly path: string | undefined
  declare readonly expected: string | undefined
  declare readonly got: string | undefined
  declare readonly advice: string | undefined
  declare readonly offset: number | undefined
  declare readonly constructorId: number | undefined

  constructor(failure: Code, message: string, evidence?: Evidence, options?: ErrorOptions) {
    super(message, options)
    Object.assign(this, { failure }, evidence)
  }
}

export type LocalFailure =
  | 'encode' // a value does not fit its TL type
  | 'argument' // an option or argument is missing or has the wrong form
  | 'state' // the call does not fit the object's state: not connected, already closed
  | 'timeout' // the caller's own time limit has passed
  | 'aborted' // the caller's AbortSignal fired
  | 'disconnected' // disconnect() ended the call before its outcome was known
  | 'unknown-outcome' // the call was sent, and whether it was carried out can no longer be found out
  | 'entity' // a peer could not be found or does not fit
  | 'session' // a session string or store is damaged
  | 'password' // two-step verification cannot be computed

/** The caller asked for something that cannot be done. */
export class LocalError extends RawgramError<LocalFailure> {
  override readonly name: string = 'LocalError'
}

export type RemoteFailure =
  | 'decode' // bytes that are not the TL that was expected
  | 'handshake' // a check of the key exchange failed
  | 'message' // an encrypted message failed a check
  | 'service' // a service message that makes no sense here
  | 'file' // file bytes that are too long, or do not match their hash

/** The peer, or somebody on the path, broke the protocol. */
export class RemoteError extends RawgramError<RemoteFailure> {
  override readonly name: string = 'RemoteError'
}

export type TransportFailure =
  | 'connect' // no connection could be made
  | 'closed' // the connection ended
  | 'frame' // bytes that are no frame of this transport
  | 'transport-error' // the peer sent a transport error such as -404; the number is in `got`
  | 'proxy' // the proxy refused, or is not what it claims to be
  | 'silent' // the peer stopped answering

/** The wire failed. */
export class TransportError extends RawgramError<TransportFailure> {
  override readonly name: string = 'TransportError'
  /** The negative number of a transport error (-404, -429, -444), where that is what happened. */
  declare readonly transportCode: number | undefined

  constructor(
    failure: TransportFailure,
    message: string,
    evidence?: Evidence & { readonly transportCode?: number },
    options?: ErrorOptions,
  ) {
    super(failure, message, evidence, options)
  }
}
