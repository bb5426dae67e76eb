import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { concat } from '../../../src/bytes/bytes.js'
import { gzip } from '../../../src/crypto/gzip.node.js'
import { gzipPacked } from '../../../src/mtproto/packed.js'
import { RpcError } from '../../../src/errors/rpc-error.js'
import { Reader } from '../../../src/tl/reader.js'
import { self } from './asking.js'
import { loggedIn, rsaKey, settled, testServer } from './setup.js'
import { CLIENT, TestClient } from './test-client.js'

describe('the dispatcher', () => {
  const server = testServer()

  it('takes wrappers in any order and depth, with gzip_packed inside initConnection', () => {
    const client = loggedIn(server)
    const query = new Api.help.GetNearestDc()
    const init = (inner: unknown) => new Api.InitConnection({ ...CLIENT, query: inner as never })
    const layer = (inner: unknown) => new Api.InvokeWithLayer({ layer: 198, query: inner as never })
    const quiet = (inner: unknown) => new Api.InvokeWithoutUpdates({ query: inner as never })
    for (const wrapped of [layer(init(query)), init(layer(query)), layer(quiet(init(query))), quiet(query)]) {
      expect(client.answerTo(client.send(client.message(wrapped)))).toBeDefined()
    }
    const head = init(query).getBytes().subarray(0, -4)
    const packed = gzipPacked(gzip(query.getBytes()))
    const body = concat(layer(query).getBytes().subarray(0, 8), head, packed)
    const answer = client.answerTo(client.send(client.message(body)))
    expect(query.readResult(new Reader(answer!))).toMatchObject({ thisDc: 2 })
  })

  it('wants initConnection first', () => {
    const client = loggedIn(server)
    const answer = client.answerTo(client.send(client.message(new Api.users.GetUsers({ id: [] }))))
    expect(Buffer.from(answer!).toString('latin1')).toContain('CONNECTION_NOT_INITED')
  })

  it('answers unknown methods, arguments that cannot be read, and methods without a handler with an error', () => {
    const client = loggedIn(server)
    const text = (body: Uint8Array): string =>
      Buffer.from(client.answerTo(client.send(client.message(body)))!).toString('latin1')
    client.query(new Api.help.GetNearestDc())
    expect(text(Uint8Array.of(1, 2, 3, 4))).toContain('INPUT_METHOD_INVALID_67305985')
    expect(text(self().getBytes().subarray(0, 8))).toContain('INPUT_FETCH_ERROR')
    expect(text(new Api.help.GetSupport().getBytes())).toContain('METHOD_INVALID')
  })

  it('answers 401 AUTH_KEY_UNREGISTERED before login', () => {
    const client = new TestClient(server.core, server.platform)
    client.exchangeKeys(rsaKey)
    expect(() => client.call(self())).toThrow('401 AUTH_KEY_UNREGISTERED')
  })

  it('turns an error that a handler throws or returns into rpc_error, and any other exception into 500', async () => {
    const failures: unknown[] = []
    const own = testServer({ onHandlerError: (error) => failures.push(error) })
    const client = loggedIn(own)
    own.core.handle(Api.help.GetSupport, () => new RpcError(420, 'FLOOD_WAIT_7'))
    expect(() => client.call(new Api.help.GetSupport())).toThrow('420 FLOOD_WAIT_7')
    own.core.handle(Api.help.GetSupport, () => {
      throw new RangeError('a slip')
    })
    expect(() => client.call(new Api.help.GetSupport())).toThrow('500 INTERNAL')
    own.core.handle(Api.help.GetSupport, () => Promise.reject(new RpcError(400, 'LATER')))
    const late = client.query(new Api.help.GetSupport())
    await settled()
    expect(Buffer.from(client.answerTo(late)!).toString('latin1')).toContain('LATER')
    expect(failures).toMatchObject([{ message: 'a slip' }])
  })

  it('says where in a result a value lies that does not fit', () => {
    const failures: unknown[] = []
    const own = testServer({ onHandlerError: (error) => failures.push(error) })
    const client = loggedIn(own)
    const nearest = (thisDc: unknown): never => new Api.NearestDc({ country: 'CH', thisDc: thisDc as never, nearestDc: 2 }) as never
    own.core.handle(Api.help.GetNearestDc, () => nearest('two'))
    own.core.handle(Api.users.GetUsers, () => [new Api.UserEmpty({ id: 1n }), new Api.UserEmpty({ id: 'one' as never })])
    own.core.handle(Api.messages.ReceivedQueue, () => [1n, {}] as never)
    client.query(new Api.help.GetNearestDc())
    client.query(new Api.users.GetUsers({ id: [] }))
    client.query(new Api.messages.ReceivedQueue({ maxQts: 1 }))
    expect(failures).toMatchObject([
      { path: 'help.getNearestDc.result.this_dc', expected: 'an int, -2^31 to 2^31-1', got: '"two"' },
      { path: 'users.getUsers.result[1].id', got: '"one"' },
      { path: 'messages.receivedQueue.result[1]', got: 'a plain object' },
    ])
  })

  it('a handler sees who asks', () => {
    const own = testServer()
    const client = loggedIn(own)
    let seen: unknown
    own.core.handle(Api.help.GetNearestDc, (_request, context) => {
      seen = [context.user?.username, context.layer, context.client?.deviceModel]
      return new Api.NearestDc({ country: 'CH', thisDc: 2, nearestDc: 2 })
    })
    client.query(new Api.help.GetNearestDc(), 214)
    expect(seen).toEqual(['username', 214, 'test'])
  })

  it('gives clients of other layers users in the form of their layer, or userEmpty', () => {
    const idIn = (layer: number): string => {
      const client = loggedIn(server)
      const body = client.answerTo(client.query(self(), layer))!
      return new DataView(body.buffer, body.byteOffset).getUint32(8, true).toString(16)
    }
    expect(idIn(228)).toBe(Api.User.CONSTRUCTOR_ID.toString(16))
    expect(idIn(198)).toBe('4b46c37e')
    expect(idIn(214)).toBe('20b1422')
    expect(idIn(196)).toBe(Api.UserEmpty.CONSTRUCTOR_ID.toString(16))
  })
})
