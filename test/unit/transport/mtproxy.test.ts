import { afterEach, describe, expect, it } from 'vitest'
import { concat } from '../../../src/bytes/bytes.js'
import { fromHex } from '../../../src/bytes/hex.js'
import type { Accept, Address, Dial, Link, LinkHandlers } from '../../../src/net/link.js'
import { listen, type Listener } from '../../../src/net/listen.node.js'
import type { PipeFaults } from '../../../src/net/memory-faults.js'
import { MemoryNetwork } from '../../../src/net/memory-network.js'
import { dialTcp } from '../../../src/net/tcp.node.js'
import { ManualPlatform } from '../../../src/platform/manual.js'
import { systemPlatform } from '../../../src/platform/system.js'
import { fakeTlsDial } from '../../../src/transport/fake-tls/dial.js'
import type { DetectingCodec } from '../../../src/transport/detect.js'
import { mtproxy, mtproxyAccept, mtproxyDial, mtproxyServer } from '../../../src/transport/mtproxy.js'
import { parseMtproxySecret, type MtproxySecret } from '../../../src/transport/mtproxy-secret.js'
import { never, Recorder } from '../net/recorder.js'
import { drain, encryptedPacket, payloadFrame } from './frames.js'

const hex = '00112233445566778899aabbccddeeff'
const SECRETS = {
  plain: parseMtproxySecret(hex),
  padded: parseMtproxySecret(`dd${hex}`),
  'fake-tls': parseMtproxySecret(`ee${hex}7777772e6578616d706c652e6f7267`),
}
const proxyAddress = { host: '10.0.0.9', port: 443 }
const dcAddress: Address = { host: '149.154.167.50', port: 443 }

/** A far end that sends every packet back, in two pieces, and keeps what it detected. */
function farEnd(secret: MtproxySecret): { accept: Accept; codecs: DetectingCodec[]; closes: number } {
  const state = {
    codecs: [] as DetectingCodec[],
    closes: 0,
    accept: (link: Link): LinkHandlers => {
      const codec = mtproxyServer(secret, systemPlatform.random)
      state.codecs.push(codec)
      return {
        data: (chunk) => {
          codec.receive(chunk)
          for (const frame of drain(codec)) {
            if (frame.kind !== 'payload') continue
            const bytes = codec.encode(frame.payload)
            link.send(bytes.subarray(0, 5))
            link.send(bytes.subarray(5))
          }
        },
        close: () => state.closes++,
      }
    },
  }
  return state
}

describe.each(Object.entries(SECRETS))('an MTProxy with a %s secret', (_, secret) => {
  let listener: Listener | undefined
  afterEach(async () => {
    await listener?.close()
    listener = undefined
  })

  it('carries packets over TCP and learns the data centre', async () => {
    const far = farEnd(secret)
    listener = await listen({ accepts: 'tcp' }, mtproxyAccept(secret, far.accept, systemPlatform))
    const dial = mtproxyDial({ host: '127.0.0.1', port: listener.port, secret }, dialTcp, systemPlatform)
    const recorder = new Recorder()
    const link = await dial(dcAddress, recorder, never)
    const codec = mtproxy(secret, systemPlatform.random, { dc: -10_002 })
    const packets = [encryptedPacket(3), encryptedPacket(60_000), encryptedPacket(1)]
    const received: unknown[] = []
    link.send(codec.opening())
    for (const packet of packets) link.send(codec.encode(packet))
    for (let seen = 0; received.length < packets.length; ) {
      await recorder.until(() => recorder.pieces.length > seen)
      for (; seen < recorder.pieces.length; seen++) codec.receive(recorder.pieces[seen]!)
      received.push(...drain(codec))
    }
    expect(received.map((frame) => (frame as { payload: Uint8Array }).payload.length)).toEqual(packets.map(({ length }) => length))
    expect(received[0]).toEqual(payloadFrame(packets[0]!))
    expect(far.codecs[0]!.detection).toMatchObject({ dc: -10_002, obfuscated: true, name: 'padded' })
    link.close()
    await expect.poll(() => far.closes).toBe(1)
  })

  it('carries packets in pieces of one byte', async () => {
    const far = farEnd(secret)
    const { network, platform, dial } = virtual(secret, far.accept, { up: { pieces: 1 }, down: { pieces: 1 } })
    const recorder = new Recorder()
    const dialling = dial(dcAddress, recorder, never)
    await settle(platform)
    const link = await dialling
    const codec = mtproxy(secret, platform.random, { dc: 2 })
    const packet = encryptedPacket(5)
    link.send(concat(codec.opening(), codec.encode(packet)))
    await settle(platform)
    for (const piece of recorder.pieces) codec.receive(piece)
    expect(drain(codec)).toEqual([payloadFrame(packet)])
    network.resetAll()
    expect([recorder.closes.length, far.closes]).toEqual([1, 1])
  })
})

function virtual(secret: MtproxySecret, accept: Accept, faults: PipeFaults = {}) {
  const platform = new ManualPlatform()
  const network = new MemoryNetwork(platform)
  network.faults = faults
  network.listen(proxyAddress, mtproxyAccept(secret, accept, platform))
  return { network, platform, dial: mtproxyDial({ ...proxyAddress, secret }, network.dial, platform) }
}

/** Lets virtual time stand while promises and timers that are due follow each other. */
async function settle(platform: ManualPlatform): Promise<void> {
  for (let i = 0; i < 20; i++) {
    await Promise.resolve()
    platform.advance(0)
  }
}

/** The far end of a raw link: it answers the first bytes with `answer`, and hangs up when that is `null`. */
async function dialAgainst(answer: (hello: Uint8Array) => Uint8Array | null, faults: PipeFaults = {}): Promise<unknown> {
  const platform = new ManualPlatform()
  const network = new MemoryNetwork(platform)
  network.faults = faults
  let greeted = false
  const sent: Uint8Array[] = []
  network.listen(proxyAddress, (link) => ({
    data: (chunk) => {
      sent.push(chunk)
      if (greeted) return
      greeted = true
      const bytes = answer(chunk)
      if (bytes === null) link.close()
      else link.send(bytes)
    },
    close: () => undefined,
  }))
  const secret = SECRETS['fake-tls'] as Extract<MtproxySecret, { kind: 'fake-tls' }>
  const dialling = fakeTlsDial(network.dial, secret, platform)(proxyAddress, new Recorder(), never).catch((error: unknown) => error)
  await settle(platform)
  const outcome = await dialling
  expect(concat(...sent)).toHaveLength(517)
  return outcome
}

describe('dialling through fake TLS', () => {
  const failure = { name: 'TransportError', failure: 'proxy' }

  it('refuses a web server, which answers the hello with an alert', async () => {
    expect(await dialAgainst(() => fromHex('15030300020228'))).toMatchObject(failure)
  })
  it('refuses whoever answers with the right form and no digest', async () => {
    const form = concat(fromHex('160303007a02000076'), new Uint8Array(118), fromHex('140303000101 1703030004 00000000'))
    expect(await dialAgainst(() => form)).toMatchObject({ ...failure, message: expect.stringContaining('digest') })
  })
  it('refuses whoever sends the hello back', async () => {
    expect(await dialAgainst((hello) => hello)).toMatchObject(failure)
  })
  it('refuses a hello too short for a digest, and one that no change of cipher follows', async () => {
    expect(await dialAgainst(() => fromHex('1603030004 02000000'))).toMatchObject(failure)
    expect(await dialAgainst(() => concat(fromHex('160303007a02000076'), new Uint8Array(118), fromHex('17')))).toMatchObject(failure)
  })
  it('fails when the other side hangs up, in good order or by a reset', async () => {
    expect(await dialAgainst(() => null)).toMatchObject(failure)
    expect(await dialAgainst(() => new Uint8Array(0), { up: { resetAfterBytes: 517 } })).toMatchObject({ failure: 'closed' })
  })
  it('gives up when the signal fires while the proxy is silent, and closes the link', async () => {
    const platform = new ManualPlatform()
    const network = new MemoryNetwork(platform)
    const far = new Recorder()
    network.listen(proxyAddress, () => far)
    const controller = new AbortController()
    const dial = mtproxyDial({ ...proxyAddress, secret: SECRETS['fake-tls'] }, network.dial, platform)
    const dialling = dial(dcAddress, new Recorder(), controller.signal)
    const caught = dialling.catch((error: unknown) => error)
    await settle(platform)
    controller.abort()
    expect(await caught).toMatchObject({ name: 'LocalError', failure: 'aborted' })
    await settle(platform)
    expect([far.length, far.closes]).toEqual([517, [undefined]])
  })
  it('gives up when the signal fires as the connection is made', async () => {
    const controller = new AbortController()
    let closed = false
    const dial: Dial = () => {
      controller.abort()
      return Promise.resolve({ send: () => true, close: () => void (closed = true) })
    }
    const secret = SECRETS['fake-tls'] as Extract<MtproxySecret, { kind: 'fake-tls' }>
    await expect(fakeTlsDial(dial, secret, systemPlatform)(proxyAddress, new Recorder(), controller.signal)).rejects.toMatchObject({
      failure: 'aborted',
    })
    expect(closed).toBe(true)
  })
  it('tells its owner once when a record is damaged later, and the far end sees the link closed', async () => {
    const { platform, network, dial } = virtual(SECRETS['fake-tls'], () => new Recorder())
    const raw = new Recorder()
    let rawLink!: Link
    network.listen(proxyAddress, (link) => {
      rawLink = link
      const { data } = mtproxyAccept(SECRETS['fake-tls'], () => new Recorder(), platform)(link)
      return { data, close: (error) => raw.close(error) }
    })
    const recorder = new Recorder()
    const dialling = dial(dcAddress, recorder, never)
    await settle(platform)
    const link = await dialling
    link.send(Uint8Array.of(2))
    rawLink.send(fromHex('1703030001aa 160303'))
    rawLink.send(fromHex('1703030001bb'))
    await settle(platform)
    expect([recorder.bytes, recorder.closes]).toMatchObject([Uint8Array.of(0xaa), [failure]])
    expect(raw.closes).toEqual([undefined])
  })
  it('holds back what comes before its owner has sent anything, since the owner may not know its link yet', async () => {
    let far!: Link
    const farRecorder = new Recorder()
    const { platform, dial, network } = virtual(SECRETS['fake-tls'], (link) => ((far = link), farRecorder))
    const recorder = new Recorder()
    const dialling = dial(dcAddress, recorder, never)
    await settle(platform)
    const link = await dialling
    far.send(Uint8Array.of(1))
    await settle(platform)
    expect(recorder.length).toBe(0)
    link.send(Uint8Array.of(2))
    await settle(platform)
    expect([recorder.bytes, farRecorder.bytes]).toEqual([Uint8Array.of(1), Uint8Array.of(2)])
    expect(network.pipes.size).toBe(1)
    link.close()
    expect(link.send(Uint8Array.of(3))).toBe(true)
    await settle(platform)
    expect([recorder.closes.length, farRecorder.closes.length]).toEqual([0, 1])
  })
})

describe('the far end', () => {
  it('cuts off a client without the secret, and never shows it to the server', async () => {
    let accepted = 0
    const other = parseMtproxySecret(`ee${'ff'.repeat(16)}612e62`)
    const { platform, network } = virtual(SECRETS['fake-tls'], () => (accepted++, new Recorder()))
    const dial = mtproxyDial({ ...proxyAddress, secret: other }, network.dial, platform)
    const dialling = dial(dcAddress, new Recorder(), never).catch((error: unknown) => error)
    await settle(platform)
    expect(await dialling).toMatchObject({ failure: 'proxy' })
    expect(accepted).toBe(0)
  })
})

describe('the codec', () => {
  it('takes any framing with a plain secret, and padded alone with the others', () => {
    const { random } = systemPlatform
    for (const transport of ['abridged', 'intermediate', 'padded'] as const) {
      expect(mtproxy(SECRETS.plain, random, { dc: 1, transport }).name).toBe(transport)
    }
    expect(mtproxy(SECRETS.plain, random, { dc: 1 }).name).toBe('padded')
    expect(() => mtproxy(SECRETS.padded, random, { dc: 1, transport: 'abridged' })).toThrow(
      expect.objectContaining({ name: 'LocalError', failure: 'argument' }),
    )
  })
  it.each([0, 1.5, 40_000, -40_000])('refuses the data centre %d', (dc) => {
    expect(() => mtproxy(SECRETS.plain, systemPlatform.random, { dc })).toThrow(expect.objectContaining({ path: 'dc' }))
  })
})
