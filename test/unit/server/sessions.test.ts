import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import * as Mt from '../../../generated/mtproto/index.js'
import { gzip } from '../../../src/crypto/gzip.node.js'
import { encodeContainer } from '../../../src/mtproto/container.js'
import { msgIdAt } from '../../../src/mtproto/msg-id.js'
import { RESEND_BYTES, UNACKNOWLEDGED_MS } from '../../../src/server/limits.js'
import { loggedIn, settled, testServer } from './setup.js'
import { gzipPacked, inited, type TestClient } from './test-client.js'

const nearestDc = (): Api.help.GetNearestDc => new Api.help.GetNearestDc()
const codes = (client: TestClient): number[] => client.all(Mt.BadMsgNotification).map(({ errorCode }) => errorCode)

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

  it('names the lowest inner id where the first packet is a container', () => {
    const client = loggedIn(testServer())
    const inner = [client.message(inited(nearestDc())), client.message(inited(nearestDc()))]
    client.sendContainer(inner)
    expect(client.all(Mt.NewSessionCreated)[0]!.firstMsgId).toBe(inner[0]!.msgId)
    for (const { msgId } of inner) expect(client.answerTo(msgId)).toBeDefined()
  })

  it('refuses what is older than its first message (20), since an earlier session may have carried it out', () => {
    const client = loggedIn(testServer())
    const overtaken = client.message(inited(nearestDc()))
    client.query(nearestDc())
    client.send(overtaken)
    expect(client.all(Mt.BadMsgNotification)).toMatchObject([{ badMsgId: overtaken.msgId, errorCode: 20 }])
    expect(client.answerTo(overtaken.msgId)).toBeUndefined()
  })

  it('answers with odd msg_ids, 1 mod 4 in answer to something and 3 mod 4 otherwise', () => {
    const client = loggedIn(testServer())
    client.query(nearestDc())
    const [created, answer] = client.inbox
    expect(created!.msgId % 4n).toBe(3n)
    expect(answer!.msgId % 4n).toBe(1n)
    expect(answer!.container! > answer!.msgId).toBe(true)
  })

  it('refuses a wrong salt, names the right one, and takes nothing of the packet', () => {
    const server = testServer()
    const client = loggedIn(server)
    const message = client.message(inited(nearestDc()))
    client.send(message, { salt: client.salt + 1n })
    expect(client.all(Mt.BadServerSalt)).toMatchObject([
      { badMsgId: message.msgId, badMsgSeqno: message.seqNo, errorCode: 48, newServerSalt: client.salt },
    ])
    expect(client.inbox).toHaveLength(1)
  })

  it.each([
    ['older than 300 s', -301, 16],
    ['more than 30 s ahead', 31, 17],
  ])('refuses a msg_id %s', (_what, seconds, code) => {
    const server = testServer()
    const client = loggedIn(server)
    const msgId = msgIdAt(server.platform.clock.now().wallMs + seconds * 1000)
    client.send({ msgId, seqNo: 1, body: inited(nearestDc()) })
    expect(codes(client)).toEqual([code])
    expect(server.core.violations.map((violation) => violation.code)).toEqual([code])
  })

  it('refuses a msg_id not divisible by 4 (18) and a query with an even seq_no (35), reports an odd ack (34)', () => {
    const server = testServer()
    const client = loggedIn(server)
    client.send({ ...client.message(inited(nearestDc())), msgId: client.nextMsgId() + 1n })
    client.send({ msgId: client.nextMsgId(), seqNo: 2, body: inited(nearestDc()) })
    client.send({ msgId: client.nextMsgId(), seqNo: 3, body: new Mt.MsgsAck({ msgIds: [] }).getBytes() })
    expect(codes(client)).toEqual([18, 35])
    expect(server.core.violations.map(({ code }) => code)).toEqual([18, 35, 34])
  })

  it('refuses a container whose msg_id was used (19), a container in a container, and bytes that are none (64)', () => {
    const client = loggedIn(testServer())
    const first = client.sendContainer([client.message(inited(nearestDc()))])
    const inner = client.message(inited(nearestDc()))
    client.send({ msgId: first, seqNo: 2, body: encodeContainer([{ ...inner, msgId: first - 4n }]) })
    expect(codes(client)).toEqual([19])
    client.sendContainer([client.message(encodeContainer([]), false)])
    expect(codes(client)).toEqual([19, 64])
    client.send(client.message(Uint8Array.of(0xdc, 0xf8, 0xf1, 0x73, 255, 255, 255, 127), false))
    expect(codes(client)).toEqual([19, 64, 64])
  })

  it('refuses a container inside gzip_packed', () => {
    const client = loggedIn(testServer())
    client.send(client.message(gzipPacked(gzip(encodeContainer([])))))
    expect(codes(client)).toEqual([64])
  })

  it('runs a query once, however often it comes, and sends the same answer inside a new container', () => {
    const server = testServer()
    let calls = 0
    server.core.handle(Api.help.GetNearestDc, () => {
      calls++
      return new Api.NearestDc({ country: 'CH', thisDc: 2, nearestDc: 2 })
    })
    const client = loggedIn(server)
    const message = client.message(inited(nearestDc()))
    client.sendContainer([message])
    client.sendContainer([message])
    expect(calls).toBe(1)
    const answers = client.inbox.filter(({ msgId }) => msgId === client.inbox[1]!.msgId)
    expect(answers).toHaveLength(2)
    expect(answers[1]!.container).not.toBe(answers[0]!.container)
    expect(server.core.violations).toEqual([])
  })

  it('calls a bare repetition a violation, and other bytes under the same id as well', () => {
    const server = testServer()
    const client = loggedIn(server)
    const message = client.message(inited(nearestDc()))
    client.send(message)
    client.send(message)
    client.send({ ...message, body: inited(new Api.help.GetConfig()) })
    expect(server.core.violations.map(({ code }) => code)).toEqual(['duplicate-id', 'reused-id'])
  })

  it('takes a bare message that was overtaken by its repetition for what it is', () => {
    const server = testServer()
    const client = loggedIn(server)
    client.query(nearestDc())
    const message = client.message(inited(nearestDc()))
    server.platform.advance(2_000)
    client.sendContainer([message])
    client.send(message)
    expect(client.answerTo(message.msgId)).toBeDefined()
    expect(server.core.violations).toEqual([])
  })

  it('announces a large answer instead of sending it again', () => {
    const server = testServer({ packFromBytes: Infinity })
    const country = 'x'.repeat(RESEND_BYTES)
    server.core.handle(Api.help.GetNearestDc, () => new Api.NearestDc({ country, thisDc: 2, nearestDc: 2 }))
    const client = loggedIn(server)
    const message = client.message(inited(nearestDc()))
    client.sendContainer([message])
    const answer = client.inbox.at(-1)!
    client.sendContainer([message])
    const announced = { msgId: message.msgId, answerMsgId: answer.msgId, bytes: answer.body.length }
    expect(client.all(Mt.MsgDetailedInfo)).toMatchObject([announced])
    client.send(client.message(new Mt.MsgResendReq({ msgIds: [answer.msgId] }), false))
    expect(client.inbox.at(-1)!.msgId).toBe(answer.msgId)
    expect(client.inbox.at(-1)!.body).toEqual(answer.body)
  })

  it('sends what was not acknowledged again when the session comes back over another connection', () => {
    const server = testServer()
    const client = loggedIn(server)
    const first = client.query(nearestDc())
    const answerId = client.inbox[1]!.msgId
    client.acknowledge(client.inbox[0]!.msgId)
    client.disconnect()
    client.inbox.length = 0
    client.connect()
    client.query(nearestDc())
    expect(client.inbox[0]).toMatchObject({ msgId: answerId })
    expect(client.inbox[0]!.container).toBeDefined()
    expect(client.answerTo(first)).toBeDefined()
    expect(client.all(Mt.NewSessionCreated)).toHaveLength(0)
  })

  it('announces a large answer on the new connection, and sends again what a half-open one may have lost', () => {
    const server = testServer({ packFromBytes: Infinity })
    const country = 'x'.repeat(RESEND_BYTES)
    server.core.handle(Api.help.GetNearestDc, () => new Api.NearestDc({ country, thisDc: 2, nearestDc: 2 }))
    const client = loggedIn(server)
    const large = client.query(nearestDc())
    const small = client.query(new Api.users.GetUsers({ id: [] }))
    server.platform.advance(10_001)
    client.inbox.length = 0
    client.connect()
    client.send(client.message(new Mt.Ping({ pingId: 1n }), false))
    expect(client.all(Mt.MsgDetailedInfo)).toMatchObject([{ msgId: large, bytes: RESEND_BYTES + 28 }])
    expect(client.answerTo(large)).toBeUndefined()
    expect(client.answerTo(small)).toBeDefined()
  })

  it('forgets what was acknowledged', () => {
    const server = testServer()
    const client = loggedIn(server)
    client.query(nearestDc())
    client.acknowledge(...client.inbox.map(({ msgId }) => msgId))
    client.disconnect()
    client.inbox.length = 0
    client.connect()
    const second = client.query(nearestDc())
    expect(client.inbox).toHaveLength(1)
    expect(client.answerTo(second)).toBeDefined()
  })

  it('reports acknowledgements of messages that it never sent', () => {
    const server = testServer()
    const client = loggedIn(server)
    client.query(nearestDc())
    client.acknowledge(client.inbox[1]!.msgId + 4n)
    expect(server.core.violations.map(({ code }) => code)).toEqual(['ack-of-unsent'])
  })

  it('acknowledges a query that takes its time, and answers it later', async () => {
    const server = testServer()
    let finish!: () => void
    const wait = new Promise<void>((resolve) => (finish = resolve))
    server.core.handle(Api.help.GetNearestDc, async () => {
      await wait
      return new Api.NearestDc({ country: 'CH', thisDc: 2, nearestDc: 2 })
    })
    const client = loggedIn(server)
    const msgId = client.query(nearestDc())
    expect(client.all(Mt.MsgsAck)).toMatchObject([{ msgIds: [msgId] }])
    expect(client.answerTo(msgId)).toBeUndefined()
    finish()
    await settled()
    expect(client.answerTo(msgId)).toBeDefined()
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

  it('knows nothing of a query whose answer nobody has fetched for ten minutes', () => {
    const server = testServer()
    const client = loggedIn(server)
    const query = client.query(nearestDc())
    client.disconnect()
    server.platform.advance(UNACKNOWLEDGED_MS + 1)
    client.connect()
    client.send(client.message(new Mt.MsgsStateReq({ msgIds: [query] }), false))
    expect([...client.all(Mt.MsgsStateInfo)[0]!.info]).toEqual([1])
  })

  it('takes back the answer of a query that runs, of one that is answered, and knows nothing of others', async () => {
    const server = testServer()
    server.core.handle(Api.help.GetNearestDc, () => new Promise<never>(() => undefined))
    const client = loggedIn(server)
    const running = client.query(nearestDc())
    const drop = (reqMsgId: bigint): Uint8Array =>
      client.answerTo(client.send(client.message(new Mt.RpcDropAnswer({ reqMsgId }))))!
    expect([...drop(running)]).toEqual([...new Mt.RpcAnswerDroppedRunning({}).getBytes()])
    expect([...client.answerTo(running)!]).toEqual([...new Mt.RpcAnswerDroppedRunning({}).getBytes()])
    const answered = client.query(new Api.help.GetConfig())
    expect(drop(answered).length).toBe(new Mt.RpcAnswerDropped({ msgId: 0n, seqNo: 0, bytes: 0 }).getBytes().length)
    expect([...drop(4n)]).toEqual([...new Mt.RpcAnswerUnknown({}).getBytes()])
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

  it('closes without a word on a payload above 1044456 bytes', () => {
    const client = loggedIn(testServer())
    client.sendPayload(new Uint8Array(1_044_460).fill(1))
    expect(client.closed).toBe(true)
    expect(client.errors).toEqual([])
  })

  it('answers -404 to a packet that is not authenticated', () => {
    const client = loggedIn(testServer())
    const packet = new Uint8Array(24 + 48)
    packet.set(client.authKey.id)
    client.sendPayload(packet)
    expect(client.errors).toEqual([-404])
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

describe('queries that wait for others', () => {
  const after = (msgId: bigint): Api.InvokeAfterMsg => new Api.InvokeAfterMsg({ msgId, query: nearestDc() })

  it('run when the other has succeeded', async () => {
    const server = testServer()
    let finish!: () => void
    const wait = new Promise<void>((resolve) => (finish = resolve))
    server.core.handle(Api.help.GetConfig, () => wait.then(() => new Error('unused') as never))
    server.core.handle(Api.users.GetUsers, () => wait.then(() => []))
    const client = loggedIn(server)
    const first = client.query(new Api.users.GetUsers({ id: [] }))
    const second = client.query(after(first))
    expect(client.answerTo(second)).toBeUndefined()
    finish()
    await settled()
    expect(client.answerTo(first)).toBeDefined()
    expect(client.answerTo(second)).toBeDefined()
  })

  it('keep what they hold when it came in pieces', async () => {
    const server = testServer()
    let finish!: () => void
    const wait = new Promise<void>((resolve) => (finish = resolve))
    server.core.handle(Api.users.GetUsers, () => wait.then(() => []))
    const saved: Uint8Array[] = []
    server.core.handle(Api.upload.SaveBigFilePart, ({ bytes }) => saved.push(bytes) > 0)
    const client = loggedIn(server)
    client.pieceBytes = 40_000
    const bytes = Buffer.alloc(100_000, 'part of a file')
    const part = new Api.upload.SaveBigFilePart({ fileId: 1n, filePart: 0, fileTotalParts: 1, bytes })
    client.query(part)
    const first = client.query(new Api.users.GetUsers({ id: [] }))
    const second = client.query(new Api.InvokeAfterMsg({ msgId: first, query: part }))
    expect(saved).toHaveLength(1)
    finish()
    await settled()
    expect(client.answerTo(second)).toBeDefined()
    expect(saved.map((each) => Buffer.compare(each, bytes))).toEqual([0, 0])
  })

  it('fail with MSG_WAIT_FAILED when the other has failed, and MSG_WAIT_TIMEOUT when it never comes', () => {
    const server = testServer()
    const client = loggedIn(server)
    const failed = client.query(new Api.contacts.ResolveUsername({ username: 'nobody_at_all' }))
    expect(() => client.call(after(failed))).toThrow('400 MSG_WAIT_FAILED')
    const waiting = client.query(after(client.nextMsgId() + 4000n))
    expect(client.answerTo(waiting)).toBeUndefined()
    server.platform.advance(501)
    return settled().then(() => expect(client.answerTo(waiting)).toBeDefined())
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
