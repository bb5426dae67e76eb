import { DescribedReaders } from '../described/readers.js'
import type { TlRequest } from '../object.js'
import { RequestRegistry } from '../registry.js'
import type { CompactSchema } from './schema.js'

/** Reads method calls, by their id. `name` says in errors which schema it is: `layer 228`. */
export function compactRequests(name: string, schema: CompactSchema): RequestRegistry {
  const requests: RequestRegistry = new RequestRegistry(name, [
    (add) => {
      const readers = new DescribedReaders(schema, (r) => requests.read(r))
      for (const each of schema.methods()) add(each, (r) => readers.fieldsOf(each)(r) as TlRequest)
    },
  ])
  return requests
}
