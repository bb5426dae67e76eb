import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import * as Api from '../../../generated/api/index.js'
import { authKeyOf, seal, type AuthKey } from '../../../src/mtproto/encrypted.js'
import { MsgIdGenerator } from '../../../src/mtproto/msg-id.js'
import { randomBytes } from '../../../src/platform/random.js'
import { systemPlatform } from '../../../src/platform/system.js'
import { MAX_UNSENT_BYTES } from '../../../src/server/limits.js'
import { startServer, type TelegramServer } from '../../../src/server/start-server.js'
import { decodeSessionString } from '../../../src/session/string-format.js'
import { intermediate } from '../../../src/transport/intermediate.js'
import { obfuscated } from '../../../src/transport/obfuscated.js'
import { until } from '../../support/until.js'
import { inited } from './test-client.js'

const MIB = 1_048_576

let server: TelegramServer
let location: Api.InputDocumentFileLocation
let authKey: AuthKey
beforeEach(async () => {
  server = await startServer()
  const { id, accessHash, reference } = server.world.addFile({ bytes: randomBytes(systemPlatform.random, MIB) })
  location = new Api.InputDocumentFileLocation({ id, accessHash, fileReference: reference, thumbSize: '' })
  authKey = authKeyOf(decodeSessionString(server.login({ username: 'username' })).authKey)
})
afterEach(() => server.close())

/** Packets that each ask for a whole megabyte. */
function* queries(count: number): Generator<Uint8Array> {
  const ids = new MsgIdGenerator()
  const key = [...server.centre().keys.values()].at(-1)!
  const salt = key.salts.current(Date.now())
  const body = inited(new Api.upload.GetFile({ location, offset: 0, limit: MIB }))
  for (let index = 0; index < count; index++) {
    const message = { salt, sessionId: 7n, msgId: ids.next(Date.now()), seqNo: 2 * index + 1, body }
    yield seal(authKey, 'client', message, systemPlatform.random)
  }
}

const opened = async (): Promise<Socket> => {
  const socket = connect(server.port, '127.0.0.1')
  await new Promise((resolve) => socket.once('connect', resolve))
  socket.on('error', () => undefined).pause()
  return socket
}
const connections = (): number => server.centre().connections.size

describe('a client that does not read its answers', () => {
  it('is cut off once more than a bound waits for it, over TCP', async () => {
    const codec = intermediate()
    const socket = await opened()
    socket.write(codec.opening())
    for (const packet of queries((1.5 * MAX_UNSENT_BYTES) / MIB)) socket.write(codec.encode(packet))
    await until(() => connections() > 0)
    await until(() => connections() === 0)
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.resume()
    await closed
  })

  it('is cut off over WebSocket as well', async () => {
    const codec = obfuscated(intermediate(), systemPlatform.random)
    const socket = new WebSocket(server.wsUrl, 'binary')
    await new Promise((resolve) => socket.once('open', resolve))
    socket.pause()
    socket.send(codec.opening())
    for (const packet of queries((1.5 * MAX_UNSENT_BYTES) / MIB)) socket.send(codec.encode(packet))
    await until(() => connections() > 0)
    await until(() => connections() === 0)
    socket.terminate()
  })

  it('is served for ever if it is merely slow', async () => {
    const codec = intermediate()
    const socket = await opened()
    socket.write(codec.opening())
    let received = 0
    socket.on('data', ({ length }: Buffer) => (received += length)).pause()
    const packets = [...queries((1.5 * MAX_UNSENT_BYTES) / MIB)]
    for (let asked = 0; asked < packets.length; asked += 20) {
      for (const packet of packets.slice(asked, asked + 20)) socket.write(codec.encode(packet))
      await wait(100) // most of the answers wait in the server by now
      socket.resume()
      await until(() => received >= (asked + 10) * MIB)
      socket.pause()
    }
    socket.resume()
    await until(() => received >= packets.length * MIB)
    expect(connections()).toBe(1)
    socket.destroy()
  })
})
