import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import * as Mt from '../../../generated/mtproto/index.js'
import { gzip } from '../../../src/crypto/gzip.node.js'
import { gzipPacked } from '../../../src/mtproto/packed.js'
import { encodeContainer } from '../../../src/mtproto/container.js'
import { step1 } from '../../../src/mtproto/handshake/client.js'
import { encodePlain } from '../../../src/mtproto/plain.js'
import { seededRandom } from '../../../src/platform/manual.js'
import type { Link } from '../../../src/net/link.js'
import { loggedIn, testServer } from './setup.js'
import { inited } from './test-client.js'

const SEED = 20_261
const WHOLE = { offsetId: 0, offsetDate: 0, addOffset: 0, limit: 10, maxId: 0, minId: 0, hash: 0 }
const nearestDc = (): Api.help.GetNearestDc => new Api.help.GetNearestDc()

/** Bytes that begin as something valid and then go wrong: a bit, a length, the end. */
function* mutations(valid: readonly Uint8Array[], count: number, seed: number): Generator<Uint8Array> {
  const random = seededRandom(seed)
  const below = (limit: number): number => {
    const [a, b, c] = random.fill(new Uint8Array(3)) as unknown as [number, number, number]
    return ((a << 16) | (b << 8) | c) % limit
  }
  for (let i = 0; i < count; i++) {
    const bytes = valid[below(valid.length)]!.slice()
    for (let change = below(3); change >= 0; change--) bytes[below(bytes.length)] = below(256)
    yield below(4) === 0 ? bytes.subarray(0, 4 * below(bytes.length / 4)) : bytes
  }
}

describe('whatever a client sends, the server goes on', () => {
  it(`raw bytes on a fresh connection (seed ${SEED})`, () => {
    const { core, platform } = testServer()
    const link: Link = { send: () => true, close: () => undefined }
    const plain = encodePlain(0n, step1(platform.random).request)
    const opening = Uint8Array.of(0xee, 0xee, 0xee, 0xee, plain.length, 0, 0, 0)
    for (const bytes of mutations([opening, Uint8Array.of(0xef, 10, ...plain), plain], 3000, SEED)) {
      const handlers = core.accept(link)
      handlers.data(bytes)
      handlers.data(bytes)
      handlers.close()
    }
    expect(core.centre().connections.size).toBe(0)
  })

  it(`queries of the key exchange that are damaged (seed ${SEED})`, () => {
    const server = testServer()
    const { request } = step1(server.platform.random)
    const params = new Mt.ReqDHParams({
      nonce: new Uint8Array(16),
      serverNonce: new Uint8Array(16),
      p: Uint8Array.of(3),
      q: Uint8Array.of(5),
      publicKeyFingerprint: 1n,
      encryptedData: new Uint8Array(256),
    })
    const client = loggedIn(server)
    for (const body of mutations([request, params.getBytes()], 2000, SEED)) {
      if (client.closed) client.connect()
      if (body.length >= 4) client.sendPlain(body)
    }
    client.connect()
    expect(client.call(nearestDc())).toBeDefined()
  })

  it(`authenticated messages that are damaged (seed ${SEED})`, () => {
    const failures: unknown[] = []
    const server = testServer({ strict: false, onHandlerError: (error) => failures.push(error) })
    const client = loggedIn(server)
    const bodies = [
      inited(nearestDc()),
      inited(new Api.InvokeAfterMsgs({ msgIds: [4, 8], query: nearestDc() })),
      inited(new Api.messages.GetHistory({ peer: new Api.InputPeerSelf(), ...WHOLE })),
      new Mt.MsgsAck({ msgIds: [1n, 5n] }).getBytes(),
      new Mt.MsgsStateReq({ msgIds: [4n, 8n] }).getBytes(),
      new Mt.MsgResendReq({ msgIds: [1n] }).getBytes(),
      new Mt.RpcDropAnswer({ reqMsgId: 4n }).getBytes(),
      new Mt.GetFutureSalts({ num: 3 }).getBytes(),
      gzipPacked(gzip(inited(nearestDc()))),
      encodeContainer([{ msgId: 4n, seqNo: 1, body: nearestDc().getBytes() }]),
    ]
    for (const body of mutations(bodies, 6000, SEED)) {
      if (client.closed) client.connect()
      client.send(client.message(body.subarray(0, body.length & ~3), (body[0]! & 1) === 1))
      client.inbox.length = 0
    }
    expect(failures).toEqual([])
    client.newSession(9n)
    expect(client.call(nearestDc())).toBeDefined()
  })
})
