import { createRequire } from 'node:module'
import type * as ApiModule from '../../generated/api/index.js'
import { byClasses } from './by-classes.js'
import type { Contestant } from './contestant.js'

const require = createRequire(import.meta.url)

/** GramJS, or a package that descends from it. */
export function gram(name: 'telegram' | 'teleproto'): Contestant {
  const { Api } = require(name) as { Api: typeof ApiModule }
  const long = require('big-integer') as (value: bigint) => unknown
  const { BinaryReader } = require(`${name}/extensions`) as { BinaryReader: new (bytes: Uint8Array) => { tgReadObject(): unknown } }
  return byClasses(Api, { long, given: defined, decode: (bytes) => new BinaryReader(bytes).tgReadObject() })
}

/** Arguments that are `undefined` count as given there. */
const defined = (fields: object): object => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
