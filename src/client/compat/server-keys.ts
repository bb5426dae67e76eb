import bigInt, { type BigInteger } from 'big-integer'
import { builtInServerKeys } from '../server-keys.js'
import { refusal } from './left-out.js'

interface ServerKey {
  readonly n: BigInteger
  readonly e: number
}

/** Which keys are trusted is decided for each client, not for all of them. */
const refuse: () => never = /* @__PURE__ */ refusal(
  'the keys of Telegram are not changed',
  'give those of a server of your own, as PEM, to new TelegramClient() as the option serverKeys',
)

/** Telegram's public keys by fingerprint (signed, decimal). It can be read only. */
class ServerKeys extends Map<string, ServerKey> {
  static builtIn(): ServerKeys {
    const keys = new ServerKeys()
    for (const { n, e, fingerprint } of builtInServerKeys(false)) {
      const signed = BigInt.asIntN(64, fingerprint).toString()
      Map.prototype.set.call(keys, signed, { n: bigInt(n), e: Number(e) })
    }
    return keys
  }

  override set(): never {
    return refuse()
  }

  override delete(): never {
    return refuse()
  }

  override clear(): never {
    return refuse()
  }
}

export const _serverKeys: ReadonlyMap<string, ServerKey> = /* @__PURE__ */ ServerKeys.builtIn()

/** Left out: a client encrypts its part of a key exchange by itself, in the form that Telegram asks for today. */
export const encrypt: (...args: unknown[]) => never = /* @__PURE__ */ refusal(
  'there is no encrypt()',
  'a client does its key exchange by itself',
)
