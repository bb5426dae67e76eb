import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex } from '../../../src/bytes/hex.js'
import { HIGH_WATER } from '../../../src/net/limits.js'
import type { Link } from '../../../src/net/link.js'
import type { PipeFaults } from '../../../src/net/memory-faults.js'
import { MemoryNetwork } from '../../../src/net/memory-network.js'
import { ManualPlatform } from '../../../src/platform/manual.js'
import { never, Recorder } from './recorder.js'

const address = { host: '10.0.0.1', port: 443 }

/** A connection of the memory network whose far end only records. */
async function connected(faults: PipeFaults = {}, seed = 1) {
  const platform = new ManualPlatform({ seed })
  const network = new MemoryNetwork(platform)
  const near = new Recorder()
  const far = new Recorder()
  let farLink!: Link
  network.listen(address, (link) => {
    farLink = link
    return far
  })
  network.faults = faults
  const dialling = network.dial(address, near, never)
  platform.advance(faults.connectMs ?? faults.up?.latencyMs ?? 0)
  return { platform, network, near, far, link: await dialling, farLink }
}

const bytes = (from: number, to: number): Uint8Array => Uint8Array.from({ length: to - from }, (_, i) => from + i)

describe('a memory pipe', () => {
  it('delivers each write in one piece, in order, and never inside the call that sends it', async () => {
    const { platform, near, far, link, farLink } = await connected()
    link.send(bytes(0, 3))
    link.send(bytes(3, 5))
    farLink.send(bytes(9, 10))
    expect([far.pieces, near.pieces]).toEqual([[], []])
    platform.advance(0)
    expect([far.pieces, near.pieces]).toEqual([[bytes(0, 3), bytes(3, 5)], [bytes(9, 10)]])
  })
  it('keeps what was sent as it was when the sender reuses its buffer', async () => {
    const { platform, far, link } = await connected()
    const buffer = bytes(0, 4)
    link.send(buffer)
    buffer.fill(0)
    platform.advance(0)
    expect(far.bytes).toEqual(bytes(0, 4))
  })
  it('takes the latency and the bandwidth that it is told', async () => {
    const { platform, far, link } = await connected({ up: { latencyMs: 50, bytesPerSecond: 100, pieces: 1 } })
    link.send(bytes(0, 10))
    platform.advance(59)
    expect(far.length).toBe(0)
    platform.advance(1)
    expect(far.length).toBe(1)
    platform.advance(30)
    expect(far.length).toBe(4)
    platform.advance(60)
    expect([far.length, platform.pendingTimers]).toEqual([10, 0])
  })
  it('keeps the order under jitter', async () => {
    const { platform, far, link } = await connected({ up: { jitterMs: 100 } })
    for (let i = 0; i < 100; i++) link.send(bytes(i, i + 1))
    platform.advance(100)
    expect(far.bytes).toEqual(bytes(0, 100))
  })
  it('cuts the stream at the offsets that it is told, across writes', async () => {
    const { platform, far, link } = await connected({ up: { pieces: [1, 4, 6] } })
    link.send(bytes(0, 5))
    link.send(bytes(5, 9))
    platform.advance(0)
    expect(far.pieces).toEqual([bytes(0, 1), bytes(1, 4), bytes(4, 5), bytes(5, 6), bytes(6, 9)])
  })
  it('merges what arrives at the same moment', async () => {
    const { platform, far, link } = await connected({ up: { merge: true, pieces: 1 } })
    for (let i = 0; i < 50; i++) link.send(bytes(i, i + 1))
    link.close()
    platform.advance(0)
    expect([far.pieces, far.closes]).toEqual([[bytes(0, 50)], [undefined]])
  })
  it('delivers the same bytes whatever the pieces, and twice the same pieces for the same seed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 10 }), fc.nat(), async (writes, seed) => {
        const run = async (): Promise<Recorder> => {
          const { platform, far, link } = await connected({ up: { pieces: 'random', jitterMs: 7 } }, seed)
          for (const write of writes) link.send(write)
          platform.advance(7)
          return far
        }
        const [one, two] = [await run(), await run()]
        expect(one.pieces).toEqual(two.pieces)
        expect(toHex(one.bytes)).toBe(writes.map(toHex).join(''))
      }),
      { numRuns: 40 },
    )
  })
  it('delivers what was sent before the end, and then the end, once', async () => {
    const { platform, near, far, link, farLink, network } = await connected({ up: { latencyMs: 5 } })
    link.send(bytes(0, 3))
    link.close()
    link.close()
    farLink.send(bytes(0, 3))
    expect(network.pipes.size).toBe(1)
    platform.advance(5)
    expect([far.bytes, far.closes, near.pieces, near.closes]).toEqual([bytes(0, 3), [undefined], [], []])
    expect(farLink.send(bytes(0, 3))).toBe(true)
    farLink.close()
    platform.advance(100)
    expect([far.closes.length, near.length, platform.pendingTimers, network.pipes.size]).toEqual([1, 0, 0, 0])
  })
  it('is reset after a number of bytes: both ends are told, and the rest is lost', async () => {
    const { platform, near, far, link } = await connected({ up: { resetAfterBytes: 4 } })
    link.send(bytes(0, 10))
    platform.advance(0)
    expect(far.bytes).toEqual(bytes(0, 4))
    for (const end of [near, far]) expect(end.closes).toMatchObject([{ name: 'TransportError', failure: 'closed' }])
  })
  it('is reset at once, mid-flight', async () => {
    const { platform, network, near, far, link } = await connected({ up: { latencyMs: 10 } })
    link.send(bytes(0, 10))
    network.resetAll()
    platform.advance(100)
    expect([far.length, far.closes.length, near.closes.length, network.pipes.size]).toEqual([0, 1, 1, 0])
  })
  it('is ended in good order after a number of bytes', async () => {
    const { platform, near, farLink } = await connected({ down: { endAfterBytes: 2 } })
    farLink.send(bytes(0, 10))
    platform.advance(0)
    expect([near.bytes, near.closes]).toEqual([bytes(0, 2), [undefined]])
  })
  it('swallows everything after a number of bytes, the end as well', async () => {
    const { platform, near, far, link, farLink } = await connected({ up: { blackHoleAfterBytes: 3 } })
    link.send(bytes(0, 2))
    link.send(bytes(2, 9))
    farLink.send(bytes(0, 1))
    link.send(bytes(9, 12))
    platform.advance(1000)
    expect([far.bytes, near.bytes]).toEqual([bytes(0, 3), bytes(0, 1)])
    link.close()
    platform.advance(1000)
    expect(far.closes).toEqual([])
  })
  it('becomes a black hole in both directions when told', async () => {
    const { platform, network, near, far, link, farLink } = await connected()
    link.send(bytes(0, 2))
    for (const pipe of network.pipes) pipe.blackHole()
    link.send(bytes(0, 2))
    farLink.close()
    platform.advance(1000)
    expect([far.length, near.length, near.closes]).toEqual([0, 0, []])
  })
  it('leaves the other end half open when the end of the connection is lost', async () => {
    const { platform, far, link, farLink, near } = await connected({ up: { loseClose: true } })
    link.send(bytes(0, 2))
    link.close()
    farLink.send(bytes(0, 5))
    platform.advance(1000)
    expect([far.bytes, far.closes, near.length]).toEqual([bytes(0, 2), [], 0])
  })
  it('flips the bits that it is told', async () => {
    const { platform, far, link } = await connected({ up: { flips: [{ offset: 3, mask: 0x80 }, { offset: 0, mask: 1 }], pieces: 2 } })
    link.send(bytes(0, 3))
    link.send(bytes(3, 5))
    platform.advance(0)
    expect(far.bytes).toEqual(Uint8Array.of(1, 1, 2, 0x83, 4))
  })
  it('drops, doubles and swaps single writes', async () => {
    const { platform, far, link } = await connected({ up: { writes: { 0: 'drop', 1: 'duplicate', 3: 'swap', 5: 'swap' } } })
    for (let i = 0; i < 6; i++) link.send(bytes(i, i + 1))
    link.close()
    platform.advance(0)
    expect([...far.bytes]).toEqual([1, 1, 2, 4, 3, 5])
  })
  it('asks the sender to wait when much is on the way, and says when to go on', async () => {
    const { platform, near, link } = await connected({ up: { bytesPerSecond: HIGH_WATER, pieces: 65_536 } })
    expect(link.send(new Uint8Array(HIGH_WATER - 1))).toBe(true)
    expect(link.send(new Uint8Array(HIGH_WATER))).toBe(false)
    platform.advance(900)
    expect(near.drains).toBe(0)
    platform.advance(200)
    expect(near.drains).toBe(1)
    expect(link.send(bytes(0, 1))).toBe(true)
  })
  it('carries a megabyte in pieces of one byte without slowing down', async () => {
    const { platform, far, link } = await connected({ up: { pieces: 1 } })
    link.send(new Uint8Array(1024 * 1024))
    platform.advance(0)
    expect(far.length).toBe(1024 * 1024)
  })
})

describe('the memory network', () => {
  it('refuses where nobody listens, where it is told to, and after the listener has gone', async () => {
    const platform = new ManualPlatform()
    const network = new MemoryNetwork(platform)
    const dial = async (): Promise<unknown> => {
      const dialling = network.dial(address, new Recorder(), never).catch((error: unknown) => error)
      platform.advance(1000)
      return await dialling
    }
    expect(await dial()).toMatchObject({ name: 'TransportError', failure: 'connect' })
    const stop = network.listen(address, () => new Recorder())
    expect(await dial()).not.toBeInstanceOf(Error)
    network.faults = (connection) => (connection === 2 ? { connect: 'refuse' } : {})
    expect(await dial()).toMatchObject({ failure: 'connect' })
    expect(await dial()).not.toBeInstanceOf(Error)
    stop()
    expect(await dial()).toMatchObject({ failure: 'connect' })
    expect(network.dials).toBe(5)
  })
  it('gives up when the signal fires, leaving no timer', async () => {
    const platform = new ManualPlatform()
    const network = new MemoryNetwork(platform)
    network.listen(address, () => new Recorder())
    network.faults = { connect: 'hang', connectMs: 10 }
    const controller = new AbortController()
    const dialling = network.dial(address, new Recorder(), controller.signal)
    platform.advance(5)
    controller.abort()
    await expect(dialling).rejects.toMatchObject({ name: 'LocalError', failure: 'aborted' })
    await expect(network.dial(address, new Recorder(), controller.signal)).rejects.toMatchObject({ failure: 'aborted' })
    expect(platform.pendingTimers).toBe(0)
  })
})
