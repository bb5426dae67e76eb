import type { CommentNode, DefinitionNode, IdNode, Item, NameNode, SchemaAst, Section } from './ast.js'
import type { DiagnosticList } from './diagnostic.js'
import { tokenize } from './lexer.js'
import type { Token } from './lexer.js'
import { parseParams } from './parse-param.js'
import { parseType } from './parse-type.js'
import type { SourceText, Span } from './source.js'
import { SyntaxFailure, TokenStream } from './token-stream.js'

/** Text to AST. A damaged definition is reported and left out; the ones around it are kept. */
export function parseSchema(source: SourceText, diagnostics: DiagnosticList): SchemaAst {
  const tokens = tokenize(source, diagnostics)
  const comments = tokens.filter((token) => token.kind === 'comment')
  const stream = new TokenStream(source, tokens.filter((token) => token.kind !== 'comment'), diagnostics)
  const items: Item[] = []
  let section: Section = 'types'
  while (stream.current.kind !== 'end') {
    try {
      if (stream.current.kind === 'section') {
        section = parseSection(stream)
        items.push({ kind: 'section', section, span: spanOf(stream, stream.previousEnd - `---${section}---`.length) })
      } else {
        items.push(parseDefinition(stream, section))
      }
    } catch (error) {
      if (!(error instanceof SyntaxFailure)) throw error
      stream.recover()
    }
  }
  return { source, items: withComments(source, items, comments) }
}

function parseSection(stream: TokenStream): Section {
  const { text } = stream.current
  if (text !== 'types' && text !== 'functions') {
    stream.fail(`unknown section '---${text}---', expected '---types---' or '---functions---'`)
  }
  stream.advance()
  return text
}

function parseDefinition(stream: TokenStream, section: Section): DefinitionNode {
  const name = stream.expectWord('the name of a definition')
  if (!/^[A-Za-z]\w*(\.[A-Za-z]\w*)?$/.test(name.text)) {
    stream.fail(`'${name.text}' is no name: a letter, then letters, digits and underscores, with at most one dot`, name)
  }
  const id = stream.is('#') && stream.touching ? parseId(stream) : undefined
  const generics: NameNode[] = []
  while (stream.is('{')) generics.push(parseGeneric(stream))
  const params = parseParams(stream)
  stream.expect('=', `after the fields of '${name.text}'`)
  const result = parseType(stream, 'result')
  stream.expect(';', `after the result type of '${name.text}'`)
  const span = spanOf(stream, name.start)
  return { kind: 'definition', section, name: nameNode(name), id, generics, params, result, span }
}

function parseId(stream: TokenStream): IdNode {
  const { start } = stream.advance()
  const digits = stream.expectWord(`a constructor number after '#'`)
  if (!/^[0-9a-fA-F]{1,8}$/.test(digits.text)) {
    stream.fail(`'${digits.text}' is no constructor number: one to eight hexadecimal digits`, digits)
  }
  return { value: Number.parseInt(digits.text, 16), span: { start, end: digits.end } }
}

function parseGeneric(stream: TokenStream): NameNode {
  stream.advance()
  const variable = stream.expectWord('the name of a type variable')
  stream.expect(':', 'after the name of a type variable')
  const bound = stream.expectWord(`'Type'`)
  if (bound.text !== 'Type') {
    stream.fail(`a type variable is written {${variable.text}:Type}, not ':${bound.text}'`, bound)
  }
  stream.expect('}', 'after a type variable')
  return nameNode(variable)
}

const nameNode = (token: Token): NameNode => ({ text: token.text, span: { start: token.start, end: token.end } })

const spanOf = (stream: TokenStream, start: number): Span => ({ start, end: stream.previousEnd })

/** Puts the comments back, each before the first item that ends after it began; one node per line. */
function withComments({ text }: SourceText, items: readonly Item[], comments: readonly Token[]): Item[] {
  const merged: Item[] = []
  let next = 0
  const flush = (before: number): void => {
    for (let comment = comments[next]; comment !== undefined && comment.start < before; comment = comments[++next]) {
      merged.push(...commentLines(comment, text.startsWith('/*', comment.start)))
    }
  }
  for (const item of items) {
    flush(item.span.end)
    merged.push(item)
  }
  flush(Number.POSITIVE_INFINITY)
  return merged
}

/** In a block comment each line may begin with a star, which says nothing. */
function commentLines({ text, start, end }: Token, isBlock: boolean): CommentNode[] {
  return text.split('\n').map((line) => {
    const plain = (isBlock ? line.replace(/^\s*\*?/, '') : line).trim()
    return { kind: 'comment', text: plain, span: { start, end } }
  })
}
