/** `rawgram/client/users`: a client's calls and peers as functions. */
import type * as Api from '../../../generated/api/index.js'
import type { CallOptions } from '../../client/call-options.js'
import type { TelegramClient } from '../../client/telegram-client.js'
import type { Entity } from '../../entities/get-entities.js'
import type { TlRequest } from '../../tl/object.js'

export function invoke<Result>(
  client: TelegramClient,
  request: TlRequest<Result>,
  options?: CallOptions | number,
): Promise<Result> {
  return client.invoke(request, options)
}

export function getMe(client: TelegramClient, inputPeer?: false): Promise<Api.User>
export function getMe(client: TelegramClient, inputPeer: true): Promise<Api.TypeInputPeer>
export function getMe(client: TelegramClient, inputPeer: boolean = false): Promise<Api.User | Api.TypeInputPeer> {
  return inputPeer ? client.getMe(true) : client.getMe()
}

export function isBot(client: TelegramClient): Promise<boolean> {
  return client.isBot()
}

export function isUserAuthorized(client: TelegramClient): Promise<boolean> {
  return client.isUserAuthorized()
}

export function getEntity(client: TelegramClient, entity: Api.TypeEntityLike): Promise<Entity>
export function getEntity(client: TelegramClient, entities: readonly Api.TypeEntityLike[]): Promise<Entity[]>
export function getEntity(
  client: TelegramClient,
  entity: Api.TypeEntityLike | readonly Api.TypeEntityLike[],
): Promise<Entity | Entity[]> {
  return client.getEntity(entity as Api.TypeEntityLike)
}

export function getInputEntity(client: TelegramClient, entity: Api.TypeEntityLike): Promise<Api.TypeInputPeer> {
  return client.getInputEntity(entity)
}

export function getPeerId(client: TelegramClient, entity: Api.TypeEntityLike, addMark: boolean = true): Promise<string> {
  return client.getPeerId(entity, addMark)
}
