import { refuseUnknown } from '../arguments.js'
import { DECODED, TlObject } from '../object.js'
import type { TlClass } from '../object.js'
import type { Writer } from '../writer.js'
import { crc32 } from './crc32.js'
import type { Field, FieldType } from './fields.js'
import { flagWord, flagWords } from './flag-words.js'
import type { FlagWords } from './flag-words.js'
import { computeId } from './line.js'

/** A class that was made from a description. */
export interface Described extends TlClass {
  new (args: object): TlObject
  /** The boxed type. */
  readonly type: string
  readonly fields: readonly Field[]
}

type Values = Record<string, unknown>
/** Where an object also stands for one of another type: that type, and the id that it has there. */
type Form = readonly [type: string, id: number]

/** The class of one constructor. `id` only where the line does not hash to it. */
export function constructor(className: string, type: string, fields: readonly Field[] = [], form?: Form, id?: number): Described {
  const ownId = (): number => (id ??= computeId(className, fields, type))
  let subclassId: number | undefined
  let words: FlagWords | undefined
  return class extends TlObject {
    static override readonly name = className.replace(/.*\./, '')
    static readonly className = className
    static readonly fields = fields
    static readonly type = type

    static get CONSTRUCTOR_ID(): number {
      return ownId()
    }

    static get SUBCLASS_OF_ID(): number {
      return (subclassId ??= crc32(type))
    }

    constructor(args: Values) {
      super()
      if (args === DECODED) return
      args ??= {}
      for (const { name, type, bit } of fields) if (type ?? bit !== undefined) (this as Values)[name] = arrived(args, name, type)
      refuseUnknown(this, args)
    }

    override write(w: Writer): void {
      const object = this as Values
      let word = 0
      words ??= flagWords(fields)
      w.begin(ownId(), type, form?.[0], form?.[1])
      for (const { name, type, bit } of fields) {
        if (type !== undefined) {
          const value = object[name]
          if (bit === undefined || value != null) write(w, value, type)
        } else if (bit === undefined) w.flags(flagWord(words[word++], object))
      }
    }
  } as never
}

/** What a field becomes from its argument. */
function arrived(args: Values, name: string, type: FieldType | undefined): unknown {
  const given = args[name]
  if (type === undefined) return given ?? false
  return typeof type === 'object' && type.take !== undefined ? type.take(given as never) : given
}

function write(w: Writer, value: unknown, type: FieldType): void {
  if (typeof type === 'string') w.boxed(value, type)
  else type.write(w, value)
}
