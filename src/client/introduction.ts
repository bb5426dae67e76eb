import { InitConnection, InvokeWithLayer } from '../../generated/api/index.js'
import { LAYER } from '../../generated/api/layer.js'
import { TlRequest } from '../tl/object.js'
import type { Settings } from './settings.js'

/** Stands where the query goes, and writes nothing: what comes before it is what the engine wants. */
class NoQuery extends TlRequest {
  override write(): void {}
}

/**
 * `invokeWithLayer layer:int query:!X = X` around `initConnection ... query:!X = X`, up to the query: both have it
 * last.
 * @see https://core.telegram.org/method/initConnection
 */
export function introductionOf(settings: Settings): Uint8Array {
  const { apiId, deviceModel, systemVersion, appVersion, langCode, systemLangCode, langPack } = settings
  const query = new InitConnection({
    apiId,
    deviceModel,
    systemVersion,
    appVersion,
    langCode,
    systemLangCode,
    langPack,
    query: new NoQuery(),
  })
  return new InvokeWithLayer({ layer: LAYER, query }).getBytes()
}
