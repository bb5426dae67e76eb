import type { SourceText, Span } from './source.js'

/** A parsed text: everything that was written, in order, and nothing that was concluded from it. */
export interface SchemaAst {
  readonly source: SourceText
  readonly items: readonly Item[]
}

export type Item = CommentNode | SectionNode | DefinitionNode

export type Section = 'types' | 'functions'

/** `// LAYER 228` and every other remark. One node per line; the text has no slashes and no outer spaces. */
export interface CommentNode {
  readonly kind: 'comment'
  readonly text: string
  readonly span: Span
}

/** `---functions---` */
export interface SectionNode {
  readonly kind: 'section'
  readonly section: Section
  readonly span: Span
}

/** `name#id {X:Type} field:type ... = Result;` */
export interface DefinitionNode {
  readonly kind: 'definition'
  /** The section that it stands in. */
  readonly section: Section
  readonly name: NameNode
  readonly id: IdNode | undefined
  readonly generics: readonly NameNode[]
  readonly params: readonly ParamNode[]
  readonly result: TypeNode
  readonly span: Span
}

export interface NameNode {
  readonly text: string
  readonly span: Span
}

export interface IdNode {
  readonly value: number
  readonly span: Span
}

export type ParamNode =
  | FieldNode
  /** `?` in `int ? = Int`: the codec knows what it is. */
  | { readonly kind: 'unspecified'; readonly span: Span }
  /** A `#` without a name: the count in front of a repetition. */
  | { readonly kind: 'count'; readonly span: Span }
  /** `[ t ]`, or `4*[ int ]` with `times`. */
  | { readonly kind: 'repeat'; readonly times: number | undefined; readonly item: TypeNode; readonly span: Span }

/** `name:flags.3?type` */
export interface FieldNode {
  readonly kind: 'field'
  readonly name: NameNode
  readonly condition: ConditionNode | undefined
  readonly type: TypeNode
  readonly span: Span
}

/** What stands before the `?`: `flags.3`. A missing word or bit stays undefined, for the checker to complain about. */
export interface ConditionNode {
  readonly word: string | undefined
  readonly bit: number | undefined
  readonly span: Span
}

export type TypeNode =
  /** `int`, `InputPeer`, `messages.Chats`; with `bare` it is `%Message`. */
  | { readonly kind: 'name'; readonly name: string; readonly bare: boolean; readonly span: Span }
  /** `Vector<int>`, `vector<%Message>`; `Vector t` (with a space) at the end of the line of `vector` itself. */
  | {
      readonly kind: 'apply'
      readonly name: string
      readonly bare: boolean
      readonly argument: TypeNode
      readonly span: Span
    }
  /** `!X` */
  | { readonly kind: 'query'; readonly name: string; readonly span: Span }
  /** `#` */
  | { readonly kind: 'nat'; readonly span: Span }

export const definitionsOf = (ast: SchemaAst): DefinitionNode[] =>
  ast.items.filter((item): item is DefinitionNode => item.kind === 'definition')

/** The number in `// LAYER 228`, or in a header line `// Layer: 228`; the last one counts. */
export function layerOf(ast: SchemaAst): number | undefined {
  let layer: number | undefined
  for (const item of ast.items) {
    if (item.kind !== 'comment') continue
    const match = /^layer:?\s+(\d+)$/i.exec(item.text)
    if (match !== null && (item.text.startsWith('LAYER') || item.text.includes(':'))) layer = Number(match[1])
  }
  return layer
}
