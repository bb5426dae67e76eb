import { describe, expect, it } from 'vitest'
import { markDisposable } from '../../../src/bytes/disposable.js'
import { AddressBook } from '../../../src/connection/address-book.js'
import { Backoff } from '../../../src/connection/backoff.js'
import { DcConnection } from '../../../src/connection/dc-connection.js'
import { DcPool } from '../../../src/connection/dc-pool.js'
import { Invoker } from '../../../src/connection/invoker.js'
import { isIdempotent, type Query } from '../../../src/connection/query.js'
import { LocalError } from '../../../src/errors/errors.js'
import { ManualPlatform } from '../../../src/platform/manual.js'
import { noCodec, ScriptedEngine, ScriptedNetwork, settle } from './scripted.js'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const query = (text: string): Query => ({ body: bytes(text), method: `test.${text}`, idempotent: true })

function setUp() {
  const platform = new ManualPlatform()
  const engines = new Map<number, ScriptedEngine>()
  const networks = new Map<number, ScriptedNetwork>()
  const carried: number[] = []
  const loggedOut: string[] = []
  const pool = new DcPool({
    make: (dcId) => {
      const engine = new ScriptedEngine()
      const network = new ScriptedNetwork()
      engines.set(dcId, engine)
      networks.set(dcId, network)
      return new DcConnection({
        dcId,
        engine,
        platform,
        dial: network.dial,
        makeCodec: noCodec,
        addresses: new AddressBook({ host: `dc${dcId}`, port: 443 }),
        backoff: new Backoff(platform.random),
        initConnection: bytes('init '),
        observer: {},
      })
    },
    carryAuthorisation: async (_home, target) => void carried.push(target.dcId),
    onHomeChange: () => {},
  })
  const invoker = new Invoker({ pool, platform, onLoggedOut: (error) => void loggedOut.push(error.type) })
  pool.openHome(2)
  const advance = async (ms: number): Promise<void> => {
    await settle()
    for (let passed = 0; passed <= ms; passed += 100) {
      platform.advance(Math.min(100, ms - passed))
      await settle()
    }
  }
  const sent = (dcId = 2): string[] => engines.get(dcId)!.sent.map(({ text }) => text)
  const answer = async (event: object, dcId = 2): Promise<void> => {
    await settle()
    engines.get(dcId)!.events.push(event as never)
    networks.get(dcId)!.handlers!.drain!()
    await settle()
  }
  const result = (call: number, text: string, dcId = 2): Promise<void> =>
    answer({ type: 'result', call, body: bytes(text) }, dcId)
  const refuse = (call: number, code: number, message: string, dcId = 2): Promise<void> =>
    answer({ type: 'rpc-error', call, code, message }, dcId)
  const introduced = async (): Promise<void> => {
    const first = invoker.invoke(query('hello'))
    await advance(1)
    await result(1, 'hi')
    await first
  }
  return {
    platform,
    pool,
    invoker,
    engines,
    networks,
    carried,
    loggedOut,
    advance,
    sent,
    result,
    refuse,
    answer,
    introduced,
  }
}

describe('a connection', () => {
  it('carries answers to the calls that asked, in whatever order they come', async () => {
    const { invoker, sent, result, advance } = setUp()
    const calls = ['a', 'b', 'c'].map((text) => invoker.invoke(query(text)))
    await advance(1)
    expect(sent()).toEqual(['a', 'b', 'c'])
    await result(3, 'C')
    await result(1, 'A')
    await result(2, 'B')
    expect((await Promise.all(calls)).map((body) => new TextDecoder().decode(body))).toEqual(['A', 'B', 'C'])
  })
  it('R9: introduces the client again after CONNECTION_NOT_INITED, and sends the call once more', async () => {
    const { invoker, sent, result, refuse, introduced } = setUp()
    await introduced()
    const call = invoker.invoke(query('b'))
    await refuse(2, 400, 'CONNECTION_NOT_INITED')
    expect(sent().at(-1)).toBe('init b')
    await result(3, 'B')
    await call
  })
  it('keeps the bytes of a call until it is answered, and no longer', async () => {
    const { invoker, sent, result, refuse, introduced } = setUp()
    await introduced()
    const body = new Uint8Array(100_000).fill(0x61)
    markDisposable(body)
    const call = invoker.invoke({ ...query('long'), body })
    await refuse(2, 400, 'CONNECTION_NOT_INITED')
    expect(sent().at(-1)).toBe(`init ${'a'.repeat(100_000)}`)
    await refuse(3, 400, 'CONNECTION_NOT_INITED')
    expect(body).toHaveLength(100_000)
    await result(4, 'A')
    await call
    expect(body).toHaveLength(0)
  })
  it('rejects everything under way on close(), and leaves no timer', async () => {
    const { invoker, pool, platform, introduced, refuse, advance } = setUp()
    await introduced()
    const calls = ['a', 'b'].map((text) => invoker.invoke(query(text)))
    const outcome = Promise.allSettled(calls)
    await advance(1)
    await refuse(2, 420, 'FLOOD_WAIT_30')
    pool.close()
    invoker.close(new LocalError('disconnected', 'the client disconnected'))
    for (const settled of await outcome)
      expect(settled).toMatchObject({ status: 'rejected', reason: { failure: 'disconnected' } })
    expect(platform.pendingTimers).toBe(0)
    await expect(invoker.invoke(query('late'))).rejects.toMatchObject({ failure: 'state' })
  })
  it('S13: tells the engine when a caller aborts or gives up', async () => {
    const { invoker, engines, introduced, platform, advance } = setUp()
    await introduced()
    const abort = new AbortController()
    const aborted = invoker.invoke(query('a'), { signal: abort.signal })
    const late = invoker.invoke(query('b'), { timeoutMs: 2_000 })
    const outcome = Promise.allSettled([aborted, late])
    await advance(1)
    abort.abort(new Error('enough'))
    await advance(2_100)
    expect(await outcome).toMatchObject([
      { reason: { failure: 'aborted' } },
      { reason: { failure: 'timeout', message: /test\.b: no answer within 2 s/ } },
    ])
    expect(engines.get(2)!.cancelled).toEqual([2, 3])
    expect(platform.pendingTimers).toBe(0)
    await expect(invoker.invoke(query('c'), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      failure: 'aborted',
    })
  })
})

describe('refusals of the server', () => {
  it.each(['FLOOD_WAIT_3', 'FLOOD_PREMIUM_WAIT_3', 'SLOWMODE_WAIT_3', 'FLOOD_TEST_PHONE_WAIT_3'])(
    'R7: %s is slept through',
    async (message) => {
      const { invoker, sent, refuse, result, introduced, advance } = setUp()
      await introduced()
      const call = invoker.invoke(query('a'))
      await refuse(2, 420, message)
      await advance(2_900)
      expect(sent()).toHaveLength(2)
      await advance(200)
      expect(sent().at(-1)).toBe('a')
      expect(sent()).toHaveLength(3)
      await result(3, 'A')
      await call
    },
  )
  it('R7: a wait beyond the threshold of the client or of the call is raised with its seconds', async () => {
    const { invoker, refuse, introduced } = setUp()
    await introduced()
    const long = invoker.invoke(query('a'))
    const impatient = invoker.invoke(query('b'), { floodSleepThresholdSeconds: 0 })
    const outcome = Promise.allSettled([long, impatient])
    await refuse(2, 420, 'FLOOD_WAIT_3600')
    await refuse(3, 420, 'FLOOD_WAIT_1')
    expect(await outcome).toMatchObject([
      { reason: { seconds: 3600 } },
      { reason: { seconds: 1, errorMessage: 'FLOOD' } },
    ])
  })
  it('R7: a wait holds back other calls of the same method, and no others', async () => {
    const { invoker, sent, refuse, introduced, advance } = setUp()
    await introduced()
    void invoker.invoke(query('a')).catch(() => {})
    await refuse(2, 420, 'FLOOD_WAIT_5')
    void invoker.invoke(query('a')).catch(() => {})
    void invoker.invoke(query('b')).catch(() => {})
    await advance(1_000)
    expect(sent().slice(2)).toEqual(['b'])
    await advance(5_000)
    expect(sent().slice(2)).toEqual(['b', 'a', 'a'])
  })
  it('R7: failures of the server are tried again with growing gaps, and then raised', async () => {
    const { invoker, sent, refuse, introduced, advance } = setUp()
    await introduced()
    const call = expect(invoker.invoke(query('a'), { requestRetries: 3 })).rejects.toMatchObject({ code: 500 })
    await refuse(2, 500, 'RPC_CALL_FAIL')
    await advance(1_000)
    await refuse(3, -503, 'Timeout')
    await advance(1_500)
    expect(sent()).toHaveLength(3)
    await advance(600)
    await refuse(4, 500, 'WORKER_BUSY_TOO_LONG_RETRY')
    await call
  })
  it.each(['PHONE_MIGRATE', 'NETWORK_MIGRATE', 'USER_MIGRATE'])('R8: %s moves the account, once', async (type) => {
    const { invoker, pool, sent, refuse, result, introduced, carried, networks, advance } = setUp()
    await introduced()
    const call = invoker.invoke(query('a'))
    await refuse(2, 303, `${type}_4`)
    await advance(1)
    expect(pool.home.dcId).toBe(4)
    expect(sent(4)).toEqual(['a'])
    expect(networks.get(2)!.open).toBe(0)
    await result(1, 'A', 4)
    await call
    expect(carried).toEqual([])
  })
  it.each(['FILE_MIGRATE', 'STATS_MIGRATE'])(
    'R8: %s moves that call alone, with the authorisation carried over once',
    async (type) => {
      const { invoker, pool, sent, refuse, result, introduced, carried, advance } = setUp()
      await introduced()
      const call = invoker.invoke(query('a'))
      await refuse(2, 303, `${type}_4`)
      await advance(1)
      expect(sent(4)).toEqual(['a'])
      await result(1, 'A', 4)
      await call
      const direct = invoker.invoke(query('b'), { dcId: 4 })
      await refuse(2, 401, 'AUTH_KEY_UNREGISTERED', 4)
      await advance(1)
      await result(3, 'B', 4)
      await direct
      expect([pool.home.dcId, carried]).toEqual([2, [4, 4]])
    },
  )
  it('R8: data centres that send a call in circles are refused', async () => {
    const { invoker, refuse, introduced, advance } = setUp()
    await introduced()
    const call = expect(invoker.invoke(query('a'))).rejects.toMatchObject({ type: 'FILE_MIGRATE' })
    await refuse(2, 303, 'FILE_MIGRATE_4')
    await advance(1)
    await refuse(1, 303, 'FILE_MIGRATE_5', 4)
    await advance(1)
    await refuse(1, 303, 'FILE_MIGRATE_4', 5)
    await call
  })
  it('R9: MSG_WAIT_TIMEOUT sends the same call again; AUTH_KEY_DUPLICATED and a revoked session log out', async () => {
    const { invoker, refuse, result, introduced, loggedOut, advance } = setUp()
    await introduced()
    const waiting = invoker.invoke(query('a'))
    await refuse(2, 400, 'MSG_WAIT_TIMEOUT')
    await advance(600)
    await result(3, 'A')
    await waiting
    const duplicated = expect(invoker.invoke(query('b'))).rejects.toMatchObject({ type: 'AUTH_KEY_DUPLICATED' })
    await refuse(4, 406, 'AUTH_KEY_DUPLICATED')
    await duplicated
    const revoked = expect(invoker.invoke(query('c'))).rejects.toMatchObject({ type: 'SESSION_REVOKED' })
    await refuse(5, 401, 'SESSION_REVOKED')
    await revoked
    expect(loggedOut).toEqual(['AUTH_KEY_DUPLICATED', 'SESSION_REVOKED'])
  })
})

describe('a call', () => {
  it.each([
    ['messages.GetHistory', {}, true],
    ['contacts.ResolveUsername', {}, true],
    ['messages.SendMessage', { randomId: 1 }, true],
    ['messages.CreateChat', {}, false],
    ['messages.GetBotCallbackAnswer', {}, false],
    ['channels.JoinChannel', {}, false],
  ])('of %s with %o may be sent twice: %s', (className, fields, expected) => {
    expect(isIdempotent({ className, ...fields })).toBe(expected)
  })
})
