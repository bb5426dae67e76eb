/** A value of TL as a person writes and reads it. Integers are exact; bytes are themselves. */
export type WireValue =
  | { readonly kind: 'object'; readonly name: string; readonly fields: readonly WireField[] }
  | { readonly kind: 'list'; readonly items: readonly WireValue[] }
  | { readonly kind: 'integer'; readonly value: bigint }
  | { readonly kind: 'double'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly kind: 'boolean'; readonly value: boolean }

export interface WireField {
  /** TL name, or camel case where a person wrote it. */
  readonly name: string
  readonly value: WireValue
}

/** A run of bytes with its meaning. */
export interface Span {
  readonly offset: number
  readonly length: number
  /** Objects around it. */
  readonly depth: number
  /** `messages.getHistory.peer`; items of a vector are numbered: `ids[2]`. */
  readonly path: string
  /** Name of the field, or nothing for the outermost object. */
  readonly field: string
  /** What the bytes say. */
  readonly meaning: string
}

export interface RefusalPlace extends ErrorOptions {
  readonly offset?: number
  readonly unknownId?: number
}

/** Bytes or a value that do not fit the schema. */
export class WireRefusal extends Error {
  override readonly name: string = 'WireRefusal'
  readonly path: string
  /** Where, when bytes were read. */
  readonly offset: number | undefined
  /** The number that no definition has. */
  readonly unknownId: number | undefined

  constructor(path: string, message: string, place: RefusalPlace = {}) {
    const at = place.offset === undefined ? '' : ` at byte ${place.offset}`
    super(`${path === '' ? 'the object' : path}${at}: ${message}`, { cause: place.cause })
    this.path = path
    this.offset = place.offset
    this.unknownId = place.unknownId
  }
}

/** In one line, as `encode` reads it. Long values are shown whole. */
export function printValue(value: WireValue): string {
  switch (value.kind) {
    case 'object': {
      const fields = value.fields.map((field) => `${field.name}: ${printValue(field.value)}`)
      return fields.length === 0 ? value.name : `${value.name}{ ${fields.join(', ')} }`
    }
    case 'list':
      return `[${value.items.map(printValue).join(', ')}]`
    case 'text':
      return JSON.stringify(value.value)
    case 'bytes':
      return `0x${Buffer.from(value.value).toString('hex')}`
    case 'double':
      return printDouble(value.value)
    default:
      return String(value.value)
  }
}

/** Every double has a text of its own; JavaScript prints both zeros as `0`. */
function printDouble(value: number): string {
  if (Object.is(value, -0)) return '-0.0'
  return Number.isInteger(value) ? value.toFixed(1) : String(value)
}

/**
 * For JSON: integers beyond 2^53 are decimal strings, doubles that JSON lacks (-0 among them) are text, bytes are
 * hexadecimal, objects carry their name under `_`.
 */
export function toJson(value: WireValue): unknown {
  switch (value.kind) {
    case 'object': {
      const fields = value.fields.map((field) => [field.name, toJson(field.value)])
      return { _: value.name, ...Object.fromEntries(fields) }
    }
    case 'list':
      return value.items.map(toJson)
    case 'integer':
      return Number.isSafeInteger(Number(value.value)) ? Number(value.value) : String(value.value)
    case 'bytes':
      return Buffer.from(value.value).toString('hex')
    case 'double':
      return Number.isFinite(value.value) && !Object.is(value.value, -0) ? value.value : printDouble(value.value)
    default:
      return value.value
  }
}
