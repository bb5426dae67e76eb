import { describe, expect, it } from 'vitest'
import { concat } from '../../src/bytes/bytes.js'
import { toHex } from '../../src/bytes/hex.js'
import { temporaryAesKey } from '../../src/crypto/auth-key.js'
import { aesIgeDecrypt, aesIgeEncrypt } from '../../src/crypto/aes-ige.js'
import { openExchange, sealExchange } from '../../src/mtproto/handshake/dh-answer.js'
import type { SentDhParams } from '../../src/mtproto/handshake/server.js'
import { encodePlain } from '../../src/mtproto/plain.js'
import * as Mt from '../../generated/mtproto/index.js'
import { expectRefused, flipped, withAnswer } from './handshake-peer.js'
import { Peer, read } from './peer.js'

/** The server's half under changed plaintext, SHA-1 and padding included. */
function withSealedAnswer(change: (plain: Uint8Array) => Uint8Array): Peer {
  return withAnswer('dh-params', (answer, peer) => {
    const { nonce, serverNonce, newNonce } = peer.state as SentDhParams
    const { key, iv } = temporaryAesKey(newNonce, serverNonce)
    const plain = aesIgeDecrypt(read(answer, Mt.ServerDHParamsOk).encryptedAnswer, key, iv)
    const encryptedAnswer = aesIgeEncrypt(change(plain), key, iv)
    return new Mt.ServerDHParamsOk({ nonce, serverNonce, encryptedAnswer }).getBytes()
  })
}

describe('the key exchange', () => {
  it('H1: another nonce in resPQ ends the exchange; the next one has a new nonce', () => {
    const peer = withAnswer('resPQ', (answer) => flipped(answer, 4))
    expectRefused(peer)
    expect(peer.plainSeen).toHaveLength(1)
    peer.connect()
    expect(peer.plainSeen).toHaveLength(2)
    expect(toHex(peer.plainSeen[1]!)).not.toBe(toHex(peer.plainSeen[0]!))
  })

  it('H2: another nonce or server_nonce in server_DH_params_ok ends it before anything is decrypted', () => {
    for (const offset of [4, 20]) {
      const peer = withAnswer('dh-params', (answer) => flipped(answer, offset))
      expectRefused(peer)
      expect(peer.lost[0]!.error.path).toBe(
        offset === 4 ? 'server_DH_params_ok.nonce' : 'server_DH_params_ok.server_nonce',
      )
      expect(peer.plainSeen).toHaveLength(2)
    }
  })

  it('H3: an encrypted_answer of an impossible length is refused by a typed error', () => {
    for (const length of [0, 15, 16, 17, 32, 47, 1_000_000]) {
      const peer = withAnswer('dh-params', (_, { state }) => {
        const { nonce, serverNonce } = state as SentDhParams
        return new Mt.ServerDHParamsOk({ nonce, serverNonce, encryptedAnswer: new Uint8Array(length) }).getBytes()
      })
      expectRefused(peer)
    }
  })

  it('H4: a wrong SHA-1, and 16 bytes more of padding than needed, are refused', () => {
    expectRefused(withSealedAnswer((plain) => flipped(plain, 0)))
    expectRefused(withSealedAnswer((plain) => flipped(plain, 100)))
    expectRefused(withSealedAnswer((plain) => concat(plain, new Uint8Array(16))))
    expect(withSealedAnswer((plain) => plain).lost).toEqual([])
  })

  it('H5: other nonces inside a correctly hashed answer are refused', () => {
    for (const offset of [4, 20]) {
      const peer = withAnswer('dh-params', (answer, { state, random }) => {
        const { nonce, serverNonce, newNonce } = state as SentDhParams
        const keys = temporaryAesKey(newNonce, serverNonce)
        const data = openExchange(read(answer, Mt.ServerDHParamsOk).encryptedAnswer, keys, 'test')
        const encryptedAnswer = sealExchange(flipped(data, offset), keys, random)
        return new Mt.ServerDHParamsOk({ nonce, serverNonce, encryptedAnswer }).getBytes()
      })
      expectRefused(peer)
      expect(peer.lost[0]!.error.path).toContain('server_DH_inner_data')
    }
  })

  it('H19: a plaintext answer needs key id 0, an odd msg_id and the right length', () => {
    const forge = (change: (packet: Uint8Array, view: DataView) => void): Peer => {
      const peer = new Peer()
      peer.onPlainAnswer = (answer) => {
        const packet = encodePlain(peer.plainIds.next(peer.serverMs, 1), answer)
        change(packet, new DataView(packet.buffer))
        peer.sendPayload(packet)
      }
      return peer.connect()
    }
    for (const length of [0, -4, 0x7fff_ffff, 400, 4]) {
      expectRefused(forge((_, view) => view.setInt32(16, length, true)), 'message')
    }
    for (const bits of [0, 2, 3]) {
      expectRefused(forge((packet) => void (packet[8] = (packet[8]! & ~3) | bits)), 'message')
    }
    expectRefused(forge((packet) => void (packet[0] = 1)), 'message')
    expect(forge(() => undefined).eventsOf('auth-key')).toHaveLength(1)
  })

  it('H20: plaintext of any other constructor than the expected one is refused without being decoded', () => {
    const vectorBomb = Uint8Array.of(0x15, 0xc4, 0xb5, 0x1c, 0xff, 0xff, 0xff, 0x7f)
    const ids = [0x73f1f8dc, 0xf35c6d01, 0x3072cfa1, 0xd5b3b9f9, 0x1cb5c415].map((id) => {
      const head = new Uint8Array(4)
      new DataView(head.buffer).setUint32(0, id, true)
      return concat(head, vectorBomb)
    })
    for (const step of ['resPQ', 'dh-params', 'dh-gen'] as const) {
      for (const body of ids) expectRefused(withAnswer(step, () => body))
    }
    // The right constructor at the wrong step is wrong as well.
    expectRefused(
      withAnswer(
        'dh-params',
        (_, peer) => new Mt.DhGenOk({
          nonce: peer.plainSeen[0]!.slice(4, 20),
          serverNonce: new Uint8Array(16),
          newNonceHash1: new Uint8Array(16),
        }).getBytes(),
      ),
    )
  })
})
