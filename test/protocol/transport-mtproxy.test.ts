import { describe, expect, it } from 'vitest'
import { concat } from '../../src/bytes/bytes.js'
import { fromHex, toHex } from '../../src/bytes/hex.js'
import type { Link, LinkHandlers } from '../../src/net/link.js'
import { MemoryNetwork } from '../../src/net/memory-network.js'
import { ManualPlatform, seededRandom } from '../../src/platform/manual.js'
import type { Random } from '../../src/platform/random.js'
import { FakeTlsServer } from '../../src/transport/fake-tls/server.js'
import { mtproxy, mtproxyAccept, mtproxyDial, mtproxyServer } from '../../src/transport/mtproxy.js'
import { parseMtproxySecret, type MtproxySecret } from '../../src/transport/mtproxy-secret.js'
import { obfuscated } from '../../src/transport/obfuscated.js'
import { drawHeader, isForbiddenHeader } from '../../src/transport/obfuscation-header.js'
import { padded } from '../../src/transport/padded.js'
import { never, Recorder } from '../unit/net/recorder.js'
import { drain, encryptedPacket } from '../unit/transport/frames.js'

const frameError = expect.objectContaining({ name: 'TransportError', failure: 'frame' })
const random = seededRandom(11)

describe('T8: an obfuscation header is never what another protocol begins with', () => {
  const forbidden = [
    ['ef', 'abridged'],
    ['48454144', 'HEAD'],
    ['504f5354', 'POST'],
    ['47455420', 'GET'],
    ['4f505449', 'OPTI'],
    ['16030102', 'TLS'],
    ['dddddddd', 'padded intermediate'],
    ['eeeeeeee', 'intermediate'],
    ['0102030400000000', 'the first sequence number of full'],
  ] as const
  const draw = (prefix: string): Uint8Array => {
    const bytes = new Uint8Array(64).fill(0x5a)
    bytes.set(fromHex(prefix))
    return bytes
  }
  it.each(forbidden)('T8: %s (%s) is drawn again', (prefix) => {
    const draws = [draw(prefix), draw(prefix), draw('01020304')]
    const dice: Random = { fill: (target) => (target.set(draws.shift()!.subarray(0, target.length)), target) }
    expect(toHex(drawHeader(dice, 'abridged', 2)).startsWith('01020304')).toBe(true)
    expect(draws).toHaveLength(0)
  })
  it('T8: all of them in a row are drawn again, on a connection', () => {
    const draws = [...forbidden.map(([prefix]) => draw(prefix)), draw('11223344')]
    const dice: Random = { fill: (target) => (target.set(draws.shift()!.subarray(0, target.length)), target) }
    const opening = obfuscated(padded(random), dice).opening()
    expect(toHex(opening.subarray(0, 4))).toBe('11223344')
    expect(isForbiddenHeader(opening)).toBe(false)
  })
})

describe('MTProxy', () => {
  const hex = '00112233445566778899aabbccddeeff'
  const proxyAddress = { host: '10.0.0.9', port: 443 }

  async function settle(platform: ManualPlatform): Promise<void> {
    for (let i = 0; i < 20; i++) {
      await Promise.resolve()
      platform.advance(0)
    }
  }
  /** Dials the proxy and sends one packet through it, which the far end sends back. */
  async function roundTrip(secret: MtproxySecret): Promise<{ tag: string | undefined; echoed: boolean }> {
    const platform = new ManualPlatform()
    const network = new MemoryNetwork(platform)
    const server = mtproxyServer(secret, platform.random)
    const echo = (link: Link): LinkHandlers => ({
      data(chunk) {
        server.receive(chunk)
        for (const frame of drain(server)) if (frame.kind === 'payload') link.send(server.encode(frame.payload))
      },
      close: () => undefined,
    })
    network.listen(proxyAddress, mtproxyAccept(secret, echo, platform))
    const recorder = new Recorder()
    const dialling = mtproxyDial({ ...proxyAddress, secret }, network.dial, platform)({ host: 'dc', port: 443 }, recorder, never)
    await settle(platform)
    const link = await dialling
    const client = mtproxy(secret, platform.random, { dc: 2 })
    const packet = encryptedPacket(4)
    link.send(concat(client.opening(), client.encode(packet)))
    await settle(platform)
    client.receive(recorder.bytes)
    const [frame] = drain(client)
    return { tag: server.name, echoed: frame?.kind === 'payload' && toHex(frame.payload) === toHex(packet) }
  }

  it('T9: a dd secret speaks padded intermediate to a proxy that drops everything else', async () => {
    expect(await roundTrip(parseMtproxySecret(`dd${hex}`))).toEqual({ tag: 'padded', echoed: true })
  })
  it('T9: the proxy drops the other framings', () => {
    const secret = parseMtproxySecret(`dd${hex}`)
    for (const transport of ['abridged', 'intermediate'] as const) {
      const server = mtproxyServer(secret, random)
      server.receive(mtproxy({ kind: 'plain', key: secret.key }, random, { dc: 2, transport }).opening())
      expect(() => server.next(), transport).toThrow(frameError)
    }
  })
  it('T10: an ee secret connects through fake TLS', async () => {
    expect(await roundTrip(parseMtproxySecret(`ee${hex}612e6578616d706c65`))).toEqual({ tag: 'padded', echoed: true })
  })
  it('T10: a ServerHello with a wrong digest ends the connection, whichever bit is wrong', async () => {
    const secret = parseMtproxySecret(`ee${hex}612e6578616d706c65`)
    for (const [byte, mask] of [[11, 1], [42, 0x80], [60, 4], [140, 1], [1000, 0x10]] as const) {
      const platform = new ManualPlatform()
      const network = new MemoryNetwork(platform)
      const far = new Recorder()
      network.listen(proxyAddress, (link) => {
        const machine = new FakeTlsServer(secret.key, platform.random, () => platform.clock.now().wallMs / 1000)
        return {
          data(chunk) {
            far.data(chunk)
            machine.receive(chunk)
            if (!machine.takeHello()) return
            const hello = machine.takeOutput()!
            hello[byte]! ^= mask
            link.send(hello)
          },
          close: (error) => far.close(error),
        }
      })
      const dialling = mtproxyDial({ ...proxyAddress, secret }, network.dial, platform)({ host: 'dc', port: 1 }, new Recorder(), never)
      const outcome = dialling.catch((error: unknown) => error)
      await settle(platform)
      expect(await outcome, `byte ${byte}`).toMatchObject({ name: 'TransportError', failure: 'proxy' })
      await settle(platform)
      expect([far.length, far.closes], 'nothing but the hello was sent').toEqual([517, [undefined]])
    }
  })
})
