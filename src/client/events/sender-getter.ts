import type * as Api from '../../../generated/api/index.js'
import type { BigInteger } from 'big-integer'
import type { Entity } from '../../entities/get-entities.js'
import { ChatGetter, idOf, metPeer, unlessUnknown, whole, type ChatGetterParams } from './chat-getter.js'

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

  /** The user, group or channel, as the server has shown it with the message or event; or as `getSender()` has found it. */
  get sender(): Entity | undefined {
    return this.#sender
  }

  /** The same; the server is asked where it has not shown all of it. `undefined` where it cannot be found. */
  async getSender(): Promise<Entity | undefined> {
    this.#sender = await whole(this.#sender, this.#peer ?? (this.#out ? 'me' : undefined), this.client)
    return this.#sender
  }

  /** The sender as requests need it, where the session has met it; or as `getInputSender()` has found it. */
  get inputSender(): Api.TypeInputPeer | undefined {
    return this.#inputSender ?? metPeer(this.#peer, this.client)
  }

  /** The sender as requests need it; costs no call when the session has met it. */
  async getInputSender(): Promise<Api.TypeInputPeer | undefined> {
    const peer = this.#peer ?? (this.#out ? 'me' : undefined)
    if (peer !== undefined) this.#inputSender ??= await unlessUnknown(this.client?.getInputEntity(peer))
    return this.#inputSender
  }
}
