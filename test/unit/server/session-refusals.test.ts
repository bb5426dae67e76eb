import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import * as Mt from '../../../generated/mtproto/index.js'
import { gzip } from '../../../src/crypto/gzip.node.js'
import { gzipPacked } from '../../../src/mtproto/packed.js'
import { encodeContainer } from '../../../src/mtproto/container.js'
import { msgIdAt } from '../../../src/mtproto/msg-id.js'
import { loggedIn, testServer } from './setup.js'
import { inited, type TestClient } from './test-client.js'

const nearestDc = (): Api.help.GetNearestDc => new Api.help.GetNearestDc()
const codes = (client: TestClient): number[] => client.all(Mt.BadMsgNotification).map(({ errorCode }) => errorCode)

describe('a session at the server', () => {
  it('refuses what is older than its first message (20), since an earlier session may have carried it out', () => {
    const client = loggedIn(testServer())
    const overtaken = client.message(inited(nearestDc()))
    client.query(nearestDc())
    client.send(overtaken)
    expect(client.all(Mt.BadMsgNotification)).toMatchObject([{ badMsgId: overtaken.msgId, errorCode: 20 }])
    expect(client.answerTo(overtaken.msgId)).toBeUndefined()
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
})
