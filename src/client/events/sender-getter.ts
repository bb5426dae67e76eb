import type * as Api from '../../../generated/api/index.js'
import type { BigInteger } from 'big-integer'
import type { Entity } from '../../entities/get-entities.js'
import { ChatGetter, idOf, unlessUnknown, type ChatGetterParams } from './chat-getter.js'

export interface SenderGetterParams extends ChatGetterParams {
  readonly senderPeer?: Api.TypePeer | undefined
  /** Whether this account is the sender, where nothing names it. */
  readonly out?: boolean
}

/** Who wrote a message or pressed a button, and in which chat. */
export class SenderGetter extends ChatGetter {
  readonly #peer: Api.TypePeer | undefined
  readonly #out: boolean
  #sender: Entity | undefined
  #inputSender: Api.TypeInputPeer | undefined

  constructor(params: SenderGetterParams = {}) {
    super(params)
    this.#peer = params.senderPeer
    this.#out = params.out === true
  }

  override _know(entities: ReadonlyMap<string, Entity>): void {
    super._know(entities)
    this.#sender ??= entities.get(String(this.senderId))
  }

  /** With its mark; `undefined` where the server does not repeat who it is, as in messages of one's own. */
  get senderId(): BigInteger | undefined {
    return idOf(this.#peer)
  }

  /** What `getSender()` has found, if it was called. */
  get sender(): Entity | undefined {
    return this.#sender
  }

  /** The user, group or channel, fresh from the server, once for this event; `undefined` where it cannot be found. */
  async getSender(): Promise<Entity | undefined> {
    const peer = this.#peer ?? (this.#out ? 'me' : undefined)
    if (peer !== undefined) this.#sender ??= await unlessUnknown(this.client?.getEntity(peer))
    return this.#sender
  }

  /** What `getInputSender()` has found, if it was called. */
  get inputSender(): Api.TypeInputPeer | undefined {
    return this.#inputSender
  }

  /** The sender as requests need it; costs no call when the session has met it. */
  async getInputSender(): Promise<Api.TypeInputPeer | undefined> {
    const peer = this.#peer ?? (this.#out ? 'me' : undefined)
    if (peer !== undefined) this.#inputSender ??= await unlessUnknown(this.client?.getInputEntity(peer))
    return this.#inputSender
  }
}
