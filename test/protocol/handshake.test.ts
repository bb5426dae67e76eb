import { describe, expect, it } from 'vitest'
import { concat } from '../../src/bytes/bytes.js'
import { bigIntFromBytesBE, bigIntToBytesBE } from '../../src/bytes/bigint.js'
import { toHex } from '../../src/bytes/hex.js'
import { newNonceHash, authKeyAuxHash, temporaryAesKey } from '../../src/crypto/auth-key.js'
import { aesIgeDecrypt, aesIgeEncrypt } from '../../src/crypto/aes-ige.js'
import { dhPower } from '../../src/crypto/dh.js'
import { KNOWN_PRIME } from '../../src/crypto/known-prime.js'
import { rsaPadDecrypt } from '../../src/crypto/rsa-pad.js'
import { RemoteError } from '../../src/errors/errors.js'
import { HANDSHAKE_STEP_MS, MAX_DH_RETRIES } from '../../src/mtproto/limits.js'
import { decodeInnerData } from '../../src/mtproto/handshake/inner-data.js'
import { openExchange, sealExchange } from '../../src/mtproto/handshake/dh-answer.js'
import { sealDhAnswer, type DhOffer, type SentDhParams } from '../../src/mtproto/handshake/server.js'
import { msgIdMs } from '../../src/mtproto/msg-id.js'
import { encodePlain } from '../../src/mtproto/plain.js'
import * as Mt from '../../generated/mtproto/index.js'
import { Peer, read, rsaKey, type PeerOptions } from './peer.js'

/** The first prime above 2^2047 + 2^1024 that is 11 modulo 12, as safe primes are; (p - 1) / 2 is not prime. */
const HALF_COMPOSITE = (1n << 2047n) + (1n << 1024n) + 2207n

/** No key came out of it, the link is to be closed, and the reason is a refused key exchange. */
function expectRefused(peer: Peer, failure: 'handshake' | 'decode' | 'message' = 'handshake'): void {
  expect(peer.eventsOf('auth-key')).toEqual([])
  expect(peer.lost.length).toBe(1)
  const { error, key } = peer.lost[0]!
  expect(error).toBeInstanceOf(RemoteError)
  expect([failure, 'decode']).toContain(error.failure)
  expect(key).toBe('keep')
  expect(peer.engine.takeOutput(peer.now)).toBeUndefined()
}

/** Runs an exchange in which one of the server's answers is replaced. */
function withAnswer(
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

const flipped = (bytes: Uint8Array, offset: number): Uint8Array => {
  const copy = new Uint8Array(bytes)
  copy[offset]! ^= 1
  return copy
}

/** The server's half with anything in it, correctly encrypted. */
function withOffer(change: Partial<DhOffer>): Peer {
  return withAnswer('dh-params', (_, peer) => {
    const { nonce, serverNonce, newNonce, exponent } = peer.state as SentDhParams
    const right = {
      g: 3,
      prime: KNOWN_PRIME,
      value: dhPower(3n, exponent, KNOWN_PRIME),
      serverTime: Math.floor(peer.serverMs / 1000),
    }
    const encryptedAnswer = sealDhAnswer({ nonce, serverNonce }, newNonce, { ...right, ...change }, peer.random)
    return new Mt.ServerDHParamsOk({ nonce, serverNonce, encryptedAnswer }).getBytes()
  })
}

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

  it('H6: only a safe prime of 2048 bits is taken', () => {
    const wrong: [string, bigint][] = [
      ['the known prime with its last byte changed', KNOWN_PRIME - 2n],
      ['a prime whose half is composite', HALF_COMPOSITE],
      ['a number of 2047 bits', KNOWN_PRIME >> 1n],
      ['zero', 0n],
      ['one', 1n],
      ['an even number', KNOWN_PRIME - 1n],
    ]
    for (const [name, prime] of wrong) {
      const peer = withOffer({ prime, value: 1n << 2000n })
      expectRefused(peer)
      expect(peer.lost[0]!.error.path, name).toBe('dh_prime')
      expect(peer.plainSeen, name).toHaveLength(2)
    }
  })

  it('H7: only generators of the large subgroup are taken: for the known prime, which is 3 modulo 5, 3, 4 and 7', () =>
    {
    for (const g of [2, 5, 6, 0, 1, 8, -3]) expectRefused(withOffer({ g }))
    for (const g of [3, 4, 7]) expect(withOffer({ g, value: 1n << 2000n }).plainSeen).toHaveLength(3)
  })

  it('H8: a g_a of 0, 1, p-1, p or more is refused', () => {
    for (const value of [0n, 1n, KNOWN_PRIME - 1n, KNOWN_PRIME, KNOWN_PRIME + 5n]) expectRefused(withOffer({ value }))
  })

  it('H9: a g_a within 2^1984 of either end is refused, and the nearest ones further in are not', () => {
    const margin = 1n << 1984n
    for (const value of [margin - 1n, KNOWN_PRIME - margin + 1n]) expectRefused(withOffer({ value }))
    for (const value of [margin, KNOWN_PRIME - margin]) expect(withOffer({ value }).plainSeen).toHaveLength(3)
  })

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

  it('H13: numbers with leading zeros keep all of their 256 bytes', () => {
    // The server draws until the shared key starts with a zero byte: about one draw in 256.
    let short = false
    for (let seed = 1; !short && seed < 2000; seed++) {
      const peer = new Peer({ seed })
      let draws = 0
      peer.isTaken = (key) => ++draws <= MAX_DH_RETRIES && key[0] !== 0
      peer.connect()
      const [event] = peer.eventsOf('auth-key')
      if (!event) continue
      expect(event.authKey).toHaveLength(256)
      for (const body of peer.plainSeen.slice(2)) expect(clientHalf(peer, body, true).gB).toHaveLength(256)
      short = event.authKey[0] === 0
    }
    expect(short).toBe(true)
  }, 120_000)

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
      const startedMs = performance.now()
      let longestMs = 0
      const peer = new Peer()
      const timeout = peer.engine.timeout.bind(peer.engine)
      peer.engine.timeout = (now) => {
        const beganMs = performance.now()
        timeout(now)
        longestMs = Math.max(longestMs, performance.now() - beganMs)
      }
      peer.onPlainAnswer = (answer, step) => {
        if (step !== 'resPQ') return peer.sendPlain(answer)
        const { nonce, serverNonce, serverPublicKeyFingerprints } = read(answer, Mt.ResPQ)
        return peer.sendPlain(new Mt.ResPQ({ nonce, serverNonce, pq, serverPublicKeyFingerprints }).getBytes())
      }
      peer.connect()
      expectRefused(peer)
      expect(performance.now() - startedMs).toBeLessThan(1000)
      expect(longestMs).toBeLessThan(50)
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

function encryptedDataOf(reqDhParams: Uint8Array): Uint8Array {
  return read(reqDhParams, Mt.ReqDHParams).encryptedData
}

function innerDataOf(reqDhParams: Uint8Array): ReturnType<typeof decodeInnerData> {
  return decodeInnerData(rsaPadDecrypt(encryptedDataOf(reqDhParams), rsaKey())!)
}

/** What the client said about its half, decrypted with what it said before. */
function clientHalf(peer: Peer, setClientDhParams: Uint8Array, whole = false): { retryId: bigint; gB: Uint8Array } {
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

/** The hash of an outcome for the key that both sides have. */
function hashOf(peer: Peer, outcome: 1 | 2 | 3): Uint8Array {
  const { newNonce } = innerDataOf(peer.plainSeen[1]!)
  return newNonceHash(newNonce, outcome, authKeyAuxHash(peer.keys.at(-1)!.key.bytes))
}
