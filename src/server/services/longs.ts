import { toBigInt as fromLong, type LongLike } from '../../tl/long.js'

/** A `long` of the public surface as a native number. */
export function toBigInt(long: LongLike): bigint {
  const value = fromLong(long)
  if (value === undefined) throw new TypeError('a long of a decoded object is no integer')
  return value
}
