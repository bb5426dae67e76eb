import type { RsaPublicKey } from '../../../src/crypto/rsa.js'
import { ManualPlatform } from '../../../src/platform/manual.js'
import type { LargeDecryption } from '../../../src/server/core/environment.js'
import { ServerCore } from '../../../src/server/core/server-core.js'
import type { ServerOptions } from '../../../src/server/options.js'
import { loadRsaKeys, type ServerRsaKeys } from '../../../src/server/rsa-keys.js'
import { decodeSessionString } from '../../../src/session/string-format.js'
import { authKeyOf } from '../../../src/mtproto/encrypted.js'
import { TestClient } from './test-client.js'

const keys: ServerRsaKeys = loadRsaKeys(undefined)
/** The key that a test client believes in. */
export const rsaKey: RsaPublicKey = keys.main

export interface TestServer {
  readonly platform: ManualPlatform
  readonly core: ServerCore
}

/** A server on a hand-cranked platform; its address is made up, nothing listens there. */
export function testServer(options: ServerOptions = {}, decryption?: LargeDecryption): TestServer {
  const platform = new ManualPlatform({ seed: 5 })
  const dataCentres = options.dataCentres ?? [{ id: 2, port: 4430 }]
  const core = new ServerCore({ strict: true, packFromBytes: 4096, ...options, dataCentres, platform }, { rsaKeys: keys, decryption })
  return { platform, core }
}

/** A client with a key that the server knows and that is logged in. */
export function loggedIn({ core, platform }: TestServer, username = 'username'): TestClient {
  const { authKey } = decodeSessionString(core.login({ username }))
  const client = new TestClient(core, platform)
  client.authKey = authKeyOf(authKey)
  const id = new DataView(client.authKey.id.buffer, client.authKey.id.byteOffset).getBigUint64(0, true)
  client.salt = core.centre().findKey(id)!.salts.current(platform.clock.now().wallMs)
  return client
}

/** Lets promises settle and the flushes behind them happen. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 5; i++) await Promise.resolve()
}
