import { TransportError } from '../../../src/errors/errors.js'
import type { CallId, Engine, EngineEvent } from '../../../src/mtproto/engine/engine.js'
import type { Dial, Link, LinkHandlers } from '../../../src/net/link.js'
import type { TransportCodec } from '../../../src/transport/codec.js'

/** An engine that does what the test says: calls are recorded, events are pushed by hand. */
export class ScriptedEngine implements Engine {
  readonly sent: { call: CallId; text: string; idempotent: boolean }[] = []
  readonly cancelled: CallId[] = []
  readonly events: EngineEvent[] = []
  readonly output: Uint8Array[] = []
  links = 0
  losses = 0
  dueMs: number | undefined
  timeouts = 0
  #next = 1

  connected(): void {
    this.links++
  }
  disconnected(): void {
    this.losses++
  }
  send(body: Uint8Array, _now: unknown, options: { idempotent?: boolean } = {}): CallId {
    const call = this.#next++
    const text = new TextDecoder().decode(body)
    this.sent.push({ call, text, idempotent: options.idempotent === true })
    this.output.push(body)
    return call
  }
  cancel(call: CallId): void {
    this.cancelled.push(call)
  }
  receive(chunk: Uint8Array): void {
    // One event per chunk, as JSON: enough to see that the driver passes bytes in and events out.
    const event = JSON.parse(new TextDecoder().decode(chunk)) as EngineEvent & { error?: string }
    this.events.push(
      event.type === 'lost' ? { ...event, error: new TransportError('closed', String(event.error)) } : event,
    )
  }
  timeout(): void {
    this.timeouts++
    this.dueMs = undefined
  }
  takeOutput(): Uint8Array | undefined {
    return this.output.shift()
  }
  nextEvent(): EngineEvent | undefined {
    return this.events.shift()
  }
  deadline(): number | undefined {
    return this.dueMs
  }
  destroyAuthKey(): void {}
}

/** A network of one server, driven by the test. */
export class ScriptedNetwork {
  readonly dials: string[] = []
  handlers: LinkHandlers | undefined
  refuse = false
  open = 0
  written: string[] = []
  writable = true

  readonly dial: Dial = async (address, handlers): Promise<Link> => {
    this.dials.push(`${address.host}:${address.port}`)
    if (this.refuse) throw new TransportError('connect', `${address.host}:${address.port} refused the connection`)
    this.handlers = handlers
    this.open++
    let closed = false
    return {
      send: (bytes) => {
        if (!closed) this.written.push(new TextDecoder().decode(bytes))
        return this.writable
      },
      close: () => {
        if (!closed) this.open--
        closed = true
      },
    }
  }

  push(event: object): void {
    this.handlers!.data(new TextEncoder().encode(JSON.stringify(event)))
  }

  cut(): void {
    this.handlers!.close()
  }
}

export const noCodec = (): TransportCodec => ({}) as TransportCodec

/** Lets every promise that can settle do so. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}
