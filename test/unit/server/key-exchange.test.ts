import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import * as Mt from '../../../generated/mtproto/index.js'
import { bigIntFromBytesBE, bigIntToMinimalBytesBE } from '../../../src/bytes/bigint.js'
import { concat } from '../../../src/bytes/bytes.js'
import { encryptTempKeyBinding, type TempKeyBinding } from '../../../src/crypto/bind-temp-key.js'
import { PqFactorization } from '../../../src/crypto/pq.js'
import { rsaEncryptRaw } from '../../../src/crypto/rsa.js'
import { sha1 } from '../../../src/crypto/sha.js'
import type { AuthKey } from '../../../src/mtproto/encrypted.js'
import { step1, step2, step3, step4, step5 } from '../../../src/mtproto/handshake/client.js'
import { encodeInnerData } from '../../../src/mtproto/handshake/inner-data.js'
import { readExactly } from '../../../src/mtproto/service-codec.js'
import { rsaKey, testServer, type TestServer } from './setup.js'
import { TestClient } from './test-client.js'

const stranger = ({ core, platform }: TestServer): TestClient => new TestClient(core, platform)
const codes = ({ core }: TestServer): unknown[] => core.violations.map(({ code }) => code)

describe('the key exchange at the server', () => {
  it('makes a key, and its first salt is accepted', () => {
    const server = testServer()
    const client = stranger(server)
    client.exchangeKeys(rsaKey)
    expect(client.call(new Api.help.GetNearestDc())).toMatchObject({ thisDc: 2 })
    expect(client.all(Mt.BadServerSalt)).toHaveLength(0)
    expect(codes(server)).toEqual([])
  })

  it('takes inner data without a data centre, as old clients send it', () => {
    const client = stranger(testServer())
    client.exchangeKeys(rsaKey, { dc: undefined })
    expect(client.call(new Api.help.GetNearestDc())).toBeDefined()
  })

  it.each([10_002, -2, -10_002])('takes %i for its own number: a test server, or one for media', (dc) => {
    const client = stranger(testServer())
    expect(client.exchangeKeys(rsaKey, { dc })).toBeDefined()
  })

  it('answers -444 to inner data for another data centre', () => {
    const server = testServer()
    const client = stranger(server)
    expect(() => client.exchangeKeys(rsaKey, { dc: 4 })).toThrow()
    expect(client.errors).toEqual([-444])
    expect(codes(server)).toEqual(['wrong-dc', 'handshake'])
  })

  it('gives the same answer to the same query, over another connection as well', () => {
    const server = testServer()
    const client = stranger(server)
    const { random } = server.platform
    const first = step1(random)
    const factoring = step2(first.state, client.sendPlain(first.request)!, [rsaKey])
    let factors = step3(factoring)
    while (!factors) factors = step3(factoring)
    const { request } = step4(factoring, factors, { dc: 2 }, random)
    const answer = client.sendPlain(request)
    client.disconnect()
    client.connect()
    expect(client.sendPlain(request)).toEqual(answer)
  })

  it('forgets an exchange after ten minutes', () => {
    const server = testServer()
    const client = stranger(server)
    const { random } = server.platform
    const first = step1(random)
    const factoring = step2(first.state, client.sendPlain(first.request)!, [rsaKey])
    let factors = step3(factoring)
    while (!factors) factors = step3(factoring)
    server.platform.advance(600_001)
    client.sendPlain(step4(factoring, factors, { dc: 2 }, random).request)
    expect(client.errors).toEqual([-404])
  })

  it('takes the retired RSA padding of other clients, and reports it', () => {
    const server = testServer()
    const client = stranger(server)
    const { random } = server.platform
    const { request } = step1(random)
    const { nonce, serverNonce, pq } = readExactly(client.sendPlain(request)!, Mt.ResPQ)
    const factoring = new PqFactorization(pq)
    let factors = factoring.step(1_000_000)
    while (!factors) factors = factoring.step(1_000_000)
    const [p, q] = [bigIntToMinimalBytesBE(factors.p), bigIntToMinimalBytesBE(factors.q)]
    const newNonce = random.fill(new Uint8Array(32))
    const data = encodeInnerData({ pq, p, q, nonce, serverNonce, newNonce, dc: undefined, expiresIn: undefined })
    const block = concat(Uint8Array.of(0), sha1(data), data, random.fill(new Uint8Array(255 - 20 - data.length)))
    const encryptedData = rsaEncryptRaw(block, rsaKey)
    const publicKeyFingerprint = BigInt.asIntN(64, rsaKey.fingerprint)
    const params = new Mt.ReqDHParams({ nonce, serverNonce, p, q, publicKeyFingerprint, encryptedData })
    const answer = client.sendPlain(params.getBytes())!
    expect(() => step5({ awaiting: 'Server_DH_Params', nonce, serverNonce, newNonce }, answer, random)).not.toThrow()
    expect(codes(server)).toEqual(['legacy-rsa-padding'])
  })

  it('offers a pq of two primes of 31 bits', () => {
    const server = testServer()
    for (let i = 0; i < 20; i++) {
      const client = stranger(server)
      const { pq } = readExactly(client.sendPlain(step1(server.platform.random).request)!, Mt.ResPQ)
      expect(pq.length).toBe(8)
      expect(bigIntFromBytesBE(pq) < 1n << 62n).toBe(true)
    }
  })

  it('answers -404 to a query that belongs to no exchange', () => {
    const client = stranger(testServer())
    client.sendPlain(new Mt.ReqDHParams({
      nonce: new Uint8Array(16),
      serverNonce: new Uint8Array(16),
      p: Uint8Array.of(3),
      q: Uint8Array.of(5),
      publicKeyFingerprint: 1n,
      encryptedData: new Uint8Array(256),
    }).getBytes())
    expect(client.errors).toEqual([-404])
    expect(client.closed).toBe(true)
  })

  it('lets a test change or drop every answer', () => {
    const server = testServer()
    const steps: string[] = []
    server.core.faults.exchange = (step) => {
      steps.push(step)
      return step === 'dh_gen' ? [] : undefined
    }
    const client = stranger(server)
    expect(() => client.exchangeKeys(rsaKey)).toThrow()
    expect(steps).toEqual(['resPQ', 'server_DH_params', 'dh_gen'])
    expect(client.plain).toHaveLength(2)
  })
})

describe('temporary keys', () => {
  const idOf = ({ id }: AuthKey): bigint => new DataView(id.buffer, id.byteOffset).getBigInt64(0, true)

  /** A client with a permanent key and a fresh temporary one, which it now uses. */
  const withTemporaryKey = (server: TestServer): { client: TestClient; permanent: AuthKey; expiresAt: number } => {
    const client = stranger(server)
    const permanent = client.exchangeKeys(rsaKey)
    const expiresAt = Math.floor(server.platform.clock.now().wallMs / 1000) + 3600
    client.exchangeKeys(rsaKey, { dc: 2, expiresIn: 3600 })
    return { client, permanent, expiresAt }
  }
  const bind = (
    { client, permanent, expiresAt }: ReturnType<typeof withTemporaryKey>,
    change: Partial<TempKeyBinding> = {},
  ): string | true => {
    const message = client.message(new Uint8Array(4))
    const nonce = 77n
    const ids = { tempAuthKeyId: idOf(client.authKey), tempSessionId: client.sessionId }
    const binding = { msgId: message.msgId, nonce, ...ids, expiresAt, ...change }
    const encryptedMessage = encryptTempKeyBinding(permanent.bytes, binding, client.platform.random)
    const request = new Api.auth.BindTempAuthKey({ permAuthKeyId: idOf(permanent), nonce, expiresAt, encryptedMessage })
    const answer = client.answerTo(client.send({ ...message, body: request.getBytes() }))!
    return answer.length === 4 || readExactly(answer, Mt.RpcError).errorMessage
  }

  it('may do nothing for an account until they are bound', () => {
    const { client } = withTemporaryKey(testServer())
    expect(() => client.call(new Api.users.GetUsers({ id: [] }))).toThrow('401 AUTH_KEY_PERM_EMPTY')
    expect(client.call(new Api.help.GetNearestDc())).toBeDefined()
  })

  it('share the login of the permanent key once they are bound', () => {
    const server = testServer()
    const state = withTemporaryKey(server)
    expect(bind(state)).toBe(true)
    const botAuthToken = '123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
    state.client.call(new Api.auth.ImportBotAuthorization({ flags: 0, apiId: 1, apiHash: 'x', botAuthToken }))
    const keys = [...server.core.centre().keys.values()]
    expect(keys.map(({ userId }) => userId)).toEqual([123456n, undefined])
  })

  it.each([
    ['msg_id', { msgId: 4n }],
    ['nonce', { nonce: 78n }],
    ['temporary key', { tempAuthKeyId: 1n }],
    ['session', { tempSessionId: 9n }],
    ['end', { expiresAt: 5 }],
  ])('are not bound when the %s inside and outside differ', (_what, change) => {
    expect(bind(withTemporaryKey(testServer()), change)).toBe('ENCRYPTED_MESSAGE_INVALID')
  })

  it('leave nothing to do for the permanent key: strict mode reports its queries', () => {
    const server = testServer()
    const state = withTemporaryKey(server)
    bind(state)
    state.client.authKey = state.permanent
    state.client.newSession(2n)
    state.client.salt = [...server.core.centre().keys.values()][0]!.salts.current(server.platform.clock.now().wallMs)
    state.client.query(new Api.help.GetNearestDc())
    expect(codes(server)).toEqual([])
    state.client.query(new Api.users.GetUsers({ id: [] }))
    expect(codes(server)).toEqual(['permanent-key'])
  })

  it('can be required: queries under a permanent key break the connection', () => {
    const server = testServer({ temporaryKeysOnly: true })
    const client = stranger(server)
    client.exchangeKeys(rsaKey)
    expect(client.call(new Api.help.GetNearestDc())).toBeDefined()
    client.query(new Api.users.GetUsers({ id: [] }))
    expect(client.closed).toBe(true)
  })

  it('end at their time, with -404', () => {
    const server = testServer()
    const { client } = withTemporaryKey(server)
    server.platform.advance(3_600_001)
    client.query(new Api.help.GetNearestDc())
    expect(client.errors).toEqual([-404])
  })
})
