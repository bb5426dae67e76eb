import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { concat } from '../../src/bytes/bytes.js'
import type { Dial } from '../../src/net/link.js'
import { dialWebSocket as dialInBrowser } from '../../src/net/websocket.browser.js'
import { dialWebSocket } from '../../src/net/websocket.node.js'
import { systemPlatform } from '../../src/platform/system.js'
import { abridged } from '../../src/transport/abridged.js'
import type { TransportFrame } from '../../src/transport/codec.js'
import { detectTransport } from '../../src/transport/detect.js'
import { intermediate } from '../../src/transport/intermediate.js'
import { obfuscated } from '../../src/transport/obfuscated.js'
import { padded } from '../../src/transport/padded.js'
import { never, Recorder } from '../unit/net/recorder.js'
import { drain, encryptedPacket, payloadFrame } from '../unit/transport/frames.js'

const { random } = systemPlatform
const DIALS: readonly { name: string; dial: Dial }[] = [
  { name: 'in Node', dial: dialWebSocket },
  { name: 'of a browser', dial: dialInBrowser },
]

/** A server of its own making, so that it shares no code with the listener: it cuts what it sends as each test says. */
let server: WebSocketServer
let port: number
let requests: IncomingMessage[]
let frames: { length: number; binary: boolean }[]
let received: TransportFrame[]
let cut: (bytes: Uint8Array) => Uint8Array[]

beforeEach(async () => {
  Object.assign(globalThis, { WebSocket })
  requests = []
  frames = []
  received = []
  cut = (bytes) => [bytes]
  const http = createServer()
  server = new WebSocketServer({ server: http })
  server.on('connection', (webSocket, request) => {
    requests.push(request)
    const codec = detectTransport(random)
    webSocket.on('message', (data: Buffer, binary) => {
      frames.push({ length: data.length, binary })
      codec.receive(data)
      const packets = drain(codec)
      received.push(...packets)
      const answers = packets.map((frame) => codec.encode((frame as { payload: Uint8Array }).payload))
      if (answers.length > 0) for (const piece of cut(concat(...answers))) webSocket.send(piece)
    })
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  port = (http.address() as AddressInfo).port
})
afterEach(async () => {
  Reflect.deleteProperty(globalThis, 'WebSocket')
  for (const client of server.clients) client.terminate()
  await new Promise((resolve) => server.close(resolve))
  await new Promise((resolve) => server.options.server!.close(resolve))
})

describe.each(DIALS)('a WebSocket $name', ({ dial }) => {
  const talk = async (sent: readonly Uint8Array[], pieces: (bytes: Uint8Array) => Uint8Array[]): Promise<TransportFrame[]> => {
    const recorder = new Recorder()
    const link = await dial({ host: '127.0.0.1', port }, recorder, never)
    const codec = obfuscated(intermediate(), random, { dc: 2 })
    const bytes = concat(codec.opening(), ...sent.map((packet) => codec.encode(packet)))
    for (const piece of pieces(bytes)) link.send(piece)
    const answers: TransportFrame[] = []
    for (let seen = 0; answers.length < sent.length; ) {
      await recorder.until(() => recorder.pieces.length > seen)
      for (; seen < recorder.pieces.length; seen++) codec.receive(recorder.pieces[seen]!)
      answers.push(...drain(codec))
    }
    link.close()
    return answers
  }
  const thirds = (bytes: Uint8Array): Uint8Array[] => {
    const third = Math.ceil(bytes.length / 3)
    return [bytes.subarray(0, third), bytes.subarray(third, 2 * third), bytes.subarray(2 * third)]
  }

  it('T13: asks for /apiws with the subprotocol binary and sends binary frames', async () => {
    await talk([encryptedPacket(2)], (bytes) => [bytes])
    expect(requests.map(({ url, headers }) => [url, headers['sec-websocket-protocol']])).toEqual([['/apiws', 'binary']])
    expect(frames.every(({ binary }) => binary)).toBe(true)
  })
  it('T13: goes to another URL where it is told so', async () => {
    const link = await dial({ host: '', port: 0, url: `ws://127.0.0.1:${port}/apiws_test` }, new Recorder(), never)
    expect(requests[0]!.url).toBe('/apiws_test')
    link.close()
  })
  it('T13: one packet over three frames, in both directions', async () => {
    cut = thirds
    const packet = encryptedPacket(90)
    expect(await talk([packet], thirds)).toEqual([payloadFrame(packet)])
    expect(received).toEqual([payloadFrame(packet)])
    expect(frames).toHaveLength(3)
  })
  it('T13: two packets in one frame, in both directions', async () => {
    const packets = [encryptedPacket(3), encryptedPacket(5)]
    expect(await talk(packets, (bytes) => [bytes])).toEqual(packets.map((packet) => payloadFrame(packet)))
    expect(frames).toHaveLength(1)
  })
  it('T13: what it carries is obfuscated, whatever the framing inside', async () => {
    for (const inner of [abridged(), intermediate(), padded(random)]) {
      const recorder = new Recorder()
      const link = await dial({ host: '127.0.0.1', port }, recorder, never)
      const codec = obfuscated(inner, random)
      const packet = encryptedPacket(4)
      link.send(codec.opening())
      link.send(codec.encode(packet))
      await recorder.until(() => recorder.length > 0)
      codec.receive(recorder.bytes)
      expect(drain(codec)).toEqual([payloadFrame(packet)])
      link.close()
    }
  })
})
