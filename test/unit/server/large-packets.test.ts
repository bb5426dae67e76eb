import { beforeEach, describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { aesIgeDecrypt } from '../../../src/crypto/aes-ige.js'
import { seal } from '../../../src/mtproto/encrypted.js'
import { intermediate } from '../../../src/transport/intermediate.js'
import { MOST_WAITING_PACKETS } from '../../../src/server/limits.js'
import { loggedIn, testServer, type TestServer } from './setup.js'
import { inited, type TestClient } from './test-client.js'

const LARGE = 4096

/** Decryption elsewhere that is done, or refused, when a test says so. */
const pending: ((done: boolean) => void)[] = []
const decryption = {
  wants: (bytes: number): boolean => bytes >= LARGE,
  decipher: (data: Uint8Array, { key, iv }: { key: Uint8Array; iv: Uint8Array }): Promise<boolean> =>
    new Promise((resolve) =>
      pending.push((done) => {
        if (done) aesIgeDecrypt(data, key, iv, data)
        resolve(done)
      }),
    ),
}

const part = (filePart: number): Api.upload.SaveFilePart =>
  new Api.upload.SaveFilePart({ fileId: 1n, filePart, bytes: new Uint8Array(LARGE).fill(filePart) })
const small = (): Api.help.GetNearestDc => new Api.help.GetNearestDc()

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('large packets that are decrypted elsewhere', () => {
  let server: TestServer
  let client: TestClient
  /** What was asked, in the order in which the server took it. */
  let taken: string[]

  beforeEach(() => {
    pending.length = 0
    taken = []
    server = testServer({}, decryption)
    client = loggedIn(server)
    client.call(small())
    server.core.handle(Api.upload.SaveFilePart, ({ filePart, bytes }) => {
      taken.push(`part ${filePart} of ${bytes.length}`)
      return true
    })
    server.core.handle(Api.help.GetNearestDc, () => {
      taken.push('small')
      return new Api.NearestDc({ country: 'CH', thisDc: 2, nearestDc: 2 })
    })
  })

  it('are taken in the order of their arrival, and small ones not before them', async () => {
    const ids = [part(1), small(), part(2), part(3), small()].map((query) => client.query(query))
    await settled()
    expect(pending).toHaveLength(3)
    pending[2]!(true)
    pending[1]!(true)
    await settled()
    expect(taken).toEqual([])
    pending[0]!(true)
    await settled()
    expect(taken).toEqual([`part 1 of ${LARGE}`, 'small', `part 2 of ${LARGE}`, `part 3 of ${LARGE}`, 'small'])
    for (const id of ids) expect(client.answerTo(id)).toBeDefined()
    expect(client.answerTo(client.query(small()))).toBeDefined() // as nothing waits any more
  })

  it('are decrypted here when that is refused', async () => {
    const id = client.query(part(1))
    pending[0]!(false)
    await settled()
    expect(taken).toEqual([`part 1 of ${LARGE}`])
    expect(client.answerTo(id)).toBeDefined()
    expect(server.core.violations).toEqual([])
  })

  it('end the connection when they are not authentic, and nothing behind them is taken', async () => {
    const { authKey, salt, sessionId, platform } = client
    const packet = seal(authKey, 'client', { ...client.message(inited(part(1))), salt, sessionId }, platform.random)
    packet[packet.length - 1]! ^= 1
    client.sendPayload(packet)
    client.query(small())
    expect(client.errors).toEqual([])
    pending[0]!(true)
    await settled()
    expect(client.errors).toEqual([-404])
    expect(client.closed).toBe(true)
    expect(taken).toEqual([])
  })

  it('are forgotten with their connection', async () => {
    client.query(part(1))
    client.query(small())
    client.disconnect()
    pending[0]!(true)
    await settled()
    expect(taken).toEqual([])
  })

  it(`hold the peer up when ${MOST_WAITING_PACKETS} wait`, async () => {
    const held: boolean[] = []
    const codec = intermediate()
    const link = { send: () => true, close: () => undefined, hold: (hold: boolean) => void held.push(hold) }
    const handlers = server.core.accept(link)
    handlers.data(codec.opening())
    const { authKey, salt, sessionId, platform } = client
    const send = (query: Api.upload.SaveFilePart): void => {
      const message = { ...client.message(inited(query)), salt, sessionId }
      handlers.data(codec.encode(seal(authKey, 'client', message, platform.random)))
    }
    for (let i = 0; i < MOST_WAITING_PACKETS; i++) send(part(i))
    expect(held).toEqual([true])
    send(part(MOST_WAITING_PACKETS))
    expect(pending).toHaveLength(MOST_WAITING_PACKETS)
    pending[0]!(true)
    await settled()
    expect(taken).toHaveLength(1)
    expect(pending).toHaveLength(MOST_WAITING_PACKETS + 1) // one more was taken, and then as many waited as before
    expect(held).toEqual([true, false, true])
    for (const decrypt of pending) decrypt(true)
    await settled()
    expect(held).toEqual([true, false, true, false])
    expect(taken.at(-1)).toBe(`part ${MOST_WAITING_PACKETS} of ${LARGE}`)
  })
})
