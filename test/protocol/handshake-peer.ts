import { expect } from 'vitest'
import { bigIntFromBytesBE } from '../../src/bytes/bigint.js'
import { temporaryAesKey } from '../../src/crypto/auth-key.js'
import { rsaPadDecrypt } from '../../src/crypto/rsa-pad.js'
import { RemoteError } from '../../src/errors/errors.js'
import { decodeInnerData } from '../../src/mtproto/handshake/inner-data.js'
import { openExchange } from '../../src/mtproto/handshake/dh-answer.js'
import * as Mt from '../../generated/mtproto/index.js'
import { Peer, read, type PeerOptions } from './peer.js'
import { rsaKey } from './right-server.js'

/** What the tests of the key exchange have their peer say, and what they read out of the client's half. */

/** No key came out of it, the link is to be closed, and the reason is a refused key exchange. */
export function expectRefused(peer: Peer, failure: 'handshake' | 'decode' | 'message' = 'handshake'): void {
  expect(peer.eventsOf('auth-key')).toEqual([])
  expect(peer.lost.length).toBe(1)
  const { error, key } = peer.lost[0]!
  expect(error).toBeInstanceOf(RemoteError)
  expect([failure, 'decode']).toContain(error.failure)
  expect(key).toBe('keep')
  expect(peer.engine.takeOutput(peer.now)).toBeUndefined()
}

/** Runs an exchange in which one of the server's answers is replaced. */
export function withAnswer(
  at: 'resPQ' | 'dh-params' | 'dh-gen',
  replace: (answer: Uint8Array, peer: Peer) => Uint8Array | undefined,
  options: PeerOptions = {},
): Peer {
  const peer = new Peer(options)
  peer.onPlainAnswer = (answer, step) => {
    const sent = step === at ? replace(answer, peer) : answer
    if (sent) peer.sendPlain(sent)
  }
  return peer.connect()
}

export const flipped = (bytes: Uint8Array, offset: number): Uint8Array => {
  const copy = new Uint8Array(bytes)
  copy[offset]! ^= 1
  return copy
}

export function encryptedDataOf(reqDhParams: Uint8Array): Uint8Array {
  return read(reqDhParams, Mt.ReqDHParams).encryptedData
}

export function innerDataOf(reqDhParams: Uint8Array): ReturnType<typeof decodeInnerData> {
  return decodeInnerData(rsaPadDecrypt(encryptedDataOf(reqDhParams), rsaKey())!)
}

/** What the client said about its half, decrypted with what it said before. */
export function clientHalf(
  peer: Peer,
  setClientDhParams: Uint8Array,
  whole = false,
): { retryId: bigint; gB: Uint8Array } {
  const { newNonce, serverNonce } = innerDataOf(peer.plainSeen[1]!)
  const data = openExchange(
    read(setClientDhParams, Mt.SetClientDHParams).encryptedData,
    temporaryAesKey(newNonce, serverNonce),
    'test',
  )
  const inner = read(data, Mt.ClientDHInnerData)
  if (whole) expect(bigIntFromBytesBE(inner.gB)).toBeGreaterThan(1n << 1984n)
  return inner
}
