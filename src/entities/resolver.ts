import * as Api from '../../generated/api/index.js'
import { LocalError } from '../errors/errors.js'
import { describe } from '../errors/evidence.js'
import { isRpcError } from '../errors/rpc-error.js'
import type { EntityKind } from '../session/entity-row.js'
import { parsePeerName, type PeerName } from '../session/peer-name.js'
import { peerOfObject } from '../session/peer-object.js'
import { rememberedPeer } from '../session/remembered-peer.js'
import type { Session } from '../session/session.js'
import type { TlRequest } from '../tl/object.js'

/** Sends a request that needs no resolution itself, and remembers the peers in its answer. */
export type Ask = <Result>(request: TlRequest<Result>) => Promise<Result>

export interface PeerResolverOptions {
  readonly session: () => Session
  readonly ask: Ask
  /** Bots may not look up phone numbers. */
  readonly isBot: () => boolean
}

/**
 * Finds peers by what existing code calls them. What the session remembers costs nothing; two lookups of the same name
 * at the same time are one request.
 */
export class PeerResolver {
  readonly #options: PeerResolverOptions
  readonly #underWay = new Map<string, Promise<Api.TypeInputPeer>>()

  constructor(options: PeerResolverOptions) {
    this.#options = options
  }

  /** @throws {LocalError} `entity`, when the value names no peer or the peer cannot be found. */
  async inputPeer(value: unknown): Promise<Api.TypeInputPeer> {
    const found = peerOfObject(value) ?? parsePeerName(value)
    if (found === undefined) {
      throw notFound(
        value,
        "it names no peer; give a username, a link, a phone number with '+', an id, 'me', or an entity",
      )
    }
    if (!('kind' in found)) return found
    return rememberedPeer(this.#options.session(), found) ?? this.#lookUp(found, value)
  }

  /** The server said that the username is not, or no longer, the remembered peer's. */
  forget(value: unknown): void {
    const name = parsePeerName(value)
    if (name?.kind === 'username') this.#options.session().forgetUsername(name.username)
  }

  #lookUp(name: PeerName, value: unknown): Promise<Api.TypeInputPeer> {
    const key = JSON.stringify(name)
    const underWay = this.#underWay.get(key)
    if (underWay !== undefined) return underWay
    const lookup = this.#ask(name, value).finally(() => this.#underWay.delete(key))
    this.#underWay.set(key, lookup)
    return lookup
  }

  async #ask(name: PeerName, value: unknown): Promise<Api.TypeInputPeer> {
    switch (name.kind) {
      case 'self':
        return new Api.InputPeerSelf()
      case 'username':
        return this.#byUsername(name.username, value)
      case 'phone':
        return this.#byPhone(name.phone, value)
      case 'invite':
        return this.#byInvite(name.hash, value)
      case 'id':
        return this.#byId(name.peer, name.id, value)
      case 'unmarked':
        return this.#byId('user', name.id, value)
    }
  }

  async #byUsername(username: string, value: unknown): Promise<Api.TypeInputPeer> {
    try {
      return this.#resolved(await this.#options.ask(new Api.contacts.ResolveUsername({ username })), value)
    } catch (error) {
      if (isRpcError(error, 'USERNAME_NOT_OCCUPIED') || isRpcError(error, 'USERNAME_INVALID')) {
        throw notFound(value, `nobody has the username ${JSON.stringify(username)}`, error)
      }
      throw error
    }
  }

  async #byPhone(phone: string, value: unknown): Promise<Api.TypeInputPeer> {
    if (this.#options.isBot()) throw notFound(value, 'bots cannot look up phone numbers')
    try {
      return this.#resolved(await this.#options.ask(new Api.contacts.ResolvePhone({ phone })), value)
    } catch (error) {
      if (isRpcError(error, 'PHONE_NOT_OCCUPIED'))
        throw notFound(value, 'nobody has this phone number, or its owner hides it', error)
      throw error
    }
  }

  #resolved(answer: Api.contacts.TypeResolvedPeer, value: unknown): Api.TypeInputPeer {
    const wanted = peerOfObject(answer.peer)
    if (wanted === undefined || !('kind' in wanted)) return wanted ?? fail(value)
    for (const entity of [...answer.users, ...answer.chats]) {
      const id = String((entity as { id?: unknown }).id)
      if (wanted.kind !== 'id' || id !== wanted.id || kindOf(entity.className) !== wanted.peer) continue
      const found = peerOfObject(entity)
      if (found !== undefined && !('kind' in found)) return found
    }
    return fail(value)
  }

  async #byInvite(hash: string, value: unknown): Promise<Api.TypeInputPeer> {
    const invite = await this.#options.ask(new Api.messages.CheckChatInvite({ hash }))
    const found = 'chat' in invite ? peerOfObject(invite.chat) : undefined
    if (found === undefined || 'kind' in found) {
      throw notFound(value, 'it is an invitation to a chat that this account is not in; join it and try again')
    }
    return found
  }

  async #byId(kind: EntityKind, id: string, value: unknown): Promise<Api.TypeInputPeer> {
    if (kind === 'chat') return new Api.InputPeerChat({ chatId: id })
    const entities = await this.#entitiesById(kind, id)
    for (const entity of entities) {
      const found = peerOfObject(entity)
      if (found === undefined || 'kind' in found || found.className === 'InputPeerEmpty') continue
      return found
    }
    throw notFound(
      value,
      `this session has not met the ${kind} with the id ${id}: address it once by username, or fetch a list it is in`,
    )
  }

  /** Without an access hash: works for bots, and for those who are contacts or have met this account. */
  async #entitiesById(kind: 'user' | 'channel', id: string): Promise<readonly unknown[]> {
    try {
      if (kind === 'user')
        return await this.#options.ask(
          new Api.users.GetUsers({ id: [new Api.InputUser({ userId: id, accessHash: 0 })] }),
        )
      const answer = await this.#options.ask(
        new Api.channels.GetChannels({ id: [new Api.InputChannel({ channelId: id, accessHash: 0 })] }),
      )
      return answer.chats
    } catch (error) {
      if (isRpcError(error) && error.code === 400) return []
      throw error
    }
  }
}

function kindOf(className: string): EntityKind | undefined {
  if (className.startsWith('User')) return 'user'
  return className.startsWith('Channel') ? 'channel' : className.startsWith('Chat') ? 'chat' : undefined
}

function fail(value: unknown): never {
  throw notFound(value, 'the server answered with another peer')
}

function notFound(value: unknown, why: string, cause?: unknown): LocalError {
  return new LocalError(
    'entity',
    `cannot find the peer ${describe(value)}: ${why}`,
    { got: describe(value) },
    { cause },
  )
}
