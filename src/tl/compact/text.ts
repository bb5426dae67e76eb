/** A schema as text, and what the text cannot tell. */
export interface SchemaText {
  /**
   * A line per boxed type: its name, and its constructors, whose names go on from that of the type or have a `=` in front.
   * Between them stand the bytes that an object takes at least, where they are not four and a vector of the type needs them.
   *
   *     User:16|Empty id:l| # self?10 contact?11 ...
   *     InputFileLocation| volumeId:l localId:i secret:l|=InputEncryptedFileLocation id:l accessHash:l|...
   */
  readonly types: string
  /**
   * A line per method, whose last word is the type of the answer, behind a sign that says who may call it.
   *
   *     account.CheckUsername username:s =o
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
  /** The fields and flag words; of a method the answer as well. */
  readonly words: readonly string[]
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
    for (const line of linesOf(types)) {
      const [head, ...constructors] = line.split('|')
      const [type, size] = head!.split(':') as [string, string?]
      if (size !== undefined) this.sizes.set(type, Number(size))
      this.types.set(type, constructors.map((each) => this.#add(each, type)))
    }
    this.methods = linesOf(methods).map((line) => this.#add(line))
  }

  #add(line: string, type?: string): string {
    const [own, ...words] = line.split(' ')
    const name = type === undefined ? own! : own!.startsWith('=') ? own!.slice(1) : type + own
    this.lines.set(name, { name, type, words } as Line)
    return name
  }
}

const linesOf = (text: string): readonly string[] => text.match(/.+/g) ?? []
