import { afterAll, beforeAll, beforeEach } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { toHex } from '../../../src/bytes/hex.js'
import type { ClientLogger } from '../../../src/client/logger.js'
import { TelegramClient } from '../../../src/client/telegram-client.js'
import { sha256 } from '../../../src/crypto/sha.js'
import { seededRandom } from '../../../src/platform/manual.js'
import { startServer, type TelegramServer } from '../../../src/server/start-server.js'
import type { WorldFile } from '../../../src/server/world/files.js'
import { StringSession } from '../../../src/session/string-session.js'

/** What the tests of files share: a server and a client of it, for as long as the tests of one file run. */

export const MB: number = 1024 * 1024
export let server: TelegramServer
export let client: TelegramClient
/** What the client has warned of in this test. */
export let warnings: string[] = []
/** How often each method was called in this test. */
export const counts: Map<string, number> = new Map()

/** Starts the server and logs the client in before the tests of the calling file, and forgets faults between them. */
export function serveFiles(): void {
  beforeAll(async () => {
    server = await startServer({ port: 0, strict: true, dataCentres: [{ id: 2 }, { id: 4 }, { id: 203, cdn: true }] })
    const baseLogger: ClientLogger = { error() {}, info() {}, debug() {}, warn: (message) => void warnings.push(message) }
    client = new TelegramClient(new StringSession(server.login({ username: 'username' })), 1, 'hash', {
      serverKeys: [server.publicKey],
      baseLogger,
    })
    await client.connect()
  })
  afterAll(async () => {
    await client.destroy()
    await server.close()
  })
  beforeEach(() => {
    warnings = []
    counts.clear()
    server.faults.query = (method) => {
      counts.set(method, (counts.get(method) ?? 0) + 1)
      return undefined
    }
    delete server.faults.answer
  })
}

export const randomBytes = (length: number, seed = 1): Uint8Array => seededRandom(seed).fill(new Uint8Array(length))
export const hash = (bytes: Uint8Array): string => toHex(sha256(bytes))

/** The document that the API would give for a file of the server. */
export function document(file: WorldFile): Api.Document {
  return new Api.Document({
    id: file.id,
    accessHash: file.accessHash,
    fileReference: file.reference,
    date: 1,
    mimeType: file.mimeType,
    size: file.bytes.length,
    dcId: file.dcId,
    attributes: [],
  })
}
