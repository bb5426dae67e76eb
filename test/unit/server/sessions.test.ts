import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import * as Mt from '../../../generated/mtproto/index.js'
import { SESSIONS_PER_KEY } from '../../../src/server/limits.js'
import { loggedIn, settled, testServer } from './setup.js'
import { inited } from './test-client.js'

const nearestDc = (): Api.help.GetNearestDc => new Api.help.GetNearestDc()

describe('a session at the server', () => {
  it('begins with new_session_created, which names the first message and comes before the first answer', () => {
    const client = loggedIn(testServer())
    const msgId = client.query(nearestDc())
    const [created] = client.all(Mt.NewSessionCreated)
    expect(created!.firstMsgId).toBe(msgId)
    expect(client.inbox[0]!.body[0]).toBe(0x08)
    expect(client.answerTo(msgId)).toBeDefined()
    client.query(nearestDc())
    expect(client.all(Mt.NewSessionCreated)).toHaveLength(1)
  })

  it('is forgotten by its connection, too, when too many sessions of a key push it out', () => {
    const server = testServer()
    const client = loggedIn(server)
    for (let id = 1n; id <= BigInt(SESSIONS_PER_KEY + 20); id++) {
      client.newSession(id)
      expect(client.answerTo(client.query(nearestDc()))).toBeDefined()
    }
    const [connection] = server.core.centre().connections
    expect(connection!.sessions).toBe(SESSIONS_PER_KEY)
    expect(server.core.centre().sessions.size).toBe(SESSIONS_PER_KEY)
  })

  it('names the lowest inner id where the first packet is a container', () => {
    const client = loggedIn(testServer())
    const inner = [client.message(inited(nearestDc())), client.message(inited(nearestDc()))]
    client.sendContainer(inner)
    expect(client.all(Mt.NewSessionCreated)[0]!.firstMsgId).toBe(inner[0]!.msgId)
    for (const { msgId } of inner) expect(client.answerTo(msgId)).toBeDefined()
  })

  it('answers with odd msg_ids, 1 mod 4 in answer to something and 3 mod 4 otherwise', () => {
    const client = loggedIn(testServer())
    client.query(nearestDc())
    const [created, answer] = client.inbox
    expect(created!.msgId % 4n).toBe(3n)
    expect(answer!.msgId % 4n).toBe(1n)
    expect(answer!.container! > answer!.msgId).toBe(true)
  })

  it('says what became of messages: 4 and flags for known ones, 3 for one that has not come', () => {
    const client = loggedIn(testServer())
    const query = client.query(nearestDc())
    const missing = client.nextMsgId()
    const request = client.message(new Mt.MsgsStateReq({ msgIds: [query, missing + 4_000n] }), false)
    client.send(request)
    const [state] = client.all(Mt.MsgsStateInfo)
    expect(state!.reqMsgId).toBe(request.msgId)
    expect([...state!.info]).toEqual([4 + 8 + 32 + 64, 3])
  })

  it('answers pings, and closes the connection when ping_delay_disconnect is not renewed', () => {
    const server = testServer()
    const client = loggedIn(server)
    const msgId = client.send(client.message(new Mt.PingDelayDisconnect({ pingId: 9n, disconnectDelay: 75 }), false))
    expect(client.all(Mt.Pong)).toMatchObject([{ msgId, pingId: 9n }])
    server.platform.advance(60_000)
    client.send(client.message(new Mt.PingDelayDisconnect({ pingId: 10n, disconnectDelay: 75 }), false))
    server.platform.advance(74_000)
    expect(client.closed).toBe(false)
    server.platform.advance(2_000)
    expect(client.closed).toBe(true)
  })

  it('gives at least two future salts, each accepted at its time', () => {
    const server = testServer()
    const client = loggedIn(server)
    const msgId = client.send(client.message(new Mt.GetFutureSalts({ num: 1 }), false))
    const [answer] = client.all(Mt.FutureSalts)
    expect(answer!.reqMsgId).toBe(msgId)
    expect(answer!.salts).toHaveLength(2)
    expect(answer!.salts[0]!.salt).toBe(client.salt)
    server.platform.advance((answer!.salts[1]!.validSince - answer!.now) * 1000 + 1000)
    const query = client.send(client.message(inited(nearestDc())), { salt: answer!.salts[1]!.salt })
    expect(client.answerTo(query)).toBeDefined()
  })

  it('destroys another session of the key, but not the one that asks', () => {
    const server = testServer()
    const client = loggedIn(server)
    client.query(nearestDc())
    client.newSession(2n)
    client.query(nearestDc())
    expect(server.core.centre().sessions.size).toBe(2)
    client.send(client.message(new Mt.DestroySession({ sessionId: 1n }), false))
    client.send(client.message(new Mt.DestroySession({ sessionId: 2n }), false))
    expect(client.all(Mt.DestroySessionOk)).toMatchObject([{ sessionId: 1n }])
    expect(client.all(Mt.DestroySessionNone)).toMatchObject([{ sessionId: 2n }])
  })

  it('answers destroy_auth_key under the key, and -404 to everything after it', () => {
    const client = loggedIn(testServer())
    client.send(client.message(new Mt.DestroyAuthKey()))
    expect(client.all(Mt.DestroyAuthKeyOk)).toHaveLength(1)
    client.query(nearestDc())
    expect(client.errors).toEqual([-404])
    expect(client.closed).toBe(true)
  })

  it('gives the quick ack that was asked for', () => {
    const client = loggedIn(testServer())
    client.send(client.message(inited(nearestDc())), { quickAck: true })
    expect(client.quickAcks).toHaveLength(1)
    expect(client.quickAcks[0]! >>> 31).toBe(1)
  })

  it('makes a new session after a restart, and keeps the key', () => {
    const server = testServer()
    const client = loggedIn(server)
    client.query(nearestDc())
    server.core.restart()
    expect(client.closed).toBe(true)
    client.connect()
    client.query(nearestDc())
    expect(client.all(Mt.NewSessionCreated)).toHaveLength(2)
  })
})

describe('a session that the server has forgotten', () => {
  it('sends no late answers, and its successor uses none of its msg_ids', async () => {
    const server = testServer()
    let finish!: () => void
    const wait = new Promise<void>((resolve) => (finish = resolve))
    server.core.handle(Api.users.GetUsers, () => wait.then(() => []))
    const client = loggedIn(server)
    const late = client.query(new Api.users.GetUsers({ id: [] }))
    const before = new Set(client.inbox.map(({ msgId }) => msgId))
    server.core.centre().sessions.clear()
    const query = client.query(nearestDc())
    finish()
    await settled()
    expect(client.answerTo(late)).toBeUndefined()
    expect(client.answerTo(query)).toBeDefined()
    expect(client.all(Mt.NewSessionCreated)).toHaveLength(2)
    const after = client.inbox.slice(before.size)
    expect(after.some(({ msgId }) => before.has(msgId))).toBe(false)
  })
})
