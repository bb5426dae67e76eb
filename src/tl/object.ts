import type { Bytes } from '../bytes/bytes.js'
import { refuseUnknown } from './arguments.js'
import { readWith } from './hooks.js'
import type { Reader } from './reader.js'
import { Writable, Writer } from './writer.js'

/** What a reader passes to a constructor: the fields follow, one by one. */
export const DECODED: never = Object.freeze({}) as never

/** What every generated class says about itself. */
export interface TlClass {
  readonly CONSTRUCTOR_ID: number
  readonly SUBCLASS_OF_ID: number
  readonly className: string
  readonly classType: 'constructor' | 'request'
}

/** Base of every generated class. An instance owns its fields and nothing else. */
export abstract class TlObject extends Writable {
  static readonly classType: 'constructor' | 'request' = 'constructor'
  /** The argument names that the class accepted last: see `refuseUnknown`. */
  static acceptedNames: readonly string[] = []

  /** Classes without fields inherit this one, and take no argument. */
  constructor(args?: Record<string, never>) {
    super()
    if (args && args !== DECODED) refuseUnknown(this, args)
  }

  /**
   * Reads the fields of this class; the reader stands behind the constructor id. Works once the registry is loaded,
   * as `rawgram` itself does.
   * @throws {TlDecodeError} when the bytes do not fit
   */
  static fromReader<T extends TlObject>(this: TlClass & (abstract new (...args: never[]) => T), reader: Reader): T {
    return readWith('fields', this, reader) as T
  }

  /** Unsigned 32-bit constructor id. */
  declare readonly CONSTRUCTOR_ID: number
  /** CRC-32 of the name of the boxed type that this is one of. */
  declare readonly SUBCLASS_OF_ID: number
  /** As users of `Api` write it: `messages.SendMessage`. */
  declare readonly className: string
  declare readonly classType: 'constructor' | 'request'

  // Getters by hand: the compiler lets a subclass narrow the type of a property, but not of an accessor.
  static {
    for (const name of ['CONSTRUCTOR_ID', 'SUBCLASS_OF_ID', 'className', 'classType'] as const) {
      Object.defineProperty(this.prototype, name, {
        get(this: TlObject) {
          return (this.constructor as unknown as TlClass)[name]
        },
      })
    }
  }

  /** The object in TL, with its constructor id. @throws {TlEncodeError} when a field does not fit its TL type */
  getBytes(): Bytes {
    return Writer.encode(this)
  }

  /** The fields as they are now, and the class's name. Longs become decimal strings. */
  toJSON(): Record<string, unknown> {
    const json: Record<string, unknown> = { className: this.className, ...(this as object) }
    for (const name in json) json[name] = jsonValue(json[name])
    return json
  }
}

/** Base of every generated method. `Result` and `Raises` exist for the compiler alone. */
export abstract class TlRequest<Result = unknown, Raises extends string = string> extends TlObject {
  static override readonly classType: 'request' = 'request'
  declare readonly classType: 'request'
  /** What the server answers. */
  declare readonly __response: Result
  /** Types of the errors that the server is known to answer with. */
  declare readonly __errors: Raises
  /** Who may call the method. */
  static readonly callableBy: 'user' | 'bot' | 'both' | 'unknown' = 'unknown'

  /**
   * Reads the answer to this request. Works once the registry is loaded, as `rawgram` itself does.
   * @throws {TlDecodeError} when the bytes do not fit
   */
  readResult(reader: Reader): Result {
    return readWith('answer', this, reader) as Result
  }
}

function jsonValue(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value)
  return Array.isArray(value) ? value.map(jsonValue) : value
}
