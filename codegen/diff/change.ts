/** One difference between two schemas. */
export interface Change {
  readonly kind: ChangeKind
  /** TL name of the constructor or method. */
  readonly name: string
  /** TL name of the field, where the change is about one. */
  readonly field?: string
  /** As TL writes it; absent for what is new. */
  readonly before?: string
  /** As TL writes it; absent for what is gone. */
  readonly after?: string
  /** What the change breaks; empty when it only adds. */
  readonly breaks: readonly BreakLevel[]
  /** A method or constructor that takes the place of a removed one. */
  readonly useInstead?: string
}

export type ChangeKind =
  | 'METHOD_REMOVED'
  | 'CTOR_REMOVED'
  | 'METHOD_ADDED'
  | 'CTOR_ADDED'
  | 'ID_CHANGED'
  | 'RESULT_CHANGED' // another result type, or a constructor that moved to another type
  | 'ARG_REMOVED'
  | 'ARG_ADDED_REQUIRED'
  | 'ARG_ADDED_OPTIONAL'
  | 'ARG_TIED' // a new field shares the flag bit of an old one: whoever sets one has to set both
  | 'ARG_TYPE_CHANGED'
  | 'ARG_BIT_CHANGED' // still optional, but another bit says so
  | 'ARG_MOVED' // the same fields in another order
  | 'REQUIRED_TO_OPTIONAL'
  | 'OPTIONAL_TO_REQUIRED'
  | 'FLAGS_ADDED'
  | 'FLAGS_REMOVED'
  | 'CALLABLE_CHANGED' // another kind of account may call the method
  | 'ERRORS_CHANGED' // the method raises other errors

/**
 * `SOURCE`: code that compiled no longer does. `WIRE`: the two layers cannot read each other's bytes. `DOCS`: neither,
 * but what a reader is told about the method is no longer true.
 */
export type BreakLevel = 'SOURCE' | 'WIRE' | 'DOCS'

export const BREAK_LEVELS: readonly BreakLevel[] = ['SOURCE', 'WIRE', 'DOCS']

/** In the order in which findings are shown: what costs most first. */
export const CHANGE_KINDS: readonly ChangeKind[] = [
  'METHOD_REMOVED',
  'CTOR_REMOVED',
  'ARG_REMOVED',
  'ARG_ADDED_REQUIRED',
  'ARG_TIED',
  'ARG_TYPE_CHANGED',
  'OPTIONAL_TO_REQUIRED',
  'REQUIRED_TO_OPTIONAL',
  'RESULT_CHANGED',
  'ID_CHANGED',
  'ARG_BIT_CHANGED',
  'ARG_MOVED',
  'FLAGS_ADDED',
  'FLAGS_REMOVED',
  'ARG_ADDED_OPTIONAL',
  'METHOD_ADDED',
  'CTOR_ADDED',
  'CALLABLE_CHANGED',
  'ERRORS_CHANGED',
]
