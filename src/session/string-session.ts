import { asBytes, type Bytes } from '../bytes/bytes.js'
import { fromBase64, toBase64 } from '../bytes/base64.js'
import { AuthKey } from './auth-key.js'
import { MemorySession } from './memory-session.js'
import { decodeSessionString, encodeSessionString } from './string-format.js'

/**
 * A session in one string: the home data centre, its address and its key. Whoever has the string has the account, so
 * keep it as you would keep a password. Strings of Telethon are read too; `save()` always writes this format.
 *
 * ```ts
 * const session = new StringSession('') // or what save() returned in an earlier run
 * ```
 * @throws {LocalError} `session`, when the string is damaged.
 */
export class StringSession extends MemorySession {
  constructor(session?: string) {
    super()
    if (session === undefined || session === null || session.trim() === '') return
    const { dcId, serverAddress, port, authKey } = decodeSessionString(session)
    // Not setDC() and setAuthKey(): a subclass that overrides them has no fields of its own yet.
    super.setDC(dcId, serverAddress, port)
    super.setAuthKey(new AuthKey(authKey))
  }

  /** Bytes as standard base64 text. */
  static encode(bytes: Uint8Array): string {
    return toBase64(bytes)
  }

  /** Bytes of base64 text, of either alphabet. */
  static decode(text: string): Bytes {
    return asBytes(fromBase64(text))
  }

  /** The string to pass to the constructor next time; empty while there is no key. */
  override save(): string {
    const authKey = this.authKey?.getKey()
    const { dcId, serverAddress, port } = this
    if (authKey === undefined || serverAddress === undefined || port === undefined) return ''
    return encodeSessionString({ dcId, serverAddress, port, authKey })
  }
}
