import type { Param } from '../ir/ir.js'

/**
 * TL has no type for dates: they are `int`, in seconds since 1970, and only their names tell. These do: `date` and
 * everything that ends in it (`offset_date`), moments that end something (`expires`, `until_date`, `mute_until`,
 * `valid_until`), and times from which something is possible (`expires_at`, `can_export_at`). Durations do not:
 * `expires_in`, `period`, `ttl`.
 */
const MOMENT_NAME = /^(?:date|.*_date|date_.*|until|.*_until|expires|.*_expires|.*_at)$/

/** A field that also takes a `Date`. */
export const isMoment = (param: Param): boolean =>
  param.type.kind === 'primitive' && param.type.name === 'int' && MOMENT_NAME.test(param.tlName)
