import serverKeys from '../../tl/server-keys.json' with { type: 'json' }
import { DEVELOPMENT_PUBLIC_KEY } from '../crypto/development-key.js'
import { parseRsaPublicKey, type RsaPublicKey } from '../crypto/rsa.js'

const parsed = new Map<string, readonly RsaPublicKey[]>()

/** Telegram's public RSA keys, compiled in: which key a server has is never learnt from the network. */
export function builtInServerKeys(testServers: boolean): readonly RsaPublicKey[] {
  const environment = testServers ? 'test' : 'production'
  let keys = parsed.get(environment)
  if (keys === undefined) {
    keys = serverKeys.keys.filter((key) => key.environment === environment).map(({ pem }) => parseRsaPublicKey(pem))
    parsed.set(environment, keys)
  }
  return keys
}

let development: RsaPublicKey | undefined

/** The embedded server's own key, for servers on this machine: its private half is no secret. */
export function developmentServerKey(): RsaPublicKey {
  return (development ??= parseRsaPublicKey(DEVELOPMENT_PUBLIC_KEY))
}
