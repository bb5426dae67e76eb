import { describe, expect, it } from 'vitest'
import { bigIntToBytesBE, bigIntToMinimalBytesBE } from '../../../src/bytes/bigint.js'
import { concat } from '../../../src/bytes/bytes.js'
import { toHex } from '../../../src/bytes/hex.js'
import { rsaEncryptRaw } from '../../../src/crypto/rsa.js'
import { generateRsaPrivateKey } from '../../../src/crypto/rsa-private.node.js'
import { sha1 } from '../../../src/crypto/sha.js'
import { RemoteError } from '../../../src/errors/errors.js'
import { step1, step5, step6, type AgreedKey } from '../../../src/mtproto/handshake/client.js'
import { decodeInnerData, encodeInnerData } from '../../../src/mtproto/handshake/inner-data.js'
import {
  answerReqDhParams,
  answerReqPq,
  answerSetClientDhParams,
  type KeyMade,
} from '../../../src/mtproto/handshake/server.js'
import { seededRandom } from '../../../src/platform/manual.js'
import * as Mt from '../../../generated/mtproto/index.js'

const key = generateRsaPrivateKey()
const primes = { p: 1_229_739_323n, q: 1_402_015_859n }
const random = seededRandom(5)

/** What an old client sends: SHA1(data) | data | random, 255 bytes, without a data centre. */
function legacyRequest(change: (data: Uint8Array) => Uint8Array = (data) => data): {
  readonly sent: ReturnType<typeof answerReqPq>['state']
  readonly request: Uint8Array
  readonly newNonce: Uint8Array
} {
  const { request } = step1(random)
  const { state: sent } = answerReqPq(request, [key], primes, random)
  const [p, q] = [bigIntToMinimalBytesBE(primes.p), bigIntToMinimalBytesBE(primes.q)]
  const newNonce = random.fill(new Uint8Array(32))
  const { nonce, serverNonce } = sent
  const pq = bigIntToMinimalBytesBE(primes.p * primes.q)
  const data = encodeInnerData({ pq, p, q, nonce, serverNonce, newNonce, dc: undefined, expiresIn: undefined })
  const block = concat(new Uint8Array(1), sha1(data), change(data), random.fill(new Uint8Array(255 - 20 - data.length)))
  const encryptedData = rsaEncryptRaw(block, key)
  const publicKeyFingerprint = BigInt.asIntN(64, key.fingerprint)
  const reqDhParams = new Mt.ReqDHParams({ nonce, serverNonce, p, q, publicKeyFingerprint, encryptedData })
  return { sent, request: reqDhParams.getBytes(), newNonce }
}

describe('the server in a key exchange', () => {
  it('takes the retired padding of old clients, and says that it did', () => {
    const { sent, request, newNonce } = legacyRequest()
    const { answer, state } = answerReqDhParams(sent, request, [key], 1_790_000_000, random)
    expect([state.legacyPadding, state.dc]).toEqual([true, undefined])
    const { nonce, serverNonce } = sent
    const own = step5({ awaiting: 'Server_DH_Params', nonce, serverNonce, newNonce }, answer, random)
    const done = answerSetClientDhParams(state, own.request, () => false)
    const made = done.state as KeyMade
    expect(made.legacyPadding).toBe(true)
    const agreed = step6(own.state, done.answer, random) as AgreedKey
    expect(toHex(agreed.authKey)).toBe(toHex(made.authKey))
    expect(agreed.firstSalt).toBe(made.firstSalt)
  })
  it('refuses data that fits neither padding, another nonce, other factors and an unknown key', () => {
    const broken = legacyRequest((data) => data.map((byte, index) => (index === 50 ? byte ^ 1 : byte)))
    expect(() => answerReqDhParams(broken.sent, broken.request, [key], 0, random)).toThrow(RemoteError)
    const { sent, request } = legacyRequest()
    for (const offset of [4, 20, 37, 45]) {
      const damaged = new Uint8Array(request)
      damaged[offset]! ^= 1
      expect(() => answerReqDhParams(sent, damaged, [key], 0, random), `byte ${offset}`).toThrow(RemoteError)
    }
    expect(() => answerReqDhParams(sent, request, [], 0, random)).toThrow(/public_key_fingerprint/)
    expect(() => answerReqPq(request, [key], primes, random)).toThrow(RemoteError)
  })
  it('takes req_pq as well, which clients sent before there were several keys', () => {
    const request = concat(Uint8Array.of(0x78, 0x97, 0x46, 0x60), bigIntToBytesBE(7n, 16))
    expect(toHex(answerReqPq(request, [key], primes, random).state.nonce)).toBe(toHex(bigIntToBytesBE(7n, 16)))
  })
})

describe('the inner data', () => {
  it('has four forms, each of which comes back as it was', () => {
    const bytes = (length: number): Uint8Array => random.fill(new Uint8Array(length))
    const base = {
      pq: bytes(8),
      p: bytes(4),
      q: bytes(4),
      nonce: bytes(16),
      serverNonce: bytes(16),
      newNonce: bytes(32),
    }
    const ids = new Set<string>()
    for (const dc of [undefined, 2, 10_002, -3]) {
      for (const expiresIn of [undefined, 86_400]) {
        const encoded = encodeInnerData({ ...base, dc, expiresIn })
        ids.add(toHex(encoded.subarray(0, 4)))
        const decoded = decodeInnerData(concat(encoded, bytes(20)))
        expect([decoded.dc, decoded.expiresIn, toHex(decoded.newNonce)]).toEqual([dc, expiresIn, toHex(base.newNonce)])
      }
    }
    expect(ids.size).toBe(4)
    expect(() => decodeInnerData(bytes(120))).toThrow(RemoteError)
  })
})
