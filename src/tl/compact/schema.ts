import { describedClass } from '../described/define.js'
import type { Described, Description, Form } from '../described/define.js'
import type { Field } from '../described/fields.js'
import { computeId, textOf } from '../described/line.js'
import { TlObject, TlRequest } from '../object.js'
import { METHOD_CALL } from '../writer.js'
import { parseFields } from './fields.js'
import { CompactKinds } from './kinds.js'
import { TextIndex } from './text.js'
import type { Line, SchemaText } from './text.js'

/** What a wrapper answers: whatever the call inside does. */
const ANY = 'X'
/** Who may call a method, by the sign before its answer. */
const CALLABLE_BY: Readonly<Record<string, typeof TlRequest.callableBy>> = { '=': 'user', '&': 'both', '!': 'bot', '?': 'unknown' }

/** Makes the classes of a text: each when it is first asked for, and its fields when they are. */
export class CompactSchema {
  readonly #text: SchemaText
  readonly #classes = new Map<string, Described>()
  readonly #kinds = new CompactKinds((type) => this.index.sizes.get(type) ?? 4)
  #index: TextIndex | undefined

  constructor(text: SchemaText) {
    this.#text = text
  }

  get index(): TextIndex {
    return (this.#index ??= new TextIndex(this.#text))
  }

  /** The class of this name, which is the same one every time: `messages.SendMessage`. */
  classOf(name: string): Described {
    let made = this.#classes.get(name)
    if (made === undefined) {
      const line = this.index.lines.get(name)!
      made = line.type === undefined ? this.#request(line) : this.#object(line, line.type)
      this.#classes.set(name, made)
    }
    return made
  }

  /** Every constructor. */
  all(): readonly Described[] {
    return [...this.index.types.keys()].flatMap((type) => this.ofType(type))
  }

  /** The constructors of a boxed type. */
  ofType(type: string): readonly Described[] {
    return (this.index.types.get(type) ?? []).map((name) => this.classOf(name))
  }

  /** The names of all constructors by their ids, without a class being made for it. */
  constructorIds(): ReadonlyMap<number, string> {
    const names = new Map<number, string>()
    for (const { name, type, rest } of this.index.lines.values()) {
      if (type !== undefined) names.set(this.#text.ids[name] ?? computeId(name, parseFields(rest, this.#kinds), type), name)
    }
    return names
  }

  /** Every method. */
  methods(): readonly Described[] {
    return this.index.methods.map((name) => this.classOf(name))
  }

  #object({ name, rest }: Line, type: string): Described {
    return describedClass(TlObject, this.#describe(name, type, rest, type))
  }

  #request({ name, rest }: Line): Described {
    const [, fields, last] = /^(.*?) ?(\S+)$/.exec(rest) as unknown as [string, string, string]
    const answer = this.#kinds.of(last.slice(1))
    const of = describedClass(TlRequest, this.#describe(name, METHOD_CALL, fields, textOf(answer)))
    return Object.assign(of, { callableBy: CALLABLE_BY[last[0]!], ...(answer !== ANY && { answer }) })
  }

  /** `result` as the line has it: `Vector User`. */
  #describe(className: string, type: string, text: string, result: string): Description {
    const { ids, forms } = this.#text
    const kinds = this.#kinds
    const other = forms[className]
    let fields: readonly Field[] | undefined
    let id = ids[className]
    let form: Form | undefined
    const classOf = (name: string): Described => this.classOf(name)
    return {
      className,
      type,
      result: result.replace(/^Vector (.*)/, 'Vector<$1>'),
      get fields() {
        return (fields ??= parseFields(text, kinds))
      },
      get id() {
        return (id ??= computeId(className, this.fields, result))
      },
      get form() {
        return (form ??= other === undefined ? undefined : formOf(classOf(other)))
      },
    }
  }
}

const formOf = ({ type, CONSTRUCTOR_ID }: Described): Form => [type, CONSTRUCTOR_ID]
