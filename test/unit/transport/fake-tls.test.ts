import { createHmac } from 'node:crypto'
import { connect, type AddressInfo } from 'node:net'
import { createServer } from 'node:tls'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concat } from '../../../src/bytes/bytes.js'
import { fromHex, toHex } from '../../../src/bytes/hex.js'
import { bigIntFromBytesBE } from '../../../src/bytes/bigint.js'
import { modPow } from '../../../src/crypto/mod-pow.js'
import { seededRandom } from '../../../src/platform/manual.js'
import { randomBytes } from '../../../src/platform/random.js'
import { FakeTlsClient } from '../../../src/transport/fake-tls/client.js'
import { randomCurvePoint } from '../../../src/transport/fake-tls/curve-point.js'
import { MAX_DOMAIN } from '../../../src/transport/fake-tls/limits.js'
import type { FakeTlsMachine } from '../../../src/transport/fake-tls/machine.js'
import { FakeTlsServer } from '../../../src/transport/fake-tls/server.js'

const secret = { key: fromHex('00112233445566778899aabbccddeeff'), domain: 'www.example.org' }
const random = seededRandom(99)
const NOW = 1_790_000_000
const proxyError = expect.objectContaining({ name: 'TransportError', failure: 'proxy' })

function ends(clientSeconds = NOW): { client: FakeTlsClient; server: FakeTlsServer } {
  return { client: new FakeTlsClient(secret, random, clientSeconds), server: new FakeTlsServer(secret.key, random, () => NOW) }
}

/** Both ends after the hellos. */
function greeted(): { client: FakeTlsClient; server: FakeTlsServer } {
  const { client, server } = ends()
  server.receive(client.hello)
  expect(server.takeHello()).toBe(true)
  client.receive(server.takeOutput()!)
  expect(client.takeHello()).toBe(true)
  return { client, server }
}

function content(machine: FakeTlsMachine): Uint8Array {
  const pieces: Uint8Array[] = []
  for (let piece = machine.next(); piece !== undefined; piece = machine.next()) pieces.push(piece)
  return concat(...pieces)
}

describe('the ClientHello', () => {
  it('has 517 bytes and the 11 by which proxies know it, whatever the domain', () => {
    for (const length of [1, 3, 60, MAX_DOMAIN]) {
      const { hello } = new FakeTlsClient({ ...secret, domain: 'a'.repeat(length) }, random, NOW)
      expect([hello.length, toHex(hello.subarray(0, 11))]).toEqual([517, '1603010200010001fc0303'])
    }
    expect(() => new FakeTlsClient({ ...secret, domain: 'a'.repeat(MAX_DOMAIN + 1) }, random, NOW)).toThrow(
      expect.objectContaining({ name: 'LocalError', failure: 'argument' }),
    )
  })
  it('carries the HMAC of itself, its last 4 bytes xored with the time', () => {
    const { hello } = new FakeTlsClient(secret, random, NOW)
    const zeroed = hello.slice().fill(0, 11, 43)
    const digest = createHmac('sha256', secret.key).update(zeroed).digest()
    digest.writeUInt32LE((digest.readUInt32LE(28) ^ NOW) >>> 0, 28)
    expect(toHex(hello.subarray(11, 43))).toBe(toHex(digest))
  })
  it('is what the TLS of Node takes for a browser that asks for the domain', async () => {
    const asked: (string | undefined)[] = []
    const server = createServer({
      SNICallback: (name, done) => {
        asked.push(name)
        done(null)
      },
    })
    server.on('tlsClientError', () => undefined)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    socket.write(new FakeTlsClient(secret, random, NOW).hello)
    socket.on('error', () => undefined).resume()
    await expect.poll(() => asked).toEqual([secret.domain])
    socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  it('never has the same reserved value for two extensions', () => {
    for (let i = 0; i < 50; i++) {
      const { hello } = new FakeTlsClient(secret, random, NOW)
      const types: number[] = []
      const view = new DataView(hello.buffer, hello.byteOffset)
      for (let at = 43 + 33 + 34 + 2 + 2; at < hello.length; at += 4 + view.getUint16(at + 2)) types.push(view.getUint16(at))
      expect(new Set(types).size).toBe(types.length)
      expect(types.at(-1)).toBe(0x0015)
      expect(types[0]! & 0x0f0f).toBe(0x0a0a)
    }
  })
  it('has the coordinate of a curve point as its key share', () => {
    const p = 2n ** 255n - 19n
    for (let i = 0; i < 10; i++) {
      const x = bigIntFromBytesBE(randomCurvePoint(random).reverse())
      expect(modPow(x ** 3n + 486_662n * x ** 2n + x, (p - 1n) / 2n, p)).toBe(1n)
    }
  })
})

describe('a fake TLS connection', () => {
  it('is ready for the client once the digest of the ServerHello is right, whatever the splits', () => {
    const { client, server } = ends()
    for (const byte of client.hello.subarray(0, -1)) {
      server.receive(Uint8Array.of(byte))
      expect(server.takeHello()).toBe(false)
    }
    expect(server.takeOutput()).toBeUndefined()
    server.receive(client.hello.subarray(-1))
    expect(server.takeHello()).toBe(true)
    const reply = server.takeOutput()!
    expect(server.takeOutput()).toBeUndefined()
    const zeroed = reply.slice().fill(0, 11, 43)
    const digest = createHmac('sha256', secret.key).update(client.hello.subarray(11, 43)).update(zeroed).digest()
    expect(toHex(reply.subarray(11, 43))).toBe(toHex(digest))
    for (const byte of reply.subarray(0, -1)) {
      client.receive(Uint8Array.of(byte))
      expect(client.takeHello()).toBe(false)
    }
    client.receive(reply.subarray(-1))
    expect(client.takeHello()).toBe(true)
  })
  it('carries any bytes both ways in records of at most 16384, in any pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40_000), { maxLength: 4 }), fc.array(fc.nat(90_000), { maxLength: 20 }), fc.boolean(), (sizes, cuts, up) => {
        const { client, server } = greeted()
        const [from, to] = up ? [client, server] : [server, client]
        const sent = sizes.map((size) => randomBytes(random, size))
        const wire = concat(...sent.map((bytes) => from.encode(bytes)))
        const received: Uint8Array[] = []
        let start = 0
        for (const end of [...cuts, wire.length].filter((cut) => cut <= wire.length).sort((a, b) => a - b)) {
          to.receive(wire.slice(start, end))
          received.push(content(to))
          start = end
        }
        expect(Buffer.compare(concat(...received), concat(...sent))).toBe(0)
      }),
      { numRuns: 40 },
    )
  })
  it('changes the cipher before the first write of the client, once', () => {
    const { client, server } = greeted()
    expect(toHex(client.encode(Uint8Array.of(1, 2)))).toBe('140303000101' + '1703030002' + '0102')
    expect(toHex(client.encode(Uint8Array.of(3)))).toBe('1703030001' + '03')
    expect(toHex(server.encode(Uint8Array.of(4)))).toBe('1703030001' + '04')
    expect(toHex(server.encode(new Uint8Array(16_385))).slice(0, 10)).toBe('1703034000')
  })
  it('takes records of up to 16640 bytes, as protected records may be, and no longer ones', () => {
    const { client } = greeted()
    client.receive(concat(fromHex('1703034100'), new Uint8Array(0x4100)))
    expect(client.next()).toHaveLength(0x4100)
    client.receive(fromHex('1703034101'))
    expect(() => client.next()).toThrow(proxyError)
  })
  it.each([
    ['an alert', '15030300020100'],
    ['a handshake record', '160303000100'],
    ['another version', '1703010001ff'],
    ['HTTP', '485454502f312e31'],
  ])('ends at %s, for ever', (_, bytes) => {
    const { client } = greeted()
    client.receive(concat(client.encode(Uint8Array.of(7)), fromHex(bytes)))
    expect(client.next()).toEqual(Uint8Array.of(7))
    expect(() => client.next()).toThrow(proxyError)
    client.receive(fromHex('170303000101'))
    expect(() => client.next()).toThrow(proxyError)
  })
})

describe('the proxy', () => {
  it.each([0, 599, -1199])('takes a client whose clock is %i seconds fast', (fast) => {
    const { client, server } = ends(NOW + fast)
    server.receive(client.hello)
    expect(server.takeHello()).toBe(true)
  })
  it.each([601, -1201, -NOW])('refuses a client whose clock is %i seconds fast', (fast) => {
    const { client, server } = ends(NOW + fast)
    server.receive(client.hello)
    expect(() => server.takeHello()).toThrow(proxyError)
  })
  it('refuses a client with another secret', () => {
    const { server } = ends()
    server.receive(new FakeTlsClient({ ...secret, key: new Uint8Array(16) }, random, NOW).hello)
    expect(() => server.takeHello()).toThrow(proxyError)
    expect(server.takeOutput()).toBeUndefined()
  })
  it('refuses a hello with any byte changed', () => {
    const { client } = ends()
    for (let at = 0; at < client.hello.length; at++) {
      if (at >= 39 && at < 43) continue // the time: within its tolerance any value is right
      const { server } = ends()
      const damaged = client.hello.slice()
      damaged[at]! ^= 0x40
      server.receive(concat(damaged, new Uint8Array(20_000)))
      expect(() => server.takeHello(), `byte ${at}`).toThrow(proxyError)
    }
  })
})
