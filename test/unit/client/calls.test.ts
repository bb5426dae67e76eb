import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { isRpcError, RpcError } from '../../../src/errors/rpc-error.js'
import { rpcErrorOf } from '../../../src/errors/rpc-error-classes.js'
import { systemPlatform } from '../../../src/platform/system.js'
import type { Timers } from '../../../src/platform/timers.js'
import type { TlRequest } from '../../../src/tl/object.js'
import { until } from '../../support/until.js'
import { invites, makeClient, serveStrictly, server } from './strict-server.js'

serveStrictly()

/** The next calls of help.getNearestDc are answered as soon as this is so. */
const answerWhen = (condition: () => boolean): void =>
  server.handle(Api.help.GetNearestDc, async () => {
    await until(condition)
    return new Api.NearestDc({ country: 'XX', thisDc: 2, nearestDc: 2 })
  })

describe('a call', () => {
  it("is refused with the server's error, split and typed", async () => {
    await using client = makeClient()
    await client.connect()
    server.handle(Api.help.GetNearestDc, () => {
      throw rpcErrorOf(400, 'PEER_ID_INVALID')
    })
    await expect(client.invoke(new Api.help.GetNearestDc())).rejects.toMatchObject({
      code: 400,
      type: 'PEER_ID_INVALID',
      method: 'help.GetNearestDc',
    })
  })
  it('inside wrappers is refused as the method inside', async () => {
    await using client = makeClient()
    await client.connect()
    server.handle(Api.help.GetNearestDc, () => {
      throw rpcErrorOf(400, 'PEER_ID_INVALID')
    })
    const wrapped = new Api.InvokeWithLayer({
      layer: 228,
      query: new Api.InvokeWithoutUpdates({ query: new Api.help.GetNearestDc() }),
    })
    const error: unknown = await client.invoke(wrapped).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ method: 'help.GetNearestDc', wrappers: ['InvokeWithLayer', 'InvokeWithoutUpdates'] })
    for (const method of [Api.help.GetNearestDc, Api.InvokeWithLayer, Api.InvokeWithoutUpdates]) {
      expect(isRpcError(error, method)).toBe(true)
    }
    expect(isRpcError(error, Api.help.GetConfig)).toBe(false)
  })
  it('inside a wrapper waits for its own flood alone, not for that of others in the same wrapper', async () => {
    // The wait of the flood begins when the test says so, that a slow machine may not end it before.
    let beginWait: (() => void) | undefined
    const timers: Timers = {
      set(delayMs, callback) {
        if (delayMs !== 1000 || beginWait !== undefined) return systemPlatform.timers.set(delayMs, callback)
        beginWait = () => void systemPlatform.timers.set(delayMs, callback)
        return () => {}
      },
    }
    await using client = makeClient({ platform: { ...systemPlatform, timers } })
    await client.connect()
    let calls = 0
    const quiet = <R>(query: TlRequest<R>): Promise<R> => client.invoke(new Api.InvokeWithoutUpdates({ query }))
    server.handle(Api.help.GetNearestDc, () => {
      if (calls++ > 0) return new Api.NearestDc({ country: 'XX', thisDc: 1, nearestDc: 1 })
      throw rpcErrorOf(420, 'FLOOD_WAIT_1')
    })
    const flooded = quiet(new Api.help.GetNearestDc())
    await until(() => beginWait !== undefined)
    await quiet(new Api.users.GetUsers({ id: [new Api.InputUserSelf()] }))
    expect(calls).toBe(1)
    beginWait!()
    expect(await flooded).toBeInstanceOf(Api.NearestDc)
    expect(calls).toBe(2)
  })
  it('before connect(), or with what is no request, is refused at once', async () => {
    const client = makeClient()
    await expect(client.invoke(invites())).rejects.toMatchObject({
      failure: 'state',
      message: expect.stringContaining('call connect() first'),
    })
    await client.connect()
    await expect(client.invoke({} as never)).rejects.toMatchObject({ failure: 'argument' })
    await expect(client.invoke(Api.help.GetConfig as never)).rejects.toMatchObject({
      failure: 'argument',
      message: expect.stringMatching(/got the class help\.GetConfig$/),
    })
    await expect(client.invoke(new Api.InputPeerSelf() as never)).rejects.toMatchObject({ failure: 'argument' })
    await client.disconnect()
    await expect(client.invoke(invites())).rejects.toMatchObject({ failure: 'state' })
  })
  it('can be aborted, and times out', async () => {
    await using client = makeClient()
    await client.connect()
    server.handle(Api.help.GetNearestDc, () => new Promise<never>(() => {}))
    const abort = new AbortController()
    const aborted = client.invoke(new Api.help.GetNearestDc(), { signal: abort.signal })
    setTimeout(() => abort.abort(new Error('enough')), 50)
    await expect(aborted).rejects.toMatchObject({ failure: 'aborted', cause: { message: 'enough' } })
    await expect(client.invoke(new Api.help.GetNearestDc(), { timeout: 0.1 })).rejects.toMatchObject({
      failure: 'timeout',
    })
    expect((await client.getMe()).username).toBe('username')
  })
  it('of a thousand at once gets its own answer', async () => {
    await using client = makeClient()
    await client.connect()
    server.handle(Api.contacts.ResolvePhone, ({ phone }) => {
      throw rpcErrorOf(400, `PHONE_${phone}`)
    })
    const calls = Array.from({ length: 1000 }, (_, i) =>
      client
        .invoke(new Api.contacts.ResolvePhone({ phone: String(i) }))
        .catch((error: { rpcMessage: string }) => error.rpcMessage),
    )
    expect(await Promise.all(calls)).toEqual(Array.from({ length: 1000 }, (_, i) => `PHONE_${i}`))
  })
})

describe('a data centre that turns the client away', () => {
  it('R9: by AUTH_KEY_DUPLICATED ends the session: the key is dropped, and the owner is told', async () => {
    const client = makeClient()
    const told: string[] = []
    client.onLoggedOut = (error) => void told.push(error.message)
    await client.connect()
    server.faults.query = (method) =>
      method === 'users.GetUsers' ? new RpcError(406, 'AUTH_KEY_DUPLICATED') : undefined
    try {
      await expect(client.getMe()).rejects.toMatchObject({ code: 406 })
    } finally {
      delete server.faults.query
    }
    expect(told).toEqual([expect.stringContaining('AUTH_KEY_DUPLICATED')])
    expect([client.session.save(), client.connected]).toEqual(['', false])
  })
  it('R7, R9: by 500, FLOOD_WAIT_1, CONNECTION_NOT_INITED, MSG_WAIT_TIMEOUT, once each, is asked again', async () => {
    await using client = makeClient({ retryDelay: 10 })
    await client.connect()
    const refusals = [
      new RpcError(500, 'RPC_CALL_FAIL'),
      new RpcError(420, 'FLOOD_WAIT_1'),
      new RpcError(400, 'CONNECTION_NOT_INITED'),
      new RpcError(400, 'MSG_WAIT_TIMEOUT'),
    ]
    server.faults.query = (method) => (method === 'users.GetUsers' ? refusals.shift() : undefined)
    try {
      expect((await client.getMe()).username).toBe('username')
    } finally {
      delete server.faults.query
    }
    expect(refusals).toEqual([])
  })
  it('S: tells by a quick ack that it has the call, before it answers', async () => {
    await using client = makeClient()
    await client.connect()
    const order: string[] = []
    answerWhen(() => order.length > 0)
    await client
      .invoke(new Api.help.GetNearestDc(), { onAcknowledged: () => void order.push('acknowledged') })
      .then(() => order.push('answered'))
    expect(order).toEqual(['acknowledged', 'answered'])
  })
  it.each([
    ['throws', (): never => {
      throw new Error('mine')
    }],
    ['rejects with', async (): Promise<never> => {
      throw new Error('mine')
    }],
  ])('S: what the callback of a quick ack %s ends that call and no other', async (_how, fail) => {
    await using client = makeClient()
    await client.connect()
    let acknowledged = false
    const onAcknowledged = (): Promise<never> => {
      acknowledged = true
      return fail()
    }
    answerWhen(() => acknowledged)
    await expect(client.invoke(new Api.help.GetNearestDc(), { onAcknowledged })).rejects.toThrow('mine')
    expect((await client.invoke(new Api.help.GetNearestDc())).country).toBe('XX')
  })
})
