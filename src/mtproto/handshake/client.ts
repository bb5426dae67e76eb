import { bigIntFromBytesBE, bigIntToBytesBE, bigIntToMinimalBytesBE } from '../../bytes/bigint.js'
import { wipe, xor } from '../../bytes/bytes.js'
import { authKeyAuxHash, newNonceHash, temporaryAesKey } from '../../crypto/auth-key.js'
import { checkDhParameters, checkDhValue, dhSharedKey, drawDhKeyPair } from '../../crypto/dh.js'
import { PqFactorization, type PqFactors } from '../../crypto/pq.js'
import type { RsaPublicKey } from '../../crypto/rsa.js'
import { rsaPadEncrypt } from '../../crypto/rsa-pad.js'
import * as Mt from '../../../generated/mtproto/index.js'
import { readExactly, readObject } from '../service-codec.js'
import { RemoteError } from '../../errors/errors.js'
import { randomBytes, type Random } from '../../platform/random.js'
import { FACTORING_SLICE, MAX_DH_RETRIES } from '../limits.js'
import { expectConstructor, expectEqual, handshakeError } from './answer.js'
import { openExchange, sealExchange } from './dh-answer.js'
import { encodeInnerData } from './inner-data.js'

/** What the key is for. */
export interface KeyPurpose {
  /** The data centre, +10000 for test servers, negative for media servers. `undefined` only replays old recordings. */
  readonly dc: number | undefined
  /** Seconds, for a temporary key. */
  readonly expiresIn?: number | undefined
}

/** A request to send, and the state that its answer is for. Each state is accepted by the next step alone. */
export interface Step<State> {
  readonly request: Uint8Array
  readonly state: State
}

export interface AwaitingResPq {
  readonly awaiting: 'resPQ'
  readonly nonce: Uint8Array
}

export interface FactoringPq {
  readonly awaiting: 'factors'
  readonly nonce: Uint8Array
  readonly serverNonce: Uint8Array
  readonly serverKey: RsaPublicKey
  readonly pq: Uint8Array
  readonly factoring: PqFactorization
}

export interface AwaitingDhParams {
  readonly awaiting: 'Server_DH_Params'
  readonly nonce: Uint8Array
  readonly serverNonce: Uint8Array
  readonly newNonce: Uint8Array
}

export interface AwaitingDhGen {
  readonly awaiting: 'Set_client_DH_params_answer'
  readonly nonce: Uint8Array
  readonly serverNonce: Uint8Array
  readonly newNonce: Uint8Array
  readonly prime: bigint
  readonly generator: number
  readonly serverValue: bigint
  /** Secret: b. */
  readonly exponent: bigint
  readonly retries: number
  /** Unix seconds at the server when it sent its half; nobody but the holder of the RSA key could have said it. */
  readonly serverTime: number
}

export interface AgreedKey {
  readonly awaiting: 'nothing'
  readonly authKey: Uint8Array
  readonly firstSalt: bigint
}

/**
 * Asks for a pq.
 *
 * `req_pq_multi#be7e8ef1 nonce:int128 = ResPQ;`
 * @see https://core.telegram.org/mtproto/auth_key#1-client-sends-query-to-server
 */
export function step1(random: Random): Step<AwaitingResPq> {
  const nonce = randomBytes(random, 16)
  return { request: new Mt.ReqPqMulti({ nonce }).getBytes(), state: { awaiting: 'resPQ', nonce } }
}

/**
 * Takes pq and chooses the server's key. Anybody on the path can forge this answer: nothing in it is trusted.
 *
 * `resPQ#05162463 nonce:int128 server_nonce:int128 pq:string server_public_key_fingerprints:Vector<long> = ResPQ;`
 * @throws {RemoteError} on another nonce, a pq that no server sends, or when none of the keys is known.
 * @see https://core.telegram.org/mtproto/auth_key#2-server-sends-response-of-the-form
 */
export function step2(state: AwaitingResPq, answer: Uint8Array, serverKeys: readonly RsaPublicKey[]): FactoringPq {
  expectConstructor(answer, 'resPQ', Mt.ResPQ.CONSTRUCTOR_ID)
  const resPq = readObject(answer, Mt.ResPQ)
  expectEqual(resPq.nonce, state.nonce, 'resPQ', 'nonce')
  const offered = new Set(resPq.serverPublicKeyFingerprints.map((fingerprint) => BigInt.asUintN(64, fingerprint)))
  const serverKey = serverKeys.find((key) => offered.has(key.fingerprint))
  if (serverKey === undefined) {
    throw handshakeError('resPQ', 'server_public_key_fingerprints', 'name no key that is known here')
  }
  return {
    awaiting: 'factors',
    nonce: state.nonce,
    serverNonce: resPq.serverNonce,
    serverKey,
    pq: resPq.pq,
    factoring: new PqFactorization(resPq.pq),
  }
}

/** Works on pq for a few milliseconds. @throws {RemoteError} when pq turns out to be no product of two primes. */
export function step3(state: FactoringPq): PqFactors | undefined {
  return state.factoring.step(FACTORING_SLICE)
}

/**
 * Sends new_nonce, from here on a secret between this client and the owner of the RSA key.
 *
 * `req_DH_params#d712e4be nonce:int128 server_nonce:int128 p:string q:string public_key_fingerprint:long encrypted_data:string = Server_DH_Params;`
 * @see https://core.telegram.org/mtproto/auth_key#4-client-sends-query-to-server
 */
export function step4(
  state: FactoringPq,
  factors: PqFactors,
  purpose: KeyPurpose,
  random: Random,
): Step<AwaitingDhParams> {
  const { nonce, serverNonce, serverKey, pq } = state
  const p = bigIntToMinimalBytesBE(factors.p)
  const q = bigIntToMinimalBytesBE(factors.q)
  const newNonce = randomBytes(random, 32)
  const inner = encodeInnerData({
    pq,
    p,
    q,
    nonce,
    serverNonce,
    newNonce,
    dc: purpose.dc,
    expiresIn: purpose.expiresIn,
  })
  const encryptedData = rsaPadEncrypt(inner, serverKey, random)
  wipe(inner)
  const publicKeyFingerprint = BigInt.asIntN(64, serverKey.fingerprint)
  const request = new Mt.ReqDHParams({ nonce, serverNonce, p, q, publicKeyFingerprint, encryptedData })
  return { request: request.getBytes(), state: { awaiting: 'Server_DH_Params', nonce, serverNonce, newNonce } }
}

/**
 * Checks the server's half of the Diffie-Hellman exchange and sends the own one.
 *
 * `server_DH_params_ok#d0e8075c nonce:int128 server_nonce:int128 encrypted_answer:string = Server_DH_Params;`
 * `server_DH_inner_data#b5890dba nonce:int128 server_nonce:int128 g:int dh_prime:string g_a:string server_time:int = Server_DH_inner_data;`
 * @throws {RemoteError} unless every check of the security guidelines holds.
 * @see https://core.telegram.org/mtproto/security_guidelines#diffie-hellman-key-exchange
 */
export function step5(state: AwaitingDhParams, answer: Uint8Array, random: Random): Step<AwaitingDhGen> {
  const { nonce, serverNonce, newNonce } = state
  expectConstructor(answer, 'server_DH_params_ok', Mt.ServerDHParamsOk.CONSTRUCTOR_ID)
  const params = readObject(answer, Mt.ServerDHParamsOk)
  expectEqual(params.nonce, nonce, 'server_DH_params_ok', 'nonce')
  expectEqual(params.serverNonce, serverNonce, 'server_DH_params_ok', 'server_nonce')
  const data = openExchange(params.encryptedAnswer, temporaryAesKey(newNonce, serverNonce), 'server_DH_params_ok')
  const inner = readExactly(data, Mt.ServerDHInnerData)
  expectEqual(inner.nonce, nonce, 'server_DH_inner_data', 'nonce')
  expectEqual(inner.serverNonce, serverNonce, 'server_DH_inner_data', 'server_nonce')
  const prime = bigIntFromBytesBE(inner.dhPrime)
  checkDhParameters(prime, inner.g)
  const serverValue = bigIntFromBytesBE(inner.gA)
  checkDhValue(serverValue, prime, 'g_a')
  const group = { nonce, serverNonce, newNonce, prime, generator: inner.g, serverValue, serverTime: inner.serverTime }
  return sendOwnHalf(group, 0n, 0, random)
}

/**
 * Computes the key and checks that the server has the same. A retry, which the server asks for when another client has
 * a key of the same id, is answered with a new number.
 *
 * `dh_gen_ok#3bcbf734 nonce:int128 server_nonce:int128 new_nonce_hash1:int128 = Set_client_DH_params_answer;`
 * `dh_gen_retry#46dc1fb9 nonce:int128 server_nonce:int128 new_nonce_hash2:int128 = Set_client_DH_params_answer;`
 * `dh_gen_fail#a69dae02 nonce:int128 server_nonce:int128 new_nonce_hash3:int128 = Set_client_DH_params_answer;`
 * @throws {RemoteError} on a wrong nonce or hash, on too many retries, and when the server gives up.
 * @see https://core.telegram.org/mtproto/auth_key#9-server-responds-in-one-of-three-ways
 */
export function step6(state: AwaitingDhGen, answer: Uint8Array, random: Random): Step<AwaitingDhGen> | AgreedKey {
  const { nonce, serverNonce, newNonce } = state
  const kinds = [Mt.DhGenOk, Mt.DhGenRetry, Mt.DhGenFail] as const
  const id = expectConstructor(answer, 'dh_gen', ...kinds.map((kind) => kind.CONSTRUCTOR_ID))
  const outcome = (1 + kinds.findIndex((kind) => kind.CONSTRUCTOR_ID === id)) as 1 | 2 | 3
  // All three have the same fields: two nonces and the hash.
  const same = { nonce: answer.subarray(4, 20), serverNonce: answer.subarray(20, 36), hash: answer.subarray(36, 52) }
  expectEqual(same.nonce, nonce, 'dh_gen', 'nonce')
  expectEqual(same.serverNonce, serverNonce, 'dh_gen', 'server_nonce')
  const authKey = dhSharedKey(state.serverValue, state.exponent, state.prime)
  const auxHash = authKeyAuxHash(authKey)
  expectEqual(same.hash, newNonceHash(newNonce, outcome, auxHash), 'dh_gen', `new_nonce_hash${outcome}`)
  if (outcome === 1) {
    const firstSalt = firstSaltOf(newNonce, serverNonce)
    wipe(newNonce)
    return { awaiting: 'nothing', authKey, firstSalt }
  }
  wipe(authKey)
  if (outcome === 3) {
    throw new RemoteError('handshake', 'the server gave the key exchange up (dh_gen_fail)', { path: 'dh_gen_fail' })
  }
  if (state.retries === MAX_DH_RETRIES) {
    throw new RemoteError('handshake', `the server asked for more than ${MAX_DH_RETRIES} new keys`, {
      path: 'dh_gen_retry',
    })
  }
  const retryId = new DataView(auxHash.buffer, auxHash.byteOffset).getBigInt64(0, true)
  return sendOwnHalf(state, retryId, state.retries + 1, random)
}

/**
 * `client_DH_inner_data#6643b654 nonce:int128 server_nonce:int128 retry_id:long g_b:string = Client_DH_Inner_Data;`
 * `set_client_DH_params#f5045f1f nonce:int128 server_nonce:int128 encrypted_data:string = Set_client_DH_params_answer;`
 * @see https://core.telegram.org/mtproto/auth_key#7-client-sends-query-to-server
 */
function sendOwnHalf(
  group: Omit<AwaitingDhGen, 'awaiting' | 'exponent' | 'retries'>,
  retryId: bigint,
  retries: number,
  random: Random,
): Step<AwaitingDhGen> {
  const { nonce, serverNonce, newNonce } = group
  const { exponent, value } = drawDhKeyPair(group.generator, group.prime, random)
  const inner = new Mt.ClientDHInnerData({ nonce, serverNonce, retryId, gB: bigIntToBytesBE(value, 256) })
  const encryptedData = sealExchange(inner.getBytes(), temporaryAesKey(newNonce, serverNonce), random)
  const request = new Mt.SetClientDHParams({ nonce, serverNonce, encryptedData }).getBytes()
  return { request, state: { ...group, awaiting: 'Set_client_DH_params_answer', exponent, retries } }
}

/** The salt of the first packets. @see https://core.telegram.org/mtproto/auth_key#dh-key-exchange-complete */
export function firstSaltOf(newNonce: Uint8Array, serverNonce: Uint8Array): bigint {
  return new DataView(xor(newNonce.subarray(0, 8), serverNonce.subarray(0, 8)).buffer).getBigInt64(0, true)
}
