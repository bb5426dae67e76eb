import * as Api from '../../../generated/api/index.js'
import { LAYER, readObject as readApi } from '../../../generated/api/registry.js'
import * as Mt from '../../../generated/mtproto/index.js'
import { gunzip } from '../../../src/crypto/gzip.node.js'
import type { RsaPublicKey } from '../../../src/crypto/rsa.js'
import {
  constructorId,
  ID_GZIP_PACKED,
  ID_MSG_CONTAINER,
  ID_RPC_ERROR,
  ID_RPC_RESULT,
} from '../../../src/mtproto/constructors.js'
import { decodeContainer, encodeContainer, type Message } from '../../../src/mtproto/container.js'
import { authKeyOf, isUnderKey, open, seal, type AuthKey } from '../../../src/mtproto/encrypted.js'
import { step1, step2, step3, step4, step5, step6 } from '../../../src/mtproto/handshake/client.js'
import { MsgIdGenerator } from '../../../src/mtproto/msg-id.js'
import { decodePlain, encodePlain, isPlain } from '../../../src/mtproto/plain.js'
import { SeqNoCounter } from '../../../src/mtproto/seq-no.js'
import { readExactly } from '../../../src/mtproto/service-codec.js'
import type { LinkHandlers } from '../../../src/net/link.js'
import type { ManualPlatform } from '../../../src/platform/manual.js'
import type { ServerCore } from '../../../src/server/core/server-core.js'
import { Reader } from '../../../src/tl/reader.js'
import type { TlObject, TlRequest } from '../../../src/tl/object.js'
import { intermediate } from '../../../src/transport/intermediate.js'
import type { TransportCodec } from '../../../src/transport/codec.js'

const SERVICE_IDS: ReadonlySet<number | undefined> = new Set(
  Object.values(Mt).map((type) => (type as { CONSTRUCTOR_ID?: number }).CONSTRUCTOR_ID),
)

export interface Received extends Message {
  readonly sessionId: bigint
  /** The msg_id of the container that it came in. */
  readonly container: bigint | undefined
}

/** A client that shows every message, and sends whatever a test wants. It has no rules of its own. */
export class TestClient {
  readonly platform: ManualPlatform
  readonly core: ServerCore
  authKey!: AuthKey
  salt = 0n
  sessionId = 1n
  closed = false
  /** Every message of the server, containers taken apart, in the order of arrival. */
  readonly inbox: Received[] = []
  readonly plain: Uint8Array[] = []
  readonly errors: number[] = []
  readonly quickAcks: number[] = []
  /** What is sent arrives in pieces of this length. */
  pieceBytes: number = Infinity
  readonly #dcId: number | undefined
  #codec!: TransportCodec
  #server!: LinkHandlers
  #ids = new MsgIdGenerator()
  #seqNos = new SeqNoCounter()

  constructor(core: ServerCore, platform: ManualPlatform, codec: TransportCodec = intermediate(), dcId?: number) {
    this.core = core
    this.platform = platform
    this.#dcId = dcId
    this.connect(codec)
  }

  connect(codec: TransportCodec = intermediate()): void {
    this.closed = false
    this.#codec = codec
    const link = {
      send: (bytes: Uint8Array): boolean => {
        codec.receive(bytes)
        for (let frame = codec.next(); frame; frame = codec.next()) {
          if (frame.kind === 'error') this.errors.push(frame.code)
          else if (frame.kind === 'quick-ack') this.quickAcks.push(frame.token)
          else this.#take(frame.payload)
        }
        return true
      },
      close: (): void => {
        if (this.#server === handlers) this.closed = true
      },
    }
    const handlers = this.core.accept(link, this.#dcId)
    this.#server = handlers
    handlers.data(codec.opening())
  }

  disconnect(): void {
    this.closed = true
    this.#server.close()
  }

  /** Begins another session under the same key. */
  newSession(sessionId: bigint): void {
    this.sessionId = sessionId
    this.#ids = new MsgIdGenerator()
    this.#seqNos = new SeqNoCounter()
  }

  sendPayload(payload: Uint8Array, quickAck = false): void {
    const frame = this.#codec.encode(payload, quickAck)
    for (let at = 0; at < frame.length; at += this.pieceBytes) this.#server.data(frame.slice(at, at + this.pieceBytes))
  }

  sendPlain(body: Uint8Array): Uint8Array | undefined {
    const before = this.plain.length
    this.sendPayload(encodePlain(0n, body))
    return this.plain[before]
  }

  /** Agrees on a key with the server. */
  exchangeKeys(serverKey: RsaPublicKey, purpose: { dc: number | undefined; expiresIn?: number } = { dc: 2 }): AuthKey {
    const { random } = this.platform
    const first = step1(random)
    const factoring = step2(first.state, this.sendPlain(first.request)!, [serverKey])
    let factors = step3(factoring)
    while (!factors) factors = step3(factoring)
    const params = step4(factoring, factors, purpose, random)
    const half = step5(params.state, this.sendPlain(params.request)!, random)
    const agreed = step6(half.state, this.sendPlain(half.request)!, random)
    if (!('authKey' in agreed)) throw new Error('the server asked for another key')
    this.authKey = authKeyOf(agreed.authKey)
    this.salt = agreed.firstSalt
    return this.authKey
  }

  nextMsgId(): bigint {
    return this.#ids.next(this.platform.clock.now().wallMs)
  }

  nextSeqNo(contentRelated: boolean): number {
    return this.#seqNos.next(contentRelated)
  }

  message(body: TlObject | Uint8Array, contentRelated = true): Message {
    const bytes = body instanceof Uint8Array ? body : body.getBytes()
    return { msgId: this.nextMsgId(), seqNo: this.nextSeqNo(contentRelated), body: bytes }
  }

  send(message: Message, options: { salt?: bigint; quickAck?: boolean } = {}): bigint {
    const { salt = this.salt, quickAck = false } = options
    const packet = { ...message, salt, sessionId: this.sessionId }
    this.sendPayload(seal(this.authKey, 'client', packet, this.platform.random), quickAck)
    return message.msgId
  }

  sendContainer(messages: readonly Message[]): bigint {
    return this.send(this.message(encodeContainer(messages), false))
  }

  /** Sends a query under initConnection and returns its msg_id. */
  query(request: TlRequest<unknown>, layer: number = LAYER): bigint {
    return this.send(this.message(inited(request, layer)))
  }

  /** Sends a query and reads its answer, which an unhurried server has sent by then. */
  call<Result>(request: TlRequest<Result>): Result {
    return this.result(this.query(request), request)
  }

  /** Reads the answer to a query that was sent before. */
  result<Result>(msgId: bigint, request: TlRequest<Result>): Result {
    const body = this.answerTo(msgId)
    if (!body) throw new Error(`no answer to ${request.className}`)
    if (constructorId(body) === ID_RPC_ERROR) {
      const { errorCode, errorMessage } = readExactly(body, Mt.RpcError)
      throw new Error(`${errorCode} ${errorMessage}`)
    }
    return request.readResult(new Reader(body))
  }

  /** The result in the rpc_result for this query, unpacked. */
  answerTo(msgId: bigint): Uint8Array | undefined {
    for (const { body } of this.inbox) {
      if (constructorId(body) !== ID_RPC_RESULT || new Reader(body, 4).bigint() !== msgId) continue
      const result = body.subarray(12)
      return constructorId(result) === ID_GZIP_PACKED ? gunzip(new Reader(result, 4).byteString(), 1 << 24) : result
    }
    return undefined
  }

  /** Messages of one constructor, decoded. */
  all<T extends TlObject>(type: { readonly CONSTRUCTOR_ID: number } & (new (...args: never[]) => T)): T[] {
    const found = this.inbox.filter(({ body }) => constructorId(body) === type.CONSTRUCTOR_ID)
    const service = SERVICE_IDS.has(type.CONSTRUCTOR_ID)
    return found.map(({ body }) => (service ? readExactly(body, type as never) : readApi(new Reader(body))) as T)
  }

  acknowledge(...msgIds: bigint[]): void {
    this.send(this.message(new Mt.MsgsAck({ msgIds }), false))
  }

  #take(payload: Uint8Array): void {
    if (isPlain(payload)) {
      this.plain.push(decodePlain(payload).body)
      return
    }
    if (!isUnderKey(payload, this.authKey)) throw new Error('a packet under another key')
    const { msgId, seqNo, body, sessionId } = open(this.authKey, 'server', payload)
    if (constructorId(body) === ID_MSG_CONTAINER) {
      for (const inner of decodeContainer(body, msgId)) this.inbox.push({ ...inner, sessionId, container: msgId })
    } else {
      this.inbox.push({ msgId, seqNo, body, sessionId, container: undefined })
    }
  }
}

/** `invokeWithLayer(initConnection(query))`, as every client begins. */
export function inited(query: TlRequest<unknown>, layer: number = LAYER): Uint8Array {
  return new Api.InvokeWithLayer({ layer, query: new Api.InitConnection({ ...CLIENT, query }) }).getBytes()
}

export const CLIENT = {
  apiId: 1,
  deviceModel: 'test',
  systemVersion: '1',
  appVersion: '1',
  systemLangCode: 'en',
  langPack: '',
  langCode: 'en',
}
