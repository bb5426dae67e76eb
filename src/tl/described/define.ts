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

/** Where an object also stands for one of another type: that type, and the id that it has there. */
export type Form = readonly [type: string, id: number]

/** What a class is made from. Each may be found out when it is first asked for. */
export interface Description {
  readonly className: string
  /** What has to be wanted where an object is written: its boxed type, or a method call. */
  readonly type: string
  /** What `SUBCLASS_OF_ID` is the CRC-32 of: the boxed type, or the type of a method's answer. */
  readonly result: string
  readonly fields: readonly Field[]
  readonly form?: Form | undefined
  readonly id: number
}

type Values = Record<string, unknown>

/** The class of one constructor. `id` only where the line does not hash to it. */
export function constructor(className: string, type: string, fields: readonly Field[] = [], form?: Form, id?: number): Described {
  return describedClass(TlObject, {
    className,
    type,
    result: type,
    fields,
    form,
    get id() {
      return (id ??= computeId(className, fields, type))
    },
  })
}

/** The class that a description is of. */
export function describedClass(Base: typeof TlObject, is: Description): Described {
  let subclassId: number | undefined
  let words: FlagWords | undefined
  return class extends Base {
    static override readonly name = is.className.replace(/.*\./, '')
    static readonly className = is.className
    static readonly type = is.type

    static get fields(): readonly Field[] {
      return is.fields
    }

    static get CONSTRUCTOR_ID(): number {
      return is.id
    }

    static get SUBCLASS_OF_ID(): number {
      return (subclassId ??= crc32(is.result))
    }

    constructor(args: Values) {
      super()
      if (args === DECODED) return
      args ??= {}
      for (const { name, type, bit } of is.fields) {
        if (type ?? bit !== undefined) (this as Values)[name] = arrived(args, name, type)
      }
      refuseUnknown(this, args)
    }

    override write(w: Writer): void {
      const object = this as Values
      const { fields, form } = is
      let word = 0
      words ??= flagWords(fields)
      w.begin(is.id, is.type, form?.[0], form?.[1])
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
  return typeof type === 'object' && type.take !== undefined ? type.take(given as never, args) : given
}

function write(w: Writer, value: unknown, type: FieldType): void {
  if (typeof type === 'string') w.boxed(value, type)
  else type.write(w, value)
}
