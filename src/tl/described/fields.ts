import type { Writer } from '../writer.js'

/** How a value of one TL type is given and written. Reading is elsewhere: see `readers.ts`. */
export interface Kind {
  /** As TL writes the type where an id is computed: `int`, `Vector User`. */
  readonly text: string
  readonly write: (w: Writer, value: unknown) => void
  /** What a field becomes from its argument, where the two differ; `args` are those of the whole object. */
  readonly take?: ((value: never, args: Readonly<Record<string, unknown>>) => unknown) | undefined
  /** The same for the items of a vector. */
  readonly takeItems?: (values: never) => unknown
}

/** A kind, or the name of a boxed type. */
export type FieldType = Kind | string

/** One field, or one flag word; all in wire order. */
export interface Field {
  /** As the class has it: `offsetDate`. The name of a flag word is TL's. */
  readonly name: string
  /** Absent for a `true` field, which takes no bytes, and for a flag word. */
  readonly type?: FieldType
  /** The flag bit that says whether the field is there; those of the second word start at 32. */
  readonly bit?: number
}

/** A field that is always there. */
export function field(name: string, type: FieldType): Field {
  return { name, type }
}

/** A field behind a flag bit. */
export function optional(bit: number, name: string, type: FieldType): Field {
  return { name, type, bit }
}

/** A `true` field: the bit itself. */
export function flag(bit: number, name: string): Field {
  return { name, bit }
}

/** A flag word. */
export function flags(name = 'flags'): Field {
  return { name }
}
