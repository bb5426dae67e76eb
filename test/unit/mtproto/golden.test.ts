import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bigIntFromBytesBE } from '../../../src/bytes/bigint.js'
import { concat } from '../../../src/bytes/bytes.js'
import { fromHex, toHex } from '../../../src/bytes/hex.js'
import { aesIgeDecrypt } from '../../../src/crypto/aes-ige.js'
import { temporaryAesKey } from '../../../src/crypto/auth-key.js'
import { encryptTempKeyBinding } from '../../../src/crypto/bind-temp-key.js'
import { rsaPublicKey, type RsaPublicKey } from '../../../src/crypto/rsa.js'
import { RemoteError } from '../../../src/errors/errors.js'
import { decodeContainer } from '../../../src/mtproto/container.js'
import { authKeyOf, decrypt, encryptPadded, open } from '../../../src/mtproto/encrypted.js'
import { step1, step2, step3, step4, step5, step6, type AgreedKey } from '../../../src/mtproto/handshake/client.js'
import { openExchange, sealExchange } from '../../../src/mtproto/handshake/dh-answer.js'
import { decodePlain, encodePlain } from '../../../src/mtproto/plain.js'
import type { Random } from '../../../src/platform/random.js'
import * as Mt from '../../../generated/mtproto/index.js'

interface Vector {
  readonly group: string
  readonly name: string
  readonly data: Readonly<Record<string, string>>
}

const { vectors } = JSON.parse(readFileSync(new URL('../../golden/vectors.json', import.meta.url), 'utf8')) as {
  vectors: Vector[],
}
const vector = (group: string, start: string): Vector['data'] => {
  const found = vectors.find((each) => each.group === group && each.name.startsWith(start))
  if (!found) throw new Error(`the golden vectors have no ${group}: ${start}`)
  return found.data
}

/** Gives out the recorded bytes, in order. */
function recorded(...parts: readonly Uint8Array[]): Random & { readonly left: number } {
  const bytes = concat(...parts)
  let used = 0
  return {
    get left() {
      return bytes.length - used
    },
    fill(target) {
      if (used + target.length > bytes.length) throw new Error('more random bytes are drawn than were recorded')
      target.set(bytes.subarray(used, used + target.length))
      used += target.length
      return target
    },
  }
}

describe('the recorded key exchanges', () => {
  it('of 2023 replays: random bytes in, exact requests and key out', () => {
    const data = vector('exchange', 'grammers 2023')
    const { n, e } = vector('rsa-pad', 'p_q_inner_data_dc')
    const serverKey: RsaPublicKey = rsaPublicKey(BigInt(`0x${n!}`), BigInt(`0x${e!}`))

    const first = step1(recorded(fromHex(data['step1_random']!)))
    expect(toHex(first.request)).toBe(data['step1_request'])

    const factoring = step2(first.state, fromHex(data['step1_response']!), [serverKey])
    let factors = step3(factoring)
    while (factors === undefined) factors = step3(factoring)
    const random = recorded(fromHex(data['step2_random']!))
    const second = step4(factoring, factors, { dc: undefined }, random)
    expect(random.left).toBe(0)
    expect(toHex(second.request)).toBe(data['step2_request'])

    const third = step5(second.state, fromHex(data['step2_response']!), recorded(fromHex(data['step3_random']!)))
    expect(toHex(third.request)).toBe(data['step3_request'])
    expect(third.state.serverTime).toBeGreaterThan(Number(data['step3_now']) - 60)

    const done = step6(third.state, fromHex(data['step3_response']!), recorded()) as AgreedKey
    expect(toHex(done.authKey)).toBe(data['expected_auth_key'])
    expect(String(done.firstSalt)).toBe(data['first_salt'])
  })

  it('of 2024 goes from the published answers to the published key; padding behind the objects is ignored', () => {
    const data = vector('exchange', 'official sample 2024-02')
    const bytes = (name: string): Uint8Array => fromHex(data[name]!)
    const first = step1(recorded(bytes('nonce')))
    const frame = decodePlain(bytes('req_pq_multi_frame'))
    expect(toHex(encodePlain(frame.msgId, first.request))).toBe(toHex(bytes('req_pq_multi_frame')))

    // The page declares 168 bytes and shows 80: what is left out is padding.
    const shown = bytes('resPQ_frame')
    const whole = concat(shown, new Uint8Array(20 + 168 - shown.length))
    const fingerprint = new DataView(bytes('fingerprint_le').buffer).getBigUint64(0, true)
    const factoring = step2(first.state, decodePlain(whole).body, [{ n: 1n, e: 1n, fingerprint }])
    let factors = step3(factoring)
    while (factors === undefined) factors = step3(factoring)
    expect([factors.p, factors.q].map((n) => n.toString(16).toUpperCase())).toEqual([data['p'], data['q']])

    const nonces = { nonce: bytes('nonce'), serverNonce: bytes('server_nonce'), newNonce: bytes('new_nonce') }
    const answer = new Mt.ServerDHParamsOk({
      nonce: nonces.nonce,
      serverNonce: nonces.serverNonce,
      encryptedAnswer: bytes('encrypted_answer'),
    })
    const third = step5(
      { awaiting: 'Server_DH_Params', ...nonces },
      answer.getBytes(),
      recorded(bytes('b'), bytes('client_padding')),
    )
    const { nonce, serverNonce } = nonces
    const expected = new Mt.SetClientDHParams({ nonce, serverNonce, encryptedData: bytes('client_encrypted_data') })
    expect(toHex(third.request)).toBe(toHex(expected.getBytes()))
    expect(third.state.serverTime).toBe(Number(data['server_time']))

    const ok = new Mt.DhGenOk({ nonce, serverNonce, newNonceHash1: bytes('new_nonce_hash1') })
    expect(toHex((step6(third.state, ok.getBytes(), recorded()) as AgreedKey).authKey)).toBe(toHex(bytes('auth_key')))
  })

  it('of 2013 has a generator that is refused today; its numbers still come out', () => {
    const data = vector('exchange', 'official sample 2013')
    const bytes = (name: string): Uint8Array => fromHex(data[name]!)
    const { nonce, serverNonce } = noncesOf(decodePlain(bytes('ResPQ')).body)
    const newNonce = bytes('new_nonce')
    const state = { awaiting: 'Server_DH_Params' as const, nonce, serverNonce, newNonce }
    expect(() => step5(state, decodePlain(bytes('ServerDHParams')).body, recorded())).toThrow(/generator 2/)

    const { key, iv } = temporaryAesKey(newNonce, serverNonce)
    const inner = new Mt.ClientDHInnerData({ nonce, serverNonce, retryId: 0n, gB: bytes('GB') }).getBytes()
    const sealed = bytes('SetClientDHParamsEncryptedData')
    const padding = aesIgeDecrypt(sealed, key, iv).subarray(20 + inner.length)
    const encryptedData = sealExchange(inner, { key, iv }, recorded(padding))
    const request = new Mt.SetClientDHParams({ nonce, serverNonce, encryptedData })
    expect(toHex(request.getBytes())).toBe(toHex(decodePlain(bytes('SetClientDHParams')).body))
    expect(toHex(openExchange(sealed, { key, iv }, 'set_client_DH_params'))).toBe(toHex(inner))

    const prime = bigIntFromBytesBE(bytes('P'))
    const group = { nonce, serverNonce, newNonce, prime, generator: 2, serverTime: 0, retries: 0 }
    const serverValue = bigIntFromBytesBE(bytes('GA'))
    const exponent = bigIntFromBytesBE(bytes('B'))
    const dhGenOk = decodePlain(bytes('DhGenOk')).body
    const done = step6(
      { awaiting: 'Set_client_DH_params_answer', ...group, serverValue, exponent },
      dhGenOk,
      recorded(),
    )
    expect(toHex((done as AgreedKey).authKey)).toBe(data['AuthKey'])
  })
})

function noncesOf(resPq: Uint8Array): { nonce: Uint8Array; serverNonce: Uint8Array } {
  return { nonce: resPq.slice(4, 20), serverNonce: resPq.slice(20, 36) }
}

describe('the recorded encrypted messages', () => {
  it('a client encrypts to the published bytes', () => {
    const data = vector('message-v2', 'client encrypt')
    const plain = concat(new TextEncoder().encode(data['plaintext']!.replace('ascii:', '')), new Uint8Array(19))
    expect(toHex(encryptPadded(authKeyOf(fromHex(data['auth_key']!)), 'client', plain))).toBe(data['output'])
  })
  it('a container of the server opens: new_session_created and pong', () => {
    const data = vector('message-v2', 'server message decrypt (salt')
    const key = authKeyOf(fromHex(data['auth_key']!))
    expect(toHex(decrypt(key, 'server', fromHex(data['input']!)))).toBe(data['plaintext'])
    const { msgId, body } = open(key, 'server', fromHex(data['input']!))
    const [created, pong] = decodeContainer(body, msgId)
    expect([created!.seqNo, pong!.seqNo]).toEqual([1, 2])
    expect(toHex(created!.body).slice(0, 8)).toBe('0809c29e')
    expect(toHex(pong!.body).slice(0, 8)).toBe('c5737734')
  })
  it('a message of the server opens; with 4 bytes behind it, as only a padded transport carries, it is refused', () => {
    const data = vector('message-v2', 'server message decrypt: salt')
    const key = authKeyOf(fromHex(data['auth_key']!))
    expect(toHex(key.id)).toBe(data['auth_key_id'])
    const { sessionId, msgId, seqNo, body } = open(key, 'server', fromHex(data['input']!))
    expect(msgId).toBe(0x1234beefbeef1234n)
    expect(BigInt.asUintN(64, sessionId)).toBe(0xbeeffeedfeedbeefn)
    expect([seqNo, new TextDecoder().decode(body)]).toEqual([777, 'hello, world!!!!'])
    expect(() => open(key, 'server', concat(fromHex(data['input']!), new Uint8Array(4)))).toThrow(RemoteError)
  })
  it('a binding of a temporary key comes out as published', () => {
    const data = vector('bind-temp-key', 'auth.bindTempAuthKey')
    const fill = Number.parseInt(data['random_fill']!, 16)
    const binding = {
      msgId: BigInt(data['msg_id']!),
      nonce: BigInt(data['nonce']!),
      tempAuthKeyId: BigInt(data['temp_auth_key_id']!),
      tempSessionId: BigInt(data['temp_session_id']!),
      expiresAt: Number(data['expires_at']),
    }
    const encrypted = encryptTempKeyBinding(fromHex(data['perm_auth_key']!), binding, {
      fill: (target) => target.fill(fill),
    })
    expect(toHex(encrypted)).toBe(data['encrypted_message'])
  })
})
