import * as Api from '../../generated/api/index.js'
import { startServer, type TelegramServer } from '../../src/server/start-server.js'
import { PROXY_SECRETS } from './proxy-secret.js'

/** What the peers ask for, the same in all of their layers. */
export const ASKED = { limit: 100, offsetDate: 43, offsetLink: 'some string here', revoked: true }
export const LINK = 'https://t.me/+interoperable0000'

export interface InteropServer {
  readonly server: TelegramServer
  /** Every request for invites that arrived, with the layer of the client that sent it. */
  readonly asked: { readonly request: Api.messages.GetExportedChatInvites; readonly layer: number }[]
}

/** A server that answers messages.getExportedChatInvites to anybody, with one invite and its admin. */
export async function interopServer(): Promise<InteropServer> {
  const server = await startServer({ proxies: PROXY_SECRETS.map((secret) => ({ secret })) })
  const asked: InteropServer['asked'] = []
  server.handle(Api.messages.GetExportedChatInvites, (request, { layer }) => {
    asked.push({ request, layer })
    const invite = new Api.ChatInviteExported({ link: LINK, adminId: 77, date: 42, revoked: true, title: 'Żółć' })
    const admin = new Api.User({ id: 77, accessHash: 5, firstName: 'Admin', username: 'admin' })
    return new Api.messages.ExportedChatInvites({ count: 1, invites: [invite], users: [admin] })
  })
  return { server, asked }
}
