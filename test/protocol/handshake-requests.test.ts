import { describe, expect, it } from 'vitest'
import { bigIntToBytesBE } from '../../src/bytes/bigint.js'
import { toHex } from '../../src/bytes/hex.js'
import { rsaPadDecrypt } from '../../src/crypto/rsa-pad.js'
import * as Mt from '../../generated/mtproto/index.js'
import { costOf } from '../support/cost.js'
import { encryptedDataOf, expectRefused, innerDataOf, withAnswer } from './handshake-peer.js'
import { Peer, read } from './peer.js'
import { rsaKey } from './right-server.js'

describe('the key exchange', () => {
  it('H14: the inner data is padded by RSA_PAD, with other random bytes each time', () => {
    const paddings = [1, 2].map((seed) => {
      const peer = new Peer({ seed }).connect()
      const encrypted = encryptedDataOf(peer.plainSeen[1]!)
      expect(encrypted).toHaveLength(256)
      const data = rsaPadDecrypt(encrypted, rsaKey())!
      expect(data).toHaveLength(192)
      return toHex(data.subarray(120))
    })
    expect(paddings[0]).not.toBe(paddings[1])
    expect(paddings[0]).not.toMatch(/^0+$/)
    // A temp_key of all ones most often makes a block that is not below the modulus: another one is drawn.
    let forced = 0
    const peer = new Peer({
      clientRandom: (seeded) => ({
        fill(target) {
          seeded.fill(target)
          if (target.length === 224 && forced++ === 0) target.fill(0xff, 192)
          return target
        },
      }),
    }).connect()
    expect(forced).toBe(1)
    expect(peer.eventsOf('auth-key')).toHaveLength(1)
  })

  it('H15: a server that offers only retired keys gets nothing', () => {
    const peer = withAnswer('resPQ', (answer) => {
      const { nonce, serverNonce, pq } = read(answer, Mt.ResPQ)
      const serverPublicKeyFingerprints = [BigInt.asIntN(64, 0xc3b42b026ce86b21n)]
      return new Mt.ResPQ({ nonce, serverNonce, pq, serverPublicKeyFingerprints }).getBytes()
    })
    expectRefused(peer)
    expect(peer.plainSeen).toHaveLength(1)
  })

  it('H16: unknown fingerprints, none, or a million of them end the exchange; another link may do better', () => {
    for (const fingerprints of [[1n, 2n], [], Array.from({ length: 1_000_000 }, (_, i) => BigInt(i))]) {
      const peer = withAnswer('resPQ', (answer) => {
        const { nonce, serverNonce, pq } = read(answer, Mt.ResPQ)
        return new Mt.ResPQ({ nonce, serverNonce, pq, serverPublicKeyFingerprints: fingerprints }).getBytes()
      })
      expectRefused(peer)
      peer.onPlainAnswer = (answer) => peer.sendPlain(answer)
      peer.connect()
      expect(peer.eventsOf('auth-key')).toHaveLength(1)
    }
  })

  it('H17: the inner data names the data centre that is meant: test and media centres by their own numbers', () => {
    for (const dc of [2, 10_002, -4]) {
      const peer = new Peer({ engine: { dc } }).connect()
      expect(innerDataOf(peer.plainSeen[1]!).dc).toBe(dc)
    }
    const temporary = new Peer({ engine: { pfs: true, temporaryKeySeconds: 3600 } }).connect()
    expect(innerDataOf(temporary.plainSeen[4]!)).toMatchObject({ dc: 2, expiresIn: 3600 })
    const refused = new Peer()
    refused.onPlainAnswer = (answer, step) =>
      (step === 'dh-params' ? refused.sendError(-444) : refused.sendPlain(answer))
    refused.connect()
    expect(refused.lost.map(({ error, key }) => [error.got, key])).toEqual([['-444', 'keep']])
  })

  it('H18: a pq that no server sends is refused within a second, in slices of a few milliseconds', () => {
    const wrong = [0n, 1n, 2n, 3n, 7n, 2n ** 63n - 25n, 1_229_739_323n ** 2n, 2n ** 62n].map(
      (pq) => bigIntToBytesBE(pq, 8),
    )
    wrong.push(new Uint8Array(9), new Uint8Array(128).fill(0x5b), new Uint8Array(0))
    for (const pq of wrong) {
      let longestMs = 0
      const peer = new Peer()
      const timeout = peer.engine.timeout.bind(peer.engine)
      peer.engine.timeout = (now) => {
        longestMs = Math.max(longestMs, costOf(() => timeout(now)))
      }
      peer.onPlainAnswer = (answer, step) => {
        if (step !== 'resPQ') return peer.sendPlain(answer)
        const { nonce, serverNonce, serverPublicKeyFingerprints } = read(answer, Mt.ResPQ)
        return peer.sendPlain(new Mt.ResPQ({ nonce, serverNonce, pq, serverPublicKeyFingerprints }).getBytes())
      }
      expect(costOf(() => peer.connect())).toBeLessThan(1000)
      expectRefused(peer)
      expect(longestMs).toBeLessThan(50)
    }
  })
})
