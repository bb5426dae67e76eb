import { LocalError } from '../../errors/errors.js'
import type { Reader } from '../reader.js'

type Read = (r: Reader) => unknown

let readerOf: ((type: string) => Read) | undefined

/** Called by whoever loads a registry of described classes. */
export function installTypeReaders(find: (type: string) => Read): void {
  readerOf = find
}

/** The reader of a boxed type, for code that is spelled out. */
export function typeReader(type: string): Read {
  return (r) => {
    if (readerOf === undefined) throw new LocalError('state', `${type} cannot be read: no registry is loaded`)
    return readerOf(type)(r)
  }
}
