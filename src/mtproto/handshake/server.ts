import { bigIntFromBytesBE, bigIntToBytesBE, bigIntToMinimalBytesBE } from '../../bytes/bigint.js'
import * as Mt from '../../../generated/mtproto/index.js'
import { authKeyAuxHash, newNonceHash, temporaryAesKey } from '../../crypto/auth-key.js'
import { checkDhValue, dhSharedKey, drawDhKeyPair } from '../../crypto/dh.js'
import { KNOWN_PRIME } from '../../crypto/known-prime.js'
import type { RsaPrivateKey } from '../../crypto/rsa.js'
import { rsaLegacyDecrypt, rsaPadDecrypt } from '../../crypto/rsa-pad.js'
import { randomBytes, type Random } from '../../platform/random.js'
import { readExactly, readObject } from '../service-codec.js'
import { expectConstructor, expectEqual, handshakeError } from './answer.js'
import { firstSaltOf } from './client.js'
import { openExchange, sealExchange } from './dh-answer.js'
import { decodeInnerData, innerDataLength } from './inner-data.js'

/** `req_pq#60469778 nonce:int128 = ResPQ;` is what clients sent before there were several server keys. */
const ID_REQ_PQ = 0x60469778
/** Safe for the known prime, and a quadratic residue of it. */
const GENERATOR = 3

/** What the server remembers between its answers; valid for some minutes. */
export interface SentResPq {
  readonly awaiting: 'req_DH_params'
  readonly nonce: Uint8Array
  readonly serverNonce: Uint8Array
  readonly p: bigint
  readonly q: bigint
}

export interface SentDhParams {
  readonly awaiting: 'set_client_DH_params'
  readonly nonce: Uint8Array
  readonly serverNonce: Uint8Array
  readonly newNonce: Uint8Array
  /** Secret: a. */
  readonly exponent: bigint
  /** auth_key_aux_hash of the key that was refused before; 0n the first time. */
  readonly retryId: bigint
  readonly dc: number | undefined
  readonly expiresIn: number | undefined
  /** The client used the retired padding of its RSA data. */
  readonly legacyPadding: boolean
}

export interface KeyMade {
  readonly awaiting: 'nothing'
  readonly authKey: Uint8Array
  readonly firstSalt: bigint
  readonly dc: number | undefined
  /** Seconds, for a temporary key. */
  readonly expiresIn: number | undefined
  readonly legacyPadding: boolean
}

export interface Answered<State> {
  readonly answer: Uint8Array
  readonly state: State
}

/** Two primes of 31 bits, p < q, whose product the client has to factor. */
export interface ServerPrimes {
  readonly p: bigint
  readonly q: bigint
}

/**
 * Answers `req_pq_multi` or `req_pq` with resPQ.
 * @throws {RemoteError} `handshake` when the request is neither.
 * @see https://core.telegram.org/mtproto/auth_key#2-server-sends-response-of-the-form
 */
export function answerReqPq(
  request: Uint8Array,
  keys: readonly RsaPrivateKey[],
  primes: ServerPrimes,
  random: Random,
): Answered<SentResPq> {
  expectConstructor(request, 'req_pq_multi', Mt.ReqPqMulti.CONSTRUCTOR_ID, ID_REQ_PQ)
  if (request.length < 20) throw handshakeError('req_pq_multi', 'nonce', 'is cut short')
  const nonce = new Uint8Array(request.subarray(4, 20))
  const serverNonce = randomBytes(random, 16)
  const { p, q } = primes
  const answer = new Mt.ResPQ({
    nonce,
    serverNonce,
    pq: bigIntToMinimalBytesBE(p * q),
    serverPublicKeyFingerprints: keys.map((key) => BigInt.asIntN(64, key.fingerprint)),
  })
  return { answer: answer.getBytes(), state: { awaiting: 'req_DH_params', nonce, serverNonce, p, q } }
}

/**
 * Answers `req_DH_params` with the server's half. RSA_PAD is tried first, the retired padding after it.
 * @throws {RemoteError} `handshake` when anything does not fit; the connection is to be answered with -404.
 * @see https://core.telegram.org/mtproto/auth_key#5-server-responds-with
 */
export function answerReqDhParams(
  state: SentResPq,
  request: Uint8Array,
  keys: readonly RsaPrivateKey[],
  serverTime: number,
  random: Random,
): Answered<SentDhParams> {
  const step = 'req_DH_params'
  expectConstructor(request, step, Mt.ReqDHParams.CONSTRUCTOR_ID)
  const params = readObject(request, Mt.ReqDHParams)
  expectEqual(params.nonce, state.nonce, step, 'nonce')
  expectEqual(params.serverNonce, state.serverNonce, step, 'server_nonce')
  if (bigIntFromBytesBE(params.p) !== state.p || bigIntFromBytesBE(params.q) !== state.q) {
    throw handshakeError(step, 'p, q', 'are wrong')
  }
  const fingerprint = BigInt.asUintN(64, params.publicKeyFingerprint)
  const key = keys.find((candidate) => candidate.fingerprint === fingerprint)
  if (key === undefined) throw handshakeError(step, 'public_key_fingerprint', 'names no key of this server')
  if (params.encryptedData.length !== 256) throw handshakeError(step, 'encrypted_data', 'has not 256 bytes')
  const current = rsaPadDecrypt(params.encryptedData, key)
  const data = current ?? rsaLegacyDecrypt(params.encryptedData, key, innerDataLength)
  if (data === undefined) throw handshakeError(step, 'encrypted_data', 'fits neither padding')
  const inner = decodeInnerData(data)
  expectEqual(inner.nonce, state.nonce, 'p_q_inner_data', 'nonce')
  expectEqual(inner.serverNonce, state.serverNonce, 'p_q_inner_data', 'server_nonce')
  if (bigIntFromBytesBE(inner.pq) !== state.p * state.q) throw handshakeError('p_q_inner_data', 'pq', 'is another')
  const newNonce = new Uint8Array(inner.newNonce)
  const { exponent, value } = drawDhKeyPair(GENERATOR, KNOWN_PRIME, random)
  const encryptedAnswer = sealDhAnswer(state, newNonce, { g: GENERATOR, prime: KNOWN_PRIME, value, serverTime }, random)
  const { nonce, serverNonce } = state
  return {
    answer: new Mt.ServerDHParamsOk({ nonce, serverNonce, encryptedAnswer }).getBytes(),
    state: {
      awaiting: 'set_client_DH_params',
      nonce,
      serverNonce,
      newNonce,
      exponent,
      retryId: 0n,
      dc: inner.dc,
      expiresIn: inner.expiresIn,
      legacyPadding: current === undefined,
    },
  }
}

/** What the encrypted answer says. A right server sends a safe prime; a test may send anything. */
export interface DhOffer {
  readonly g: number
  readonly prime: bigint
  readonly value: bigint
  readonly serverTime: number
}

/** `server_DH_inner_data` under the key that both sides derive from the nonces. */
export function sealDhAnswer(
  { nonce, serverNonce }: { readonly nonce: Uint8Array; readonly serverNonce: Uint8Array },
  newNonce: Uint8Array,
  { g, prime, value, serverTime }: DhOffer,
  random: Random,
): Uint8Array {
  const inner = new Mt.ServerDHInnerData({
    nonce,
    serverNonce,
    g,
    dhPrime: bigIntToBytesBE(prime, 256),
    gA: bigIntToBytesBE(value, 256),
    serverTime,
  })
  return sealExchange(inner.getBytes(), temporaryAesKey(newNonce, serverNonce), random)
}

/**
 * Takes the client's half and makes the key; asks for another one when `isTaken` knows a key of that id.
 * @throws {RemoteError} `handshake` when anything does not fit; the connection is to be answered with -404.
 * @see https://core.telegram.org/mtproto/auth_key#9-server-responds-in-one-of-three-ways
 */
export function answerSetClientDhParams(
  state: SentDhParams,
  request: Uint8Array,
  isTaken: (authKey: Uint8Array) => boolean,
): Answered<KeyMade | SentDhParams> {
  const step = 'set_client_DH_params'
  const { nonce, serverNonce, newNonce } = state
  expectConstructor(request, step, Mt.SetClientDHParams.CONSTRUCTOR_ID)
  const params = readObject(request, Mt.SetClientDHParams)
  expectEqual(params.nonce, nonce, step, 'nonce')
  expectEqual(params.serverNonce, serverNonce, step, 'server_nonce')
  const data = openExchange(params.encryptedData, temporaryAesKey(newNonce, serverNonce), step)
  const inner = readExactly(data, Mt.ClientDHInnerData)
  expectEqual(inner.nonce, nonce, 'client_DH_inner_data', 'nonce')
  expectEqual(inner.serverNonce, serverNonce, 'client_DH_inner_data', 'server_nonce')
  if (inner.retryId !== state.retryId) throw handshakeError('client_DH_inner_data', 'retry_id', 'is another')
  const clientValue = bigIntFromBytesBE(inner.gB)
  checkDhValue(clientValue, KNOWN_PRIME, 'g_b')
  const authKey = dhSharedKey(clientValue, state.exponent, KNOWN_PRIME)
  const auxHash = authKeyAuxHash(authKey)
  if (isTaken(authKey)) {
    const retryId = new DataView(auxHash.buffer, auxHash.byteOffset).getBigInt64(0, true)
    const answer = new Mt.DhGenRetry({ nonce, serverNonce, newNonceHash2: newNonceHash(newNonce, 2, auxHash) })
    return { answer: answer.getBytes(), state: { ...state, retryId } }
  }
  const answer = new Mt.DhGenOk({ nonce, serverNonce, newNonceHash1: newNonceHash(newNonce, 1, auxHash) })
  const { dc, expiresIn, legacyPadding } = state
  return {
    answer: answer.getBytes(),
    state: {
      awaiting: 'nothing',
      authKey,
      firstSalt: firstSaltOf(newNonce, serverNonce),
      dc,
      expiresIn,
      legacyPadding,
    },
  }
}
