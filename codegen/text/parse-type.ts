import type { TypeNode } from './ast.js'
import type { TokenStream } from './token-stream.js'

const DEEPEST = 16

/** A type expression. At the end of a definition (`result`), `Vector t` may be written without angle brackets. */
export function parseType(stream: TokenStream, place: 'field' | 'result', depth = 0): TypeNode {
  const { start } = stream.current
  const span = (): { start: number; end: number } => ({ start, end: stream.previousEnd })
  if (depth > DEEPEST) stream.fail(`types nested deeper than ${DEEPEST} brackets`)
  if (stream.take('#')) return { kind: 'nat', span: span() }
  if (stream.take('!')) {
    const { text } = stream.expectWord(`a type variable after '!'`)
    return { kind: 'query', name: text, span: span() }
  }
  const bare = stream.take('%') !== undefined
  const name = stream.expectWord('a type')
  if (!/^[A-Za-z]\w*(\.[A-Za-z]\w*)?$/.test(name.text)) stream.fail(`'${name.text}' is no type name`, name)
  if (stream.take('<')) {
    const argument = parseType(stream, 'field', depth + 1)
    stream.expect('>', `to close '${name.text}<'`)
    return { kind: 'apply', name: name.text, bare, argument, span: span() }
  }
  if (place === 'result' && stream.current.kind === 'word' && stream.following.text === ';') {
    const argument = parseType(stream, 'field', depth + 1)
    return { kind: 'apply', name: name.text, bare, argument, span: span() }
  }
  return { kind: 'name', name: name.text, bare, span: span() }
}
