import * as Api from '../../../generated/api/index.js'
import type { TestClient } from './test-client.js'

/** An account as the client would name it after contacts.resolveUsername. */
export const resolve = (client: TestClient, username: string): { user: Api.InputUser; peer: Api.InputPeerUser } => {
  const { users } = client.call(new Api.contacts.ResolveUsername({ username }))
  const { id, accessHash } = users[0] as Api.User
  return {
    user: new Api.InputUser({ userId: id, accessHash: accessHash! }),
    peer: new Api.InputPeerUser({ userId: id, accessHash: accessHash! }),
  }
}
/** Asks for the caller's own account. */
export const self = (): Api.users.GetUsers => new Api.users.GetUsers({ id: [new Api.InputUserSelf()] })
/** The supergroup of the default world. */
export const group = (client: TestClient): Api.InputPeerChannel => {
  const { chats } = client.call(new Api.contacts.ResolveUsername({ username: 'a_group' }))
  const { id, accessHash } = chats[0] as Api.Channel
  return new Api.InputPeerChannel({ channelId: id, accessHash: accessHash! })
}
