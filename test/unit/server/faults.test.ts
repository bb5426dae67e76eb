import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import * as Mt from '../../../generated/mtproto/index.js'
import { RpcError } from '../../../src/errors/rpc-error.js'
import { loggedIn, testServer } from './setup.js'
import { inited } from './test-client.js'

const nearestDc = (): Api.help.GetNearestDc => new Api.help.GetNearestDc()

describe('faults on purpose', () => {
  const server = testServer()
  const { faults } = server.core
  const client = loggedIn(server)
  client.query(nearestDc())
  const reset = (): void => {
    for (const name of Object.keys(faults)) delete faults[name as keyof typeof faults]
    client.inbox.length = 0
  }

  it('answer a query with an error before it runs', () => {
    reset()
    faults.query = (method) => (method === 'help.GetNearestDc' ? new RpcError(420, 'FLOOD_WAIT_3') : undefined)
    expect(() => client.call(nearestDc())).toThrow('420 FLOOD_WAIT_3')
    expect(client.call(new Api.help.GetConfig())).toBeDefined()
  })

  it('swallow an answer: the query is acknowledged and no more is heard of it', () => {
    reset()
    faults.answer = () => 'drop'
    const msgId = client.query(nearestDc())
    expect(client.answerTo(msgId)).toBeUndefined()
    expect(client.all(Mt.MsgsAck)).toMatchObject([{ msgIds: [msgId] }])
  })

  it('change an answer', () => {
    reset()
    faults.answer = () => new Api.NearestDc({ country: 'XX', thisDc: 1, nearestDc: 1 }).getBytes()
    expect(client.call(nearestDc())).toMatchObject({ country: 'XX' })
  })

  it('lose a message so that it was never received', () => {
    reset()
    faults.messageIn = () => 'drop'
    const message = client.message(inited(nearestDc()))
    client.sendContainer([message])
    reset()
    client.send(client.message(new Mt.MsgsStateReq({ msgIds: [message.msgId] }), false))
    expect([...client.all(Mt.MsgsStateInfo)[0]!.info]).toEqual([2])
    client.sendContainer([message])
    expect(client.answerTo(message.msgId)).toBeDefined()
  })

  it('call a right salt wrong', () => {
    reset()
    faults.salt = () => 'refuse'
    client.query(nearestDc())
    expect(client.all(Mt.BadServerSalt)).toHaveLength(1)
  })

  it('keep silent about what was received', () => {
    reset()
    server.core.handle(Api.users.GetUsers, () => new Promise<never>(() => undefined))
    faults.acknowledge = () => 'drop'
    client.query(new Api.users.GetUsers({ id: [] }))
    expect(client.inbox).toEqual([])
  })

  it('send a packet twice, or in another session', () => {
    reset()
    faults.sealed = (packet) => [packet, packet]
    const msgId = client.query(nearestDc())
    expect(client.inbox).toHaveLength(2)
    expect(client.inbox[0]!.msgId).toBe(client.inbox[1]!.msgId)
    reset()
    faults.packetOut = (packet) => ({ ...packet, sessionId: 99n })
    client.query(nearestDc())
    expect(client.inbox.map(({ sessionId }) => sessionId)).toEqual([99n])
    expect(msgId).toBeDefined()
  })

  it('lose a packet on the way, and answer one with a transport error', () => {
    reset()
    faults.packetIn = () => 'drop'
    client.query(nearestDc())
    expect(client.inbox).toEqual([])
    reset()
    faults.transportError = () => -429
    client.query(nearestDc())
    expect(client.errors).toEqual([-429])
    expect(client.closed).toBe(true)
  })
})

describe('what the server itself can be made to do', () => {
  it('forget its keys: -404', () => {
    const server = testServer()
    const client = loggedIn(server)
    client.query(nearestDc())
    server.core.forgetKeys()
    client.query(nearestDc())
    expect(client.errors).toEqual([-404])
  })

  it('replace its salts: the next packet is told the new one', () => {
    const server = testServer()
    const client = loggedIn(server)
    client.query(nearestDc())
    server.core.replaceSalts()
    client.query(nearestDc())
    const [notice] = client.all(Mt.BadServerSalt)
    const again = client.send(client.message(inited(nearestDc())), { salt: notice!.newServerSalt })
    expect(client.answerTo(again)).toBeDefined()
  })
})

describe('strict mode', () => {
  it('notices padding that is not random', () => {
    const server = testServer()
    const client = loggedIn(server)
    const { random } = server.platform
    const honest = random.fill
    random.fill = (target) => target.fill(7)
    client.query(nearestDc())
    random.fill = honest
    client.query(nearestDc())
    expect(server.core.violations.map(({ code }) => code)).toEqual(['constant-padding'])
  })

  it('takes a container of more than 1024 messages, and reports it', () => {
    const server = testServer()
    const client = loggedIn(server)
    client.query(nearestDc())
    const messages = Array.from({ length: 1025 }, () => client.message(nearestDc()))
    client.sendContainer(messages)
    expect(client.answerTo(messages.at(-1)!.msgId)).toBeDefined()
    expect(server.core.violations.map(({ code }) => code)).toEqual(['oversize-container'])
  })

  it('is silent about a client that does everything right, and off by default', () => {
    const server = testServer()
    const client = loggedIn(server)
    for (let i = 0; i < 20; i++) client.query(nearestDc())
    client.acknowledge(...client.inbox.filter(({ seqNo }) => seqNo % 2 === 1).map(({ msgId }) => msgId))
    expect(server.core.violations).toEqual([])
    const lax = testServer({ strict: false })
    const sloppy = loggedIn(lax)
    sloppy.send({ msgId: sloppy.nextMsgId() + 1n, seqNo: 1, body: inited(nearestDc()) })
    expect(lax.core.violations).toEqual([])
  })
})
