/** What an error knows about its cause. All of it is also in the message, in one line. */
export interface Evidence {
  /** Where: a TL path such as `messages.getHistory.peer`, or the name of an option. */
  readonly path?: string
  readonly expected?: string
  readonly got?: string
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
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.length > LONGEST ? `${value.slice(0, LONGEST)}...` : value)
    case 'bigint':
      return `${value}n`
    case 'number':
    case 'boolean':
    case 'undefined':
      return Object.is(value, -0) ? '-0' : String(value)
    case 'object':
      return describeObject(value)
    default:
      return `a ${typeof value}`
  }
}

function describeObject(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (value instanceof Uint8Array) return `${value.length} bytes`
  const { className } = value as { className?: unknown }
  if (typeof className === 'string') return className
  const name = (value as object).constructor?.name
  return name === undefined || name === 'Object' ? 'a plain object' : `an instance of ${name}`
}
