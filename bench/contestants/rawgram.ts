import { join } from 'node:path'
import type * as ApiModule from '../../generated/api/index.js'
import type * as RegistryModule from '../../generated/api/registry.js'
import { flatGenerated } from '../../scripts/flat-generated.js'
import type * as ReaderModule from '../../src/tl/reader.js'
import { NATIVE_LONGS } from '../native-longs.js'
import { byClasses } from './by-classes.js'
import type { Contestant } from './contestant.js'

const same = <T>(value: T): T => value

/** This package, with the longs of its own API. */
export async function rawgram(): Promise<Contestant> {
  const flat = await flatGenerated()
  return contestant(join(flat, 'generated/api'), join(flat, 'src/tl'))
}

/** This package with native longs, as `long: 'bigint'` in a config generates it. */
export const rawgramNative = (): Promise<Contestant> => contestant(NATIVE_LONGS, NATIVE_LONGS)

async function contestant(api: string, tl: string): Promise<Contestant> {
  const Api = (await import(join(api, 'index.js'))) as typeof ApiModule
  const { readObject } = (await import(join(api, 'registry.js'))) as typeof RegistryModule
  const { Reader } = (await import(join(tl, 'reader.js'))) as typeof ReaderModule
  return byClasses(Api, { long: same, given: same, decode: (bytes) => readObject(new Reader(bytes)) })
}
