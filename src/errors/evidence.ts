/** What an error knows about its cause. All of it is also in the message, in one line. */
export interface Evidence {
  /** Where: a TL path such as `messages.getHistory.peer`, or the name of an option. */
  readonly path?: string
  readonly expected?: string
  readonly got?: string
  /** What to do about it, where that is known. */
  readonly advice?: string
  /** Byte offset of the first wrong byte, from the start of the input. */
  readonly offset?: number
  /** The constructor id that was being read. */
  readonly constructorId?: number
}

const LONGEST = 80

/**
 * A short, one-line picture of any value for an error message: its kind and the start of its text, never a secret's
 * whole.
 */
export function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > LONGEST ? `${value.slice(0, LONGEST)}...` : value)
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value)
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (value instanceof Uint8Array) return `${value.length} bytes`
  // `in` first: a TL object that is watched would take what it is asked for as one of its fields.
  if ('className' in value) return String(value.className)
  const name = 'constructor' in value ? value.constructor?.name : 'Object'
  return name === 'Object' ? 'a plain object' : `an instance of ${name}`
}
