import { toBigInt } from './long.js'
import { TlObject } from './object.js'

/** @see https://nodejs.org/api/util.html#utilinspectcustom */
const INSPECT = Symbol.for('nodejs.util.inspect.custom')

type Inspect = (value: unknown, options: object) => string

/**
 * From now on `console.log` on Node shows a TL object as its class and the fields that are there, longs as native
 * integers. Called by whoever receives objects, so that a program that only builds requests does not carry it.
 */
export function installInspection(): void {
  if (Object.hasOwn(TlObject.prototype, INSPECT)) return
  Object.defineProperty(TlObject.prototype, INSPECT, {
    value(this: TlObject, _depth: number, options: object, inspect: Inspect): string {
      const present = Object.entries(this).flatMap(([name, value]) => (value === undefined ? [] : [[name, toNative(value)]]))
      return `${this.className} ${inspect(Object.fromEntries(present), options)}`
    },
  })
}

/** Native integers in place of `big-integer` objects, which print as `[Integer]` when they lie deep. */
function toNative(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toNative)
  if (typeof value !== 'object' || value instanceof Uint8Array) return value
  return toBigInt(value) ?? value
}
