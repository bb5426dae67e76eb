import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { definitionsOf, layerOf } from '../../../codegen/text/ast.js'
import type { Item, ParamNode, SchemaAst, TypeNode } from '../../../codegen/text/ast.js'
import { computedId, crcText } from '../../../codegen/text/constructor-id.js'
import { crc32 } from '../../../codegen/text/crc32.js'
import { DiagnosticList, renderDiagnostic } from '../../../codegen/text/diagnostic.js'
import { parseSchema } from '../../../codegen/text/parser.js'
import { formatId, printSchema } from '../../../codegen/text/printer.js'
import { nearestName } from '../../../codegen/text/suggest.js'

function parse(text: string): SchemaAst {
  const list = new DiagnosticList()
  const ast = parseSchema({ name: 'test.tl', text }, list)
  expect(list.sorted().map(renderDiagnostic)).toEqual([])
  return ast
}

/** An AST without its places in the text. */
const shape = (items: readonly Item[]): unknown =>
  JSON.parse(JSON.stringify(items, (key, value: unknown) => (key === 'span' ? undefined : value)))

const NOWHERE = { start: 0, end: 0 }
const reprint = (text: string): string => printSchema(parse(text))

describe('what a text says', () => {
  it('keeps every part of a definition, with its place', () => {
    const [definition] = definitionsOf(parse('help.test#a2B5a3f6 {X:Type} flags:# q:flags.12?Vector<%Message> x:!X = X;'))
    expect(definition).toMatchObject({
      section: 'types',
      name: { text: 'help.test', span: { start: 0, end: 9 } },
      id: { value: 0xa2b5a3f6, span: { start: 9, end: 18 } },
      generics: [{ text: 'X' }],
      params: [
        { kind: 'field', name: { text: 'flags' }, condition: undefined, type: { kind: 'nat' } },
        {
          kind: 'field',
          name: { text: 'q' },
          condition: { word: 'flags', bit: 12 },
          type: { kind: 'apply', name: 'Vector', argument: { kind: 'name', name: 'Message', bare: true } },
        },
        { kind: 'field', name: { text: 'x' }, type: { kind: 'query', name: 'X' } },
      ],
      result: { kind: 'name', name: 'X', bare: false },
    })
  })

  it('reads the definitions of the built-in types', () => {
    const text = 'int ? = Int;\nvector {t:Type} # [ t ] = Vector t;\nint128 4*[ int ] = Int128;\n'
    expect(reprint(text)).toBe(text)
  })

  it('knows functions from types by the section that they stand in', () => {
    const ast = parse('a = A;\n---functions---\nb = A;\n---types---\nc = A;')
    expect(definitionsOf(ast).map((definition) => definition.section)).toEqual(['types', 'functions', 'types'])
  })

  it('takes line breaks, tabs and a byte order mark for spaces', () => {
    expect(reprint('\ufeffa\r\n\tx:int\r\n\t= A ;')).toBe('a x:int = A;\n')
  })

  it('keeps comments in their order, also those inside and behind a definition', () => {
    const text = '// one\na x:int // two\n = A; // three\n/* four\n * five */\nb = B;'
    expect(reprint(text)).toBe('// one\n// two\n\na x:int = A;\n\n// three\n// four\n// five\n\nb = B;\n')
  })

  it('takes a star at the start of a line for a frame in block comments alone', () => {
    expect(reprint('// ** note\n//* one\n/** two\n * three\n ** four */')).toBe('// ** note\n// * one\n// two\n// three\n// * four\n')
    const once = reprint('/** a\n *** b */\n//** c')
    expect(reprint(once)).toBe(once)
  })

  it('finds the layer in the last line, and in a header', () => {
    expect(layerOf(parse('a = A;\n// LAYER 214'))).toBe(214)
    expect(layerOf(parse('// Layer:  228\na = A;'))).toBe(228)
    expect(layerOf(parse('// layer 23\na = A;'))).toBeUndefined()
  })
})

describe('a printed text parses to what was printed', () => {
  const word = (first: string): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^${first}[A-Za-z0-9_]{0,6}$`))
  const field = word('[a-z]')
  const dotted = (last: string): fc.Arbitrary<string> =>
    fc.tuple(fc.option(word('[a-z]')), word(last)).map(([space, name]) => (space === null ? name : `${space}.${name}`))
  const name = (text: string): { text: string; span: typeof NOWHERE } => ({ text, span: NOWHERE })

  const { type } = fc.letrec<{ type: TypeNode }>((tie) => ({
    type: fc.oneof(
      { maxDepth: 3 },
      fc.record({ kind: fc.constant('name' as const), name: dotted('[A-Za-z]'), bare: fc.boolean(), span: fc.constant(NOWHERE) }),
      fc.record({ kind: fc.constant('query' as const), name: word('[A-Z]'), span: fc.constant(NOWHERE) }),
      fc.record({ kind: fc.constant('nat' as const), span: fc.constant(NOWHERE) }),
      fc.record({
        kind: fc.constant('apply' as const),
        name: fc.constantFrom('Vector', 'vector'),
        bare: fc.boolean(),
        argument: tie('type'),
        span: fc.constant(NOWHERE),
      }),
    ),
  }))
  const condition = fc.record({ word: field, bit: fc.nat(40), span: fc.constant(NOWHERE) })
  const param: fc.Arbitrary<ParamNode> = fc.oneof(
    fc.record({
      kind: fc.constant('field' as const),
      name: field.map(name),
      condition: fc.option(condition, { nil: undefined }),
      type,
      span: fc.constant(NOWHERE),
    }),
    fc.constant({ kind: 'unspecified' as const, span: NOWHERE }),
    fc.constant({ kind: 'count' as const, span: NOWHERE }),
    fc.record({
      kind: fc.constant('repeat' as const),
      times: fc.option(fc.nat(9), { nil: undefined }),
      item: type,
      span: fc.constant(NOWHERE),
    }),
  )
  const id = fc.record({ value: fc.nat(0xffffffff), span: fc.constant(NOWHERE) })
  const body = fc.record({
    name: dotted('[a-z]').map(name),
    id: fc.option(id, { nil: undefined }),
    generics: fc.array(word('[A-Z]').map(name), { maxLength: 2 }),
    params: fc.array(param, { maxLength: 5 }),
    result: type,
  })
  const items = fc
    .array(
      fc.oneof(
        { weight: 6, arbitrary: body.map((parts) => ({ kind: 'definition' as const, ...parts })) },
        { weight: 1, arbitrary: fc.constantFrom('types' as const, 'functions' as const).map((section) => ({ kind: 'section' as const, section })) },
        { weight: 1, arbitrary: fc.stringMatching(/^[ -~]{0,12}$/).map((text) => ({ kind: 'comment' as const, text: text.trim() })) },
      ),
    )
    .map((list): Item[] => {
      let section: 'types' | 'functions' = 'types'
      return list.map((item) => {
        if (item.kind === 'section') section = item.section
        return item.kind === 'definition' ? { ...item, section, span: NOWHERE } : { ...item, span: NOWHERE }
      })
    })

  it('whatever the AST', () => {
    fc.assert(
      fc.property(items, (list) => {
        expect(shape(parse(printSchema({ items: list })).items)).toEqual(shape(list))
      }),
      { numRuns: 500 },
    )
  })
})

describe('any text gives findings, never an exception', () => {
  const pieces = fc.constantFrom('a', 'B', 'flags.3', '#', ':', ';', '=', '<', '>', '{', '}', '?', '!', '%', '[', ']', '*', '4', ' ', '\n', '//', '/*', '---functions---', '\u{1f600}')
  it('for random pieces of TL', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const list = new DiagnosticList()
        const ast = parseSchema({ name: 'test.tl', text: parts.join('') }, list)
        for (const item of ast.items) expect(item.span.end).toBeLessThanOrEqual(parts.join('').length)
        for (const diagnostic of list.sorted()) expect(diagnostic.code).toBe('syntax')
      }),
      { numRuns: 1000 },
    )
  })
})

describe('constructor numbers', () => {
  it('CRC-32 gives the check value of its standard', () => {
    expect(formatId(crc32('123456789'))).toBe('cbf43926')
  })

  const numbers: readonly (readonly [line: string, hashed: string, id: string])[] = [
    ['vector {t:Type} # [ t ] = Vector t;', 'vector t:Type # [ t ] = Vector t', '1cb5c415'],
    ['---functions---\ninvokeWithLayer {X:Type} layer:int query:!X = X;', 'invokeWithLayer X:Type layer:int query:!X = X', 'da9b0d0d'],
    // `bytes` counts as `string`, but not inside a vector.
    ['inputPhoto id:long access_hash:long file_reference:bytes = InputPhoto;', 'inputPhoto id:long access_hash:long file_reference:string = InputPhoto', '3bb3b94a'],
    [
      'inputMediaPoll flags:# poll:Poll correct_answers:flags.0?Vector<bytes> solution:flags.1?string solution_entities:flags.1?Vector<MessageEntity> = InputMedia;',
      'inputMediaPoll flags:# poll:Poll correct_answers:flags.0?Vector bytes solution:flags.1?string solution_entities:flags.1?Vector MessageEntity = InputMedia',
      'f94e5f1',
    ],
    // A `true` behind a flag does not count, whatever the name of its flag word.
    ['a flags:# x:flags.0?true flags2:# y:flags2.31?true z:flags2.0?bytes = A;', 'a flags:# flags2:# z:flags2.0?string = A', 'f4e128b7'],
    ['msg_container messages:vector<message> = MessageContainer;', 'msg_container messages:vector message = MessageContainer', '73f1f8dc'],
  ]
  it.each(numbers)('%s', (line, hashed, id) => {
    const [definition] = definitionsOf(parse(line))
    expect(crcText(definition!)).toBe(hashed)
    expect(formatId(computedId(definition!))).toBe(id)
  })
})

describe('the name that was meant', () => {
  const types = ['InputPeer', 'InputUser', 'Updates', 'int', 'messages.Chats']
  it.each([
    ['InputPear', 'InputPeer'],
    ['inputpeer', 'InputPeer'],
    ['IpnutUser', 'InputUser'],
    ['Int', 'int'],
    ['messages.Chat', 'messages.Chats'],
    ['Quaternion', undefined],
  ])('%s is %s', (mistake, meant) => {
    expect(nearestName(mistake, types)).toBe(meant)
  })
})
