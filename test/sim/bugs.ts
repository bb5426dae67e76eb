import { Backoff } from '../../src/connection/backoff.js'
import { DcConnection } from '../../src/connection/dc-connection.js'
import { aesIgeDecrypt } from '../../src/crypto/aes-ige.js'
import { messageCipherKeys } from '../../src/crypto/message-keys.js'
import { AckQueue } from '../../src/mtproto/acks.js'
import { ReceivedIds } from '../../src/mtproto/dedup.js'
import { encryptPadded, isUnderKey } from '../../src/mtproto/encrypted.js'
import type { Call } from '../../src/mtproto/engine/call.js'
import { CallBook } from '../../src/mtproto/engine/call-book.js'
import { EngineCore } from '../../src/mtproto/engine/core.js'
import type { Engine } from '../../src/mtproto/engine/engine.js'
import { Heartbeat } from '../../src/mtproto/engine/heartbeat.js'
import { MsgIdGenerator, ServerClock } from '../../src/mtproto/msg-id.js'
import { SentMessages } from '../../src/mtproto/pending.js'
import { Salts } from '../../src/mtproto/salts.js'
import { SeqNoCounter } from '../../src/mtproto/seq-no.js'
import type { Instant } from '../../src/platform/clock.js'
import type { TransportCodec } from '../../src/transport/codec.js'
import { GapBuffer } from '../../src/updates/gap-buffer.js'
import { enginePrototype, inside } from './observe-engines.js'
import { keysOfServer } from './simulated-server.js'

type AnyMethod = (this: never, ...args: never[]) => unknown
/** A method of the client, with the object it belongs to as its first argument. */
type Bug<Owner, Method extends AnyMethod> = (owner: Owner, original: OmitThisParameter<Method>, ...args: Parameters<Method>) => unknown

/** Puts a wrong method in the place of a right one; for what client and server share, in the client alone. */
function plant<Owner extends object, Name extends keyof Owner>(
  prototype: Owner,
  name: Name,
  bug: Bug<Owner, Extract<Owner[Name], AnyMethod>>,
  { shared = true }: { shared?: boolean } = {},
): () => void {
  const original = prototype[name] as AnyMethod
  const planted = function (this: Owner, ...args: never[]): unknown {
    if (shared && !inside.client) return original.apply(this as never, args)
    return bug(this, original.bind(this as never) as never, ...(args as Parameters<Extract<Owner[Name], AnyMethod>>))
  }
  const put = (value: unknown): void => void Object.defineProperty(prototype, name, { value, configurable: true, writable: true })
  put(planted)
  return () => put(original)
}

function all(...takeOut: readonly (() => void)[]): () => void {
  return () => takeOut.forEach((out) => out())
}

/** Opens every packet without a look at its msg_key, and hands it on under the key that fits what it now says. */
function withoutMsgKeyCheck(codec: TransportCodec): TransportCodec {
  const forged = (payload: Uint8Array): Uint8Array => {
    const key = keysOfServer().find((each) => isUnderKey(payload, each))
    if (key === undefined || payload.length < 88 || payload.length % 16 !== 8) return payload
    const { key: aesKey, iv } = messageCipherKeys(key.bytes, payload.subarray(8, 24), 'server')
    return encryptPadded(key, 'server', aesIgeDecrypt(payload.subarray(24), aesKey, iv))
  }
  return new Proxy(codec, {
    get(target, property) {
      const value = Reflect.get(target, property) as unknown
      if (property === 'next') {
        return () => {
          const frame = target.next()
          return frame?.kind === 'payload' ? { ...frame, payload: forged(frame.payload) } : frame
        }
      }
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}

/** Mistakes that a client may make, each planted in one place: `BUGS[name]()` plants it, and what that returns takes it out. */
export const BUGS: Readonly<Record<string, () => () => void>> = {
  'a duplicate is accepted': () =>
    plant(ReceivedIds.prototype, 'accept', (_ids, accept, msgId, seqNo) => (accept(msgId, seqNo) === 'old' ? 'old' : 'new')),
  'acknowledgements are dropped': () => plant(AckQueue.prototype, 'add', () => undefined),
  'a message is acknowledged under a wrong id': () => plant(AckQueue.prototype, 'add', (_acks, add, msgId, nowMs) => add(msgId + 4n, nowMs)),
  'a call is sent again under its old id': () =>
    plant(CallBook.prototype, 'add', (_book, add, body, options) => {
      let first = 0n
      return Object.defineProperty(add(body, options), 'msgId', { get: () => first, set: (msgId: bigint) => (first ||= msgId) })
    }),
  'every new link repeats the calls, unasked': () => {
    const sent = new Map<Call, CallBook>()
    return all(
      plant(CallBook.prototype, 'add', (book, add, body, options) => {
        const call = add(body, options)
        sent.set(call, book)
        return call
      }),
      plant(enginePrototype, 'connected', (_engine: Engine, connected, codec, now) => {
        for (const [call, book] of sent) {
          if (call.state === 'ended') sent.delete(call)
          else if (call.state !== 'queued') book.sendAgain(call)
        }
        return connected(codec, now)
      }, { shared: false }),
    )
  },
  'a call with an unknown outcome is sent again': () => plant(EngineCore.prototype, 'outcomeUnknown', (core, _original, call) => core.calls.sendAgain(call)),
  'a call that the server has not got is given up': () => plant(EngineCore.prototype, 'sendAgain', (core, _original, call) => core.outcomeUnknown(call)),
  'calls under way are forgotten with their link': () => plant(SentMessages.prototype, 'calls', () => [].values()),
  'a new salt is ignored': () => plant(Salts.prototype, 'adopt', () => undefined),
  'new_session_created is ignored': () =>
    plant(EngineCore.prototype, 'emit', (_core, emit, event) => (event.type === 'session-created' ? undefined : emit(event))),
  'seq_no has the wrong parity': () => plant(SeqNoCounter.prototype, 'next', (_counter, next, contentRelated) => next(contentRelated) ^ 1),
  'msg_id follows the wall clock': () =>
    all(
      plant(ServerClock.prototype, 'nowMs', (_clock, nowMs, now: Instant) => nowMs(now) + wallLessStart(now)),
      plant(MsgIdGenerator.prototype, 'next', (_ids, _next, serverMs) => BigInt(Math.floor(serverMs * 1000)) * 4294n * 4n),
    ),
  'an answer is handed out twice': () =>
    plant(EngineCore.prototype, 'emit', (_core, emit, event) => {
      emit(event)
      if (event.type === 'result') emit(event)
    }),
  'an answer goes to another call': () =>
    plant(SentMessages.prototype, 'call', (sent, call, msgId) => call(msgId) && [...sent.calls()].at(-1)),
  'msg_key is not checked': () =>
    plant(enginePrototype, 'connected', (_engine: Engine, connected, codec, now) => connected(withoutMsgKeyCheck(codec), now), { shared: false }),
  'a dead link is never noticed': () => plant(Heartbeat.prototype, 'deadMs', () => Infinity),
  'the wait before the next connection never grows': () =>
    plant(Backoff.prototype, 'failed', (backoff, failed, nowMs) => {
      backoff.succeeded()
      failed(nowMs)
    }, { shared: false }),
  'an old update is handed out again': () =>
    plant(GapBuffer, 'judge', (_class, judge, ...args) => (judge(...args) === 'old' ? 'apply' : judge(...args)), { shared: false }),
  'a gap in the updates is passed over': () =>
    plant(GapBuffer, 'judge', (_class, judge, ...args) => (judge(...args) === 'gap' ? 'apply' : judge(...args)), { shared: false }),
  'disconnect() closes nothing': () => plant(DcConnection.prototype, 'close', () => undefined, { shared: false }),
}

const START_MS = new Date(Date.UTC(2026, 0, 1)).getTime()

/** How far the wall clock has been stepped since the start. */
function wallLessStart({ wallMs, monotonicMs }: Instant): number {
  return wallMs - monotonicMs - START_MS
}
