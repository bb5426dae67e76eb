import type { ConditionNode, ParamNode } from './ast.js'
import { parseType } from './parse-type.js'
import type { TokenStream } from './token-stream.js'

/** Everything between the head of a definition and its `=`. */
export function parseParams(stream: TokenStream): ParamNode[] {
  const params: ParamNode[] = []
  while (!stream.is('=') && !stream.is(';') && stream.current.kind !== 'end') params.push(parseParam(stream))
  return params
}

function parseParam(stream: TokenStream): ParamNode {
  const { start } = stream.current
  const end = (): { start: number; end: number } => ({ start, end: stream.previousEnd })
  if (stream.take('?')) return { kind: 'unspecified', span: end() }
  if (stream.take('#')) return { kind: 'count', span: end() }
  if (stream.is('[')) return parseRepeat(stream, undefined)
  if (stream.following.text === '*' && /^\d+$/.test(stream.current.text)) {
    const times = Number(stream.advance().text)
    stream.advance()
    return parseRepeat(stream, times, start)
  }
  const name = stream.expectWord('a field or \'=\'')
  if (!/^[A-Za-z]\w*$/.test(name.text)) stream.fail(`'${name.text}' is no field name`, name)
  stream.expect(':', `after the field name '${name.text}'`)
  const condition = parseCondition(stream)
  const type = parseType(stream, 'field')
  const nameSpan = { start: name.start, end: name.end }
  return { kind: 'field', name: { text: name.text, span: nameSpan }, condition, type, span: end() }
}

/** `4*[ int ]`, with the number and the star already taken. */
function parseRepeat(stream: TokenStream, times: number | undefined, start: number = stream.current.start): ParamNode {
  stream.expect('[', 'before what is repeated')
  const item = parseType(stream, 'field')
  stream.expect(']', 'after what is repeated')
  return { kind: 'repeat', times, item, span: { start, end: stream.previousEnd } }
}

/** `flags.3?`, and for the checker's sake also the mistaken `flags?`, `.3?` and `?`. */
function parseCondition(stream: TokenStream): ConditionNode | undefined {
  const { start, end, text, kind } = stream.current
  if (stream.take('?')) return { word: undefined, bit: undefined, span: { start, end: stream.previousEnd } }
  // The question mark touches its flag: in `x:int ?` it is a field of its own.
  const conditional = kind === 'word' && stream.following.text === '?' && stream.following.start === end
  if (!conditional) return undefined
  const dot = text.indexOf('.')
  const word = dot === -1 ? text : text.slice(0, dot)
  const bit = dot === -1 ? undefined : text.slice(dot + 1)
  if (bit !== undefined && !/^\d+$/.test(bit)) stream.fail(`'${text}' is no flag: a flag word, a dot and a bit number`)
  stream.advance()
  stream.advance()
  return {
    word: word === '' ? undefined : word,
    bit: bit === undefined ? undefined : Number(bit),
    span: { start, end: stream.previousEnd },
  }
}
