import { describe, expect, it } from 'vitest'
import { AddressBook } from '../../../src/connection/address-book.js'
import { Backoff } from '../../../src/connection/backoff.js'
import { Driver } from '../../../src/connection/driver.js'
import type { EngineEvent } from '../../../src/mtproto/engine/engine.js'
import { ManualPlatform, seededRandom } from '../../../src/platform/manual.js'
import { noCodec, ScriptedEngine, ScriptedNetwork, settle } from './scripted.js'

function setUp(seed = 1) {
  const platform = new ManualPlatform({ seed })
  const engine = new ScriptedEngine()
  const network = new ScriptedNetwork()
  const events: EngineEvent[] = []
  const failures: Error[] = []
  const driver = new Driver({
    engine,
    platform,
    dial: network.dial,
    makeCodec: noCodec,
    addresses: new AddressBook({ host: 'a', port: 443 }, { host: 'b', port: 443 }),
    backoff: new Backoff(platform.random),
    onEvent: (event) => events.push(event),
    onFailure: (error) => failures.push(error),
    onLink: () => {},
  })
  const advance = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 50) {
      platform.advance(Math.min(50, ms - passed))
      await settle()
    }
  }
  return { platform, engine, network, events, failures, driver, advance }
}

describe('the driver', () => {
  it('dials, tells the engine of the link, and sends together what was queued in one turn', async () => {
    const { driver, engine, network, advance } = setUp()
    driver.start()
    await advance(0)
    await advance(1)
    expect(engine.links).toBe(1)
    driver.send(new TextEncoder().encode('one'))
    driver.send(new TextEncoder().encode('two'))
    expect(network.written).toEqual([])
    await settle()
    expect(network.written).toEqual(['one', 'two'])
  })
  it('stops taking output from the engine while the link is full', async () => {
    const { driver, engine, network, advance } = setUp()
    driver.start()
    await advance(1)
    network.writable = false
    driver.send(new TextEncoder().encode('one'))
    driver.send(new TextEncoder().encode('two'))
    await settle()
    expect(network.written).toEqual(['one'])
    expect(engine.output).toHaveLength(1)
    network.writable = true
    network.handlers!.drain!()
    expect(network.written).toEqual(['one', 'two'])
  })
  it('calls timeout() at the deadline, with one timer', async () => {
    const { driver, engine, platform, advance } = setUp()
    driver.start()
    await advance(1)
    engine.dueMs = platform.clock.now().monotonicMs + 500
    driver.pump()
    expect(platform.pendingTimers).toBe(1)
    await advance(499)
    expect(engine.timeouts).toBe(0)
    await advance(2)
    expect(engine.timeouts).toBe(1)
    expect(platform.pendingTimers).toBe(0)
  })
  it('R4: dials the next address when a link is cut, and keeps the engine', async () => {
    const { driver, engine, network, failures, advance } = setUp()
    driver.start()
    await advance(1)
    network.cut()
    expect(engine.losses).toBe(1)
    await advance(300)
    expect(network.dials).toEqual(['a:443', 'b:443'])
    expect(engine.links).toBe(2)
    expect(failures[0]?.message).toContain('closed')
  })
  it('closes a link that the engine declares lost', async () => {
    const { driver, engine, network, events, advance } = setUp()
    driver.start()
    await advance(1)
    network.push({ type: 'lost', error: 'forged frame', key: 'keep' })
    expect(events.at(-1)).toMatchObject({ type: 'lost' })
    expect([network.open, engine.losses]).toEqual([0, 1])
    await advance(300)
    expect(network.open).toBe(1)
  })
  it('R6: waits longer after each refused connection, and never much longer than a minute', async () => {
    const { driver, network, platform, advance } = setUp()
    network.refuse = true
    driver.start()
    await advance(400_000)
    expect(network.dials.length).toBeGreaterThan(8)
    expect(network.dials.length).toBeLessThan(18)
    driver.stop()
    expect(platform.pendingTimers).toBe(0)
  })
  it('leaves no timer and no link behind after stop(), whatever it was doing', async () => {
    for (const when of [0, 1, 250]) {
      const { driver, network, platform, advance } = setUp()
      driver.start()
      await advance(when)
      if (when === 250) network.cut()
      driver.stop()
      await advance(100_000)
      expect([platform.pendingTimers, network.open]).toEqual([0, 0])
    }
  })
})

describe('backoff', () => {
  it('T7: after -429 makes at most eight connections in a minute, all connections to the data centre together', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const backoff = new Backoff(seededRandom(seed))
      let [nowMs, connects] = [0, 0]
      while (nowMs < 60_000) {
        connects++
        backoff.failed(nowMs, true)
        nowMs += backoff.waitMs(nowMs)
      }
      expect(connects).toBeLessThanOrEqual(8)
    }
  })
  it('starts over when the data centre is well again, and differs from client to client', () => {
    const delays = (seed: number): number[] => {
      const backoff = new Backoff(seededRandom(seed))
      return [1, 2, 3, 4].map(() => {
        backoff.failed(0)
        return backoff.waitMs(0)
      })
    }
    const first = delays(1)
    expect(first).toEqual([...first].sort((a, b) => a - b))
    expect(delays(2)).not.toEqual(first)
    const backoff = new Backoff(seededRandom(1))
    for (let i = 0; i < 6; i++) backoff.failed(0)
    backoff.succeeded()
    backoff.failed(1_000_000)
    expect(backoff.waitMs(1_000_000)).toBeLessThanOrEqual(200)
  })
})
