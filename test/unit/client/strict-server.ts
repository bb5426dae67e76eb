import { afterAll, beforeAll } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import type { TelegramClientParams } from '../../../src/client/settings.js'
import { TelegramClient } from '../../../src/client/telegram-client.js'
import { startServer, type TelegramServer } from '../../../src/server/start-server.js'
import { StringSession } from '../../../src/session/string-session.js'

/** What the tests of connections and calls share: a strict server, for as long as the tests of one file run. */

export let server: TelegramServer

/** Starts the server before the tests of the calling file. */
export function serveStrictly(): void {
  beforeAll(async () => {
    server = await startServer({ port: 0, strict: true })
  })
  afterAll(async () => {
    await server.close()
  })
}

/** A client that is not connected yet; it is logged in as `username` unless it has another session. */
export function makeClient(
  params: TelegramClientParams = {},
  session: string = server.login({ username: 'username' }),
): TelegramClient<StringSession> {
  return new TelegramClient(new StringSession(session), 1, 'hash', { serverKeys: [server.publicKey], ...params })
}

/** The call of the reference page. */
export const invites = (): Api.messages.GetExportedChatInvites =>
  new Api.messages.GetExportedChatInvites({
    peer: 'username',
    adminId: 'username',
    limit: 100,
    revoked: true,
    offsetDate: 43,
    offsetLink: 'some string here',
  })
