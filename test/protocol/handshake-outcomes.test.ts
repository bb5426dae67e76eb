import { describe, expect, it } from 'vitest'
import { concat } from '../../src/bytes/bytes.js'
import { bigIntToBytesBE } from '../../src/bytes/bigint.js'
import { toHex } from '../../src/bytes/hex.js'
import { newNonceHash, authKeyAuxHash } from '../../src/crypto/auth-key.js'
import { rsaPadDecrypt } from '../../src/crypto/rsa-pad.js'
import { HANDSHAKE_STEP_MS, MAX_DH_RETRIES } from '../../src/mtproto/limits.js'
import { msgIdMs } from '../../src/mtproto/msg-id.js'
import * as Mt from '../../generated/mtproto/index.js'
import { clientHalf, encryptedDataOf, expectRefused, flipped, innerDataOf, withAnswer } from './handshake-peer.js'
import { Peer, read } from './peer.js'
import { rsaKey } from './right-server.js'

describe('the key exchange', () => {
  it('H10: dh_gen_ok with a wrong hash, the hash of another outcome, or other nonces gives no key', () => {
    for (const offset of [36, 51, 4, 20]) expectRefused(withAnswer('dh-gen', (answer) => flipped(answer, offset)))
    expectRefused(
      withAnswer('dh-gen', (answer, peer) => {
        const { nonce, serverNonce } = read(answer, Mt.DhGenOk)
        return new Mt.DhGenOk({ nonce, serverNonce, newNonceHash1: hashOf(peer, 2) }).getBytes()
      }),
    )
  })

  it('H11: dh_gen_retry is followed with a new number and the id of the refused key, but not for ever', () => {
    const once = new Peer()
    let refused: Uint8Array | undefined
    once.isTaken = (key) => {
      if (refused) return false
      refused = key
      return true
    }
    once.connect()
    expect(once.eventsOf('auth-key')).toHaveLength(1)
    const [first, second] = once.plainSeen.slice(2).map((body) => clientHalf(once, body))
    expect([first!.retryId, toHex(bigIntToBytesBE(BigInt.asUintN(64, second!.retryId), 8))]).toEqual([
      0n,
      toHex(authKeyAuxHash(refused!).reverse()),
    ])
    expect(toHex(second!.gB)).not.toBe(toHex(first!.gB))
    expect(once.plainSeen[2]!.slice(4, 36)).toEqual(once.plainSeen[3]!.slice(4, 36))

    const always = new Peer()
    always.isTaken = () => true
    always.connect()
    expectRefused(always)
    expect(always.plainSeen).toHaveLength(3 + MAX_DH_RETRIES)

    const forged = new Peer()
    forged.isTaken = () => true
    forged.onPlainAnswer = (answer, step) => forged.sendPlain(step === 'dh-gen' ? flipped(answer, 40) : answer)
    forged.connect()
    expectRefused(forged)
    expect(forged.plainSeen).toHaveLength(3)
  })

  it('H12: dh_gen_fail and server_DH_params_fail end the exchange; the next one pads as before', () => {
    for (const honest of [true, false]) {
      const peer = withAnswer('dh-gen', (answer, each) => {
        const { nonce, serverNonce } = read(answer, Mt.DhGenOk)
        const hash = hashOf(each, 3)
        return new Mt.DhGenFail({ nonce, serverNonce, newNonceHash3: honest ? hash : flipped(hash, 0) }).getBytes()
      })
      expectRefused(peer)
      expect(peer.lost[0]!.error.path).toBe(honest ? 'dh_gen_fail' : 'dh_gen.new_nonce_hash3')
      peer.onPlainAnswer = (answer) => peer.sendPlain(answer)
      peer.connect()
      expect(peer.eventsOf('auth-key')).toHaveLength(1)
      expect(rsaPadDecrypt(encryptedDataOf(peer.plainSeen[4]!), rsaKey())).toBeDefined()
    }
    const failed = withAnswer(
      'dh-params',
      (answer) => concat(Uint8Array.of(0x5d, 0x04, 0xcb, 0x79), answer.subarray(4, 36), new Uint8Array(16)),
    )
    expectRefused(failed)
  })

  it('H21: server_time sets the clock of msg_ids, whatever the local clock says', () => {
    for (const skewMs of [0, 86_400_000, -86_400_000]) {
      const peer = new Peer({ skewMs }).connect()
      const first = peer.seen[0]!
      expect(Math.abs(msgIdMs(first.msgId) - peer.serverMs)).toBeLessThan(2000)
      expect(peer.eventsOf('auth-key')[0]!.serverTimeOffsetMs).toBeCloseTo(-skewMs, -4)
    }
  })

  it('H22: the first packets carry the salt that follows from the nonces', () => {
    const peer = new Peer().connect()
    expect(peer.seen.every(({ salt }) => salt === peer.keys[0]!.salt)).toBe(true)
    expect(peer.eventsOf('auth-key')[0]!.salt).toBe(peer.keys[0]!.salt)
  })

  it('H23: an error, silence or a cut after any step gives the link up; a half-finished key is never reported', () => {
    for (const step of ['resPQ', 'dh-params', 'dh-gen'] as const) {
      for (const how of ['-404', 'silence', 'cut'] as const) {
        const peer = new Peer()
        peer.onPlainAnswer = (answer, at) => {
          if (at !== step) return peer.sendPlain(answer)
          if (how === '-404') peer.sendError(-404)
          if (how === 'cut') peer.disconnect()
        }
        peer.connect()
        if (how === 'silence') {
          expect(peer.lost).toEqual([])
          peer.advance(HANDSHAKE_STEP_MS + 1)
          expect(peer.lost.map(({ error }) => error.failure)).toEqual(['silent'])
        }
        expect(peer.eventsOf('auth-key')).toEqual([])
        expect(peer.lost.every(({ key }) => key === 'keep')).toBe(true)
        const before = peer.plainSeen.length
        peer.onPlainAnswer = (answer) => peer.sendPlain(answer)
        peer.state = undefined
        peer.connect()
        expect(toHex(peer.plainSeen[before]!)).not.toBe(toHex(peer.plainSeen[0]!))
        expect(peer.eventsOf('auth-key')).toHaveLength(1)
      }
    }
  })
})

/** The hash of an outcome for the key that both sides have. */
function hashOf(peer: Peer, outcome: 1 | 2 | 3): Uint8Array {
  const { newNonce } = innerDataOf(peer.plainSeen[1]!)
  return newNonceHash(newNonce, outcome, authKeyAuxHash(peer.keys.at(-1)!.key.bytes))
}
