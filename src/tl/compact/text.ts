/** A schema as text, and what the text cannot tell. */
export interface SchemaText {
  /**
   * A line per boxed type: its name, and its constructors, whose names go on from that of the type or have a `=` in front.
   * Between them stand the bytes that an object takes at least, where they are not four and a vector of the type needs them.
   * Types of a namespace follow a line with its name and a dot.
   *
   *     InputFileLocation| volumeId:l localId:i secret:l|=InputEncryptedFileLocation id:l accessHash:l|...
   *     User:16|Empty id:l| self?10 contact? mutualContact? ...
   *     auth.
   *     SentCode| type:auth.SentCodeType phoneCodeHash:s ...
   */
  readonly types: string
  /**
   * A line per method, whose last word is the type of the answer, behind a sign that says who may call it.
   *
   *     account.
   *     CheckUsername username:s =o
   */
  readonly methods: string
  /** The ids of classes whose line does not hash to them, by class. */
  readonly ids: Readonly<Record<string, number>>
  /** By class, the class of another type whose objects those of the first also stand for. */
  readonly forms: Readonly<Record<string, string>>
}

/** What the text says of one class, before anything is made of it. */
export interface Line {
  /** `messages.SendMessage` */
  readonly name: string
  /** The boxed type; absent for a method. */
  readonly type?: string
  /** The fields and flag words, with spaces between; of a method the answer as well. */
  readonly rest: string
}

/** The lines of a text, found but not looked into. */
export class TextIndex {
  readonly lines: Map<string, Line> = new Map()
  /** Names of classes by boxed type. */
  readonly types: Map<string, readonly string[]> = new Map()
  readonly methods: readonly string[]
  /** The least bytes of an object by boxed type. */
  readonly sizes: Map<string, number> = new Map()

  constructor({ types, methods }: SchemaText) {
    for (const [namespace, line] of linesOf(types)) {
      const [head, ...constructors] = line.split('|')
      const [own, size] = head!.split(':') as [string, string?]
      const type = namespace + own
      if (size !== undefined) this.sizes.set(type, Number(size))
      this.types.set(type, constructors.map((each) => this.#add(namespace, each, own, type)))
    }
    this.methods = linesOf(methods).map(([namespace, line]) => this.#add(namespace, line))
  }

  /** `begin` is what the name goes on from. */
  #add(namespace: string, line: string, begin = '', type?: string): string {
    const end = `${line} `.indexOf(' ')
    const name = namespace + (line.startsWith('=') ? line.slice(1, end) : begin + line.slice(0, end))
    this.lines.set(name, { name, type, rest: line.slice(end + 1) } as Line)
    return name
  }
}

/** Every line but those that name a namespace, with the one that it is in: `auth.`, or `''` for the root. */
function linesOf(text: string): (readonly [namespace: string, line: string])[] {
  let namespace = ''
  return (text.match(/.+/g) ?? []).flatMap((line) => {
    if (!line.endsWith('.')) return [[namespace, line] as const]
    namespace = line
    return []
  })
}
