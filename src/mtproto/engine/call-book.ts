import type { Call } from './call.js'
import type { CallId, CallOptions } from './engine.js'

/** All calls without an answer: by number, and in the order in which they are to be sent. */
export class CallBook {
  readonly #byId = new Map<CallId, Call>()
  #nextId: CallId = 1
  /** Calls that were sent before and have to go out again come first. */
  #again: Call[] = []
  #fresh: Call[] = []
  #freshHead = 0

  get size(): number {
    return this.#byId.size
  }

  add(body: Uint8Array, { idempotent = false, quickAck = false }: CallOptions = {}): Call {
    const call: Call = {
      id: this.#nextId++,
      body,
      idempotent,
      quickAck,
      state: 'queued',
      sentIn: undefined,
      msgId: 0n,
      seqNo: 0,
      carrier: 0n,
      link: 0,
      touchedMs: 0,
      initialises: false,
      refusals: 0,
      reported: false,
    }
    this.#byId.set(call.id, call)
    this.#fresh.push(call)
    return call
  }

  get(id: CallId): Call | undefined {
    return this.#byId.get(id)
  }

  /** The call has an answer, or none is wanted any more. */
  end(call: Call): void {
    call.state = 'ended'
    call.sentIn?.remove(call.msgId)
    call.sentIn = undefined
    this.#byId.delete(call.id)
  }

  /** The call goes out again, under another msg_id. */
  sendAgain(call: Call): void {
    call.sentIn?.remove(call.msgId)
    call.sentIn = undefined
    if (call.state !== 'queued' || !this.#again.includes(call)) this.#again.push(call)
    call.state = 'queued'
  }

  /** The call that is to be sent next; `idempotentOnly` passes over those that must not be carried out twice. */
  peek(idempotentOnly: boolean): Call | undefined {
    this.#skipEnded()
    if (!idempotentOnly) return this.#again[0] ?? this.#fresh[this.#freshHead]
    const first = this.#again.find(isIdempotent)
    if (first) return first
    for (let i = this.#freshHead; i < this.#fresh.length; i++) if (isIdempotent(this.#fresh[i]!)) return this.#fresh[i]
    return undefined
  }

  /** Takes a call that `peek` has shown. */
  take(call: Call): void {
    if (this.#fresh[this.#freshHead] === call) {
      this.#freshHead++
      if (this.#freshHead === this.#fresh.length) {
        this.#fresh = []
        this.#freshHead = 0
      }
      return
    }
    const again = this.#again.indexOf(call)
    if (again >= 0) this.#again.splice(again, 1)
    else this.#fresh.splice(this.#fresh.indexOf(call), 1)
  }

  #skipEnded(): void {
    while (this.#freshHead < this.#fresh.length && this.#fresh[this.#freshHead]!.state === 'ended') this.#freshHead++
    if (this.#again.length > 0 && this.#again[0]!.state === 'ended') {
      this.#again = this.#again.filter((call) => call.state !== 'ended')
    }
  }
}

function isIdempotent(call: Call): boolean {
  return call.idempotent && call.state !== 'ended'
}
