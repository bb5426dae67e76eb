import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import * as Mt from '../../../generated/mtproto/index.js'
import { encodeContainer } from '../../../src/mtproto/container.js'
import { RESEND_BYTES, UNACKNOWLEDGED_MS } from '../../../src/server/limits.js'
import { loggedIn, settled, testServer } from './setup.js'
import { inited } from './test-client.js'

const nearestDc = (): Api.help.GetNearestDc => new Api.help.GetNearestDc()

describe('a session at the server', () => {
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

  it('a message that its own repetition has overtaken on a faster connection is no violation', () => {
    const server = testServer()
    const slow = loggedIn(server)
    slow.call(nearestDc())
    const fast = loggedIn(server)
    fast.authKey = slow.authKey
    fast.salt = slow.salt
    const message = slow.message(inited(nearestDc()))
    server.platform.advance(500)
    fast.send({ msgId: fast.nextMsgId(), seqNo: slow.nextSeqNo(false), body: encodeContainer([message]) })
    slow.send(message)
    expect(server.core.violations).toEqual([])
    fast.send(message)
    expect(server.core.violations.map(({ code }) => code)).toEqual(['duplicate-id'])
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

  it('says on every connection that it is new, before anything else, until that is acknowledged', () => {
    const server = testServer()
    const client = loggedIn(server)
    client.query(nearestDc())
    const [created] = client.inbox
    const ping = (): void => {
      client.inbox.length = 0
      client.connect()
      client.send(client.message(new Mt.Ping({ pingId: 1n }), false))
    }
    ping()
    expect(client.inbox.map(({ msgId }) => msgId)[0]).toBe(created!.msgId)
    expect(client.inbox[0]!.container).toBeDefined()
    expect(client.inbox).toHaveLength(2) // the answer is on its way over a connection that seems to be open
    ping()
    expect(client.inbox[0]!.msgId).toBe(created!.msgId)
    client.acknowledge(created!.msgId)
    ping()
    expect(client.inbox).toHaveLength(1)
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
})
