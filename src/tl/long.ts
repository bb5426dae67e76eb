import type { BigInteger } from 'big-integer'

export type { BigInteger }

/** What a `long` is given as: a decimal string, a safe integer, a native or a `big-integer` one. */
export type LongLike = bigint | number | string | BigInteger

const DECIMAL = /^-?\d{1,80}$/

/**
 * The integer behind a value, or `undefined` where there is none: fractions, unsafe numbers, text that is no decimal.
 * A `big-integer` is recognised by its shape, so that several copies of that package do no harm.
 */
export function toBigInt(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined
  if (typeof value === 'string') return DECIMAL.test(value) ? BigInt(value) : undefined
  // `in` first: a TL object that is watched would take what it is asked for as one of its fields.
  if (typeof value !== 'object' || value === null || !('toJSNumber' in value)) return undefined
  const { value: digits, toJSNumber } = value as { value?: unknown; toJSNumber: unknown }
  if (typeof toJSNumber !== 'function') return undefined
  return typeof digits === 'bigint' ? digits : toBigInt(String(value))
}
