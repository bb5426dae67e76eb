import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { loggedIn, settled, testServer } from './setup.js'
import { inited } from './test-client.js'

const nearestDc = (): Api.help.GetNearestDc => new Api.help.GetNearestDc()

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

  it('leave no timer, when they are done and when the server is closed', async () => {
    const server = testServer()
    const client = loggedIn(server)
    const later = client.nextMsgId() + 4000n
    const waiting = client.query(after(later))
    expect(server.platform.pendingTimers).toBeGreaterThan(0)
    client.send({ msgId: later, seqNo: client.nextSeqNo(true), body: inited(nearestDc()) })
    await settled()
    expect(client.answerTo(waiting)).toBeDefined()
    const before = server.platform.pendingTimers
    const other = loggedIn(server)
    const never = other.query(after(other.nextMsgId() + 4000n))
    expect(server.platform.pendingTimers).toBe(before + 1)
    for (const { queries } of server.core.centres) queries.end()
    await settled()
    expect(server.platform.pendingTimers).toBe(before)
    expect(other.answerTo(never)).toBeDefined()
  })
})
