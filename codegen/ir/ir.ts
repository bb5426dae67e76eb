/**
 * The intermediate representation: what a schema says after every decision has been taken, and before any TypeScript
 * exists. It is plain frozen data without references between objects (names are the links), so that it prints, compares
 * and survives JSON. Emitters read it and write; they decide nothing.
 */

/** One compiled schema: the API of a layer, or the MTProto service schema. */
export interface Schema {
  /** Undefined for the service schema, which has no layers. */
  readonly layer: number | undefined
  /** Constructors, then methods, each in text order. `Vector`, `Bool` and `True` are built in: not listed. */
  readonly combinators: readonly Combinator[]
  /** Every boxed type that some constructor belongs to, in order of first appearance. */
  readonly types: readonly BoxedType[]
  /** Strongly connected groups of types, each after the groups that its fields refer to. Each type is in one group. */
  readonly groups: readonly TypeGroup[]
  /** The namespaces in use, sorted; the root namespace is `''` and comes first. */
  readonly namespaces: readonly string[]
  /** Errors that the server raises, joined from the error table; empty without one. */
  readonly errors: readonly ErrorFact[]
}

export type Combinator = Constructor | Method

interface CombinatorBase {
  /** As TL writes it: `messages.getExportedChatInvites`. */
  readonly tlName: string
  /** `messages`, or `''` for the root. */
  readonly namespace: string
  /** `GetExportedChatInvites`: unique within its namespace. */
  readonly className: string
  /** `messages.GetExportedChatInvites`: how a user of `Api` writes it. */
  readonly qualifiedName: string
  /** Unsigned 32-bit constructor number. */
  readonly id: number
  /** True when `id` is the CRC-32 of the line; false where the text gave a number that the line does not hash to. */
  readonly crcVerified: boolean
  /** CRC-32 of the result type's text (`InputPeer`, `Vector<User>`, `X`). */
  readonly subclassId: number
  /** In wire order, flag words included. */
  readonly params: readonly Param[]
  /** Empty when nothing is optional. */
  readonly flagWords: readonly FlagWord[]
  readonly result: TypeRef
  /** The canonical TL line, with its id and the final semicolon. */
  readonly line: string
}

export interface Constructor extends CombinatorBase {
  readonly kind: 'constructor'
  /** TL name of the boxed type it belongs to. `Object` for `gzip_packed`, which stands for any object. */
  readonly type: string
}

export interface Method extends CombinatorBase {
  readonly kind: 'method'
  /** Type variables: `['X']` for `invokeWithLayer {X:Type} layer:int query:!X = X`. */
  readonly generics: readonly string[]
  readonly callableBy: CallableBy
  /** Sorted by name. Errors that any method raises are listed only where they are known for this one in particular. */
  readonly errors: readonly MethodError[]
}

/** One error that a method raises. The code is the one seen with this method: a few errors come with several. */
export interface MethodError {
  /** A name in `Schema.errors`. */
  readonly name: string
  readonly code: number
}

export type CallableBy = 'user' | 'bot' | 'both' | 'unknown'

export interface Param {
  /** `offset_date` */
  readonly tlName: string
  /** `offsetDate`: unique within its combinator. */
  readonly name: string
  readonly type: TypeRef
  /** Present on conditional fields: the bit of the flag word that says whether the field is there. */
  readonly flag?: FlagRef
  /**
   * True for `flags:#`: computed from the other fields, never set by hand. A `#` of another name that no field refers
   * to is an ordinary number.
   */
  readonly isFlagWord: boolean
}

export interface FlagRef {
  /** TL name of the flag word: `flags`, `flags2`. */
  readonly word: string
  readonly bit: number
}

/** One `flags:#`, with the fields behind each of its used bits. */
export interface FlagWord {
  /** TL name of the word. */
  readonly tlName: string
  /** Camel case name of the word. */
  readonly name: string
  /** Ascending by bit; only bits that some field uses. */
  readonly bits: readonly FlagBit[]
}

/** One bit and everything that depends on it: fields that share a bit are tied, all of them present or none. */
export interface FlagBit {
  readonly bit: number
  /** Camel case names, in wire order. */
  readonly fields: readonly string[]
  /** More than one field shares the bit. */
  readonly tied: boolean
}

/** Types that the codec knows itself. `true` takes no bytes; `#` is an unsigned 32-bit number. */
export type PrimitiveName =
  | 'int'
  | 'long'
  | 'double'
  | 'string'
  | 'bytes'
  | 'int128'
  | 'int256'
  | 'Bool'
  | 'true'
  | '#'

export type TypeRef =
  | { readonly kind: 'primitive'; readonly name: PrimitiveName }
  /** A constructor id, then the fields of one of the type's constructors. */
  | { readonly kind: 'boxed'; readonly type: string }
  /** The fields of one known constructor, without its id. */
  | { readonly kind: 'bare'; readonly combinator: string }
  /** `Vector<T>` with the vector id in front, or `vector<T>` without it (`bare`). */
  | { readonly kind: 'vector'; readonly bare: boolean; readonly item: TypeRef }
  /** A type variable. With `query` it is `!X`, a whole method call whose result is `X`; without, that result. */
  | { readonly kind: 'generic'; readonly name: string; readonly query: boolean }
  /** `Object`: any boxed object, told apart by its id alone. */
  | { readonly kind: 'object' }

export interface BoxedType {
  /** `messages.ExportedChatInvites` */
  readonly tlName: string
  readonly namespace: string
  /** `TypeExportedChatInvites`: unique within its namespace, never the name of a class. */
  readonly identifier: string
  /** `messages.TypeExportedChatInvites` */
  readonly qualifiedName: string
  /** CRC-32 of the type's name: what every class of this type carries as `SUBCLASS_OF_ID`. */
  readonly subclassId: number
  /** TL names, in the order of the text. */
  readonly constructors: readonly string[]
}

/** Types that refer to each other in a circle have to share a module; most groups hold one type. */
export interface TypeGroup {
  /** TL names, in the order of the text. */
  readonly types: readonly string[]
  /** More than one type, or one that contains itself. */
  readonly recursive: boolean
}

/** One error of the server, such as `FLOOD_WAIT_%d` (420). */
export interface ErrorFact {
  /** With `%d` or `%s` where the server puts an argument. */
  readonly name: string
  readonly code: number
  /** What the argument means: `seconds`, `dc`. */
  readonly argument?: string
  /** Any call can raise it: it is about the account or the connection, or no particular method is known for it. */
  readonly general: boolean
}
