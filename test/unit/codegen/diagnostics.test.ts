import { describe, expect, it } from 'vitest'
import { compileSchema } from '../../../codegen/compile-schema.js'
import { findings } from './helpers.js'

/** The lines as written, without the indentation that they have here. */
const text = (value: string): string => value.replace(/^\n/, '').replace(/^ {4}/gm, '').trimEnd()

describe('a finding names the place, the mistake and the remedy', () => {
  it('an unknown type comes with the name that was meant', () => {
    expect(findings('inputPeerSelf = InputPeer;\n---functions---\nmessages.read peer:InputPear = Bool;')).toEqual([
      text(`
    api.tl:3:20 unknown type 'InputPear', did you mean 'InputPeer'?
      messages.read peer:InputPear = Bool;
                         ^^^^^^^^^`),
    ])
  })

  it('an unknown type without a neighbour makes no guess', () => {
    expect(findings('a x:Quaternion = A;')).toEqual([
      text(`
    api.tl:1:5 unknown type 'Quaternion'
      a x:Quaternion = A;
          ^^^^^^^^^^`),
    ])
  })

  it('characters that belong to no token are one finding a run, however long it is', () => {
    const [one, ...others] = findings(`a = A;\n${'\u{1f600}'.repeat(1000)} @ b = B;`).map((finding) => finding.split('\n')[0])
    expect(one).toBe(`api.tl:2:1 unexpected characters "${'\u{1f600}'.repeat(20)}..."`)
    expect(others).toEqual(['api.tl:2:2002 unexpected character "@"'])
  })

  it('a long line with a mistake in every word is refused in the time that it takes to read', () => {
    const started = process.cpuUsage()
    const found = findings('a @ '.repeat(50_000))
    expect(found.length).toBeGreaterThan(50_000)
    expect(found.at(-1)!.length).toBeLessThan(400)
    // Looking for the line anew at each finding, and copying it, took minutes.
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(10)
  })

  it('a type variable stands for the answer of a call that the method carries, and for nothing else', () => {
    const messages = (line: string): string[] => findings(line).map((finding) => finding.split('\n')[0]!)
    expect(messages('---functions---\nmany {X:Type} query:!X = Vector<X>;')).toEqual([
      "api.tl:2:26 a vector of 'X' cannot be read: a type variable stands alone",
    ])
    expect(messages('---functions---\nput {X:Type} query:!X value:X = X;')).toEqual([
      "api.tl:2:29 only a method carries a call, and writes it '!X'",
    ])
    expect(messages('box {X:Type} query:!X = Box;')).toEqual(["api.tl:1:20 only a method carries a call, and writes it '!X'"])
    expect(messages('---functions---\nany {X:Type} = X;')).toEqual([
      "api.tl:2:6 nothing says what 'X' is: a field has to carry a call, '!X'",
    ])
  })

  it('a field that hides what every object has, itself or by inheritance, has a reserved name', () => {
    const reserved = ['to_string', 'valueOf', 'hasOwnProperty', 'constructor', 'readResult', 'write_fields', 'CONSTRUCTOR_ID']
    const found = findings(`a ${reserved.map((name) => `${name}:int`).join(' ')} length:int then:int = A;`)
    expect(found).toHaveLength(reserved.length)
    for (const finding of found) expect(finding).toContain('would hide the member of that name that every object has')
  })

  it('a namespace is told from a definition of the root, and from another that differs in case alone', () => {
    const messages = (schema: string): string[] => findings(schema).map((finding) => finding.split('\n')[0]!)
    expect(messages('foo = Bar;\nFoo.a = Foo.B;')).toEqual([
      "api.tl:2:1 namespace 'Foo' and constructor 'foo' both become 'Foo' in TypeScript",
    ])
    expect(messages('foo.a = foo.A;\nFoo.b = Foo.B;')).toEqual([
      "api.tl:2:1 namespaces 'foo' and 'Foo' differ in case alone, and become one folder where case is ignored",
    ])
    expect(messages('foo.foo = foo.Foo;\nfoo = Foo;')).toEqual([])
  })

  it('an unknown bare constructor, an unknown type variable and an unknown item type are unknown types', () => {
    expect(findings('a x:futureSalt y:vector<Salts> = A;\nfutureSalts = Salt;\n---functions---\ncall {X:Type} query:!Y = X;')).toEqual([
      text(`
    api.tl:1:5 unknown type 'futureSalt', did you mean 'futureSalts'?
      a x:futureSalt y:vector<Salts> = A;
          ^^^^^^^^^^`),
      text(`
    api.tl:1:25 unknown type 'Salts', did you mean 'Salt'?
      a x:futureSalt y:vector<Salts> = A;
                              ^^^^^`),
      text(`
    api.tl:4:21 unknown type 'Y', did you mean 'X'?
      call {X:Type} query:!Y = X;
                          ^^`),
    ])
  })

  it('a wrong number is shown beside the one that the line hashes to', () => {
    expect(findings('inputPeerSelf#7da07ec8 = InputPeer;')).toEqual([
      text(`
    api.tl:1:14 wrong number: the line has #7da07ec8, its CRC-32 is #7da07ec9
      inputPeerSelf#7da07ec8 = InputPeer;
                   ^^^^^^^^^`),
    ])
  })

  it('a wrong number can be a warning, or be accepted by name', () => {
    const source = { name: 'api.tl', text: 'inputPeerSelf#7da07ec8 = InputPeer;' }
    const warned = compileSchema([source], { crcMismatch: 'warning' })
    expect(warned.ok).toBe(true)
    expect(warned.diagnostics.map((diagnostic) => diagnostic.severity)).toEqual(['warning'])
    const accepted = compileSchema([source], { acceptedNumbers: ['inputPeerSelf'] })
    expect(accepted.diagnostics).toEqual([])
    expect(accepted.schema.combinators[0]).toMatchObject({ id: 0x7da07ec8, crcVerified: false })
  })

  it('a number and a name that are taken name their owner', () => {
    expect(findings('a = A;\nb#c9ab12f1 = A;\na x:int = A;', { crcMismatch: 'warning', acceptedNumbers: ['b'] })).toEqual([
      text(`
    api.tl:3:1 duplicate constructor 'a', first defined in api.tl
      a x:int = A;
      ^`),
    ])
    expect(findings('inputPeerSelf#7da07ec9 = InputPeer;\nself#7da07ec9 = InputPeer;', { crcMismatch: 'warning' })).toEqual([
      text(`
    api.tl:2:5 warning: wrong number: the line has #7da07ec9, its CRC-32 is #f815f67a
      self#7da07ec9 = InputPeer;
          ^^^^^^^^^`),
      text(`
    api.tl:2:5 duplicate number #7da07ec9, already that of 'inputPeerSelf'
      self#7da07ec9 = InputPeer;
          ^^^^^^^^^`),
    ])
  })

  it('a constructor and a method of one name are two things in TL, and one in TypeScript', () => {
    expect(findings('help.support = help.Support;\n---functions---\nhelp.Support = Bool;\nhelp.support = Bool;')).toEqual([
      text(`
    api.tl:3:1 method 'help.Support' and constructor 'help.support' both become 'help.Support' in TypeScript
      help.Support = Bool;
      ^^^^^^^^^^^^`),
      text(`
    api.tl:4:1 method 'help.support' and constructor 'help.support' both become 'help.Support' in TypeScript
      help.support = Bool;
      ^^^^^^^^^^^^`),
    ])
  })

  it('names that meet in TypeScript are found between constructors, fields and types', () => {
    expect(findings('typePeer = Peer;\nnew_session x_y:int xY:int = A;\nnewSession toJSON:int = B;')).toEqual([
      text(`
    api.tl:1:1 constructor 'typePeer' and type 'Peer' both become 'TypePeer' in TypeScript
      typePeer = Peer;
      ^^^^^^^^`),
      text(`
    api.tl:2:21 fields 'x_y' and 'xY' both become 'xY' in TypeScript
      new_session x_y:int xY:int = A;
                          ^^`),
      text(`
    api.tl:3:1 constructor 'newSession' and constructor 'new_session' both become 'NewSession' in TypeScript
      newSession toJSON:int = B;
      ^^^^^^^^^^`),
      text(`
    api.tl:3:12 a field 'toJSON' would hide the member of that name that every object has
      newSession toJSON:int = B;
                 ^^^^^^`),
    ])
  })

  it('a field is defined once', () => {
    expect(findings('a x:int x:long = A;')).toEqual([
      text(`
    api.tl:1:9 duplicate field 'x'
      a x:int x:long = A;
              ^`),
    ])
  })
})

describe('flags', () => {
  it('a flag refers to a flag word of its own definition', () => {
    expect(findings('a flags:# x:flag.0?int y:id.1?int id:int = A;\nb x:flags.0?int = A;')).toEqual([
      text(`
    api.tl:1:13 'x' refers to an unknown flag word 'flag', did you mean 'flags'?
      a flags:# x:flag.0?int y:id.1?int id:int = A;
                  ^^^^^^^`),
      text(`
    api.tl:1:26 'y' refers to 'id', which is no flag word: its type is not #
      a flags:# x:flag.0?int y:id.1?int id:int = A;
                               ^^^^^`),
      text(`
    api.tl:2:5 'x' refers to an unknown flag word 'flags', the definition has none
      b x:flags.0?int = A;
          ^^^^^^^^`),
    ])
  })

  it('a word has the bits 0 to 31', () => {
    expect(findings('a flags:# x:flags.31?int y:flags.32?int = A;')).toEqual([
      text(`
    api.tl:1:28 bit 32 of 'flags' does not exist, the highest is 31
      a flags:# x:flags.31?int y:flags.32?int = A;
                                 ^^^^^^^^^`),
    ])
  })

  it('a field stands after its flag word', () => {
    expect(findings('a x:flags2.3?int flags2:# = A;')).toEqual([
      text(`
    api.tl:1:5 'x' stands before its flag word 'flags2', so a reader cannot know whether it is there
      a x:flags2.3?int flags2:# = A;
          ^^^^^^^^^`),
    ])
  })

  it('an optional field says which bit', () => {
    expect(findings('a flags:# x:?int y:flags?int z:true = A;')).toEqual([
      text(`
    api.tl:1:13 'x' is optional without a flag: write a flag word and a bit, as in 'flags.0?'
      a flags:# x:?int y:flags?int z:true = A;
                  ^`),
      text(`
    api.tl:1:20 'y' is optional without a flag: write a flag word and a bit, as in 'flags.0?'
      a flags:# x:?int y:flags?int z:true = A;
                         ^^^^^^`),
      text(`
    api.tl:1:30 'z:true' is either there or not, and no flag says which: write 'z:flags.0?true'
      a flags:# x:?int y:flags?int z:true = A;
                                   ^^^^^^`),
    ])
  })
})

describe('types in the wrong place', () => {
  it('says what Vector, bare types and constructors need', () => {
    expect(findings('a x:Vector y:Maybe<int> z:Vector<true> = A;\nb = B;\nc v:%B = B;\nd = int;\ne int = A;')).toEqual([
      text(`
    api.tl:1:5 'Vector' needs the type of its items: Vector<int>
      a x:Vector y:Maybe<int> z:Vector<true> = A;
          ^^^^^^`),
      text(`
    api.tl:1:14 'Maybe' takes no argument, only Vector and vector do
      a x:Vector y:Maybe<int> z:Vector<true> = A;
                   ^^^^^^^^^^`),
      text(`
    api.tl:1:27 a vector of 'true' holds nothing
      a x:Vector y:Maybe<int> z:Vector<true> = A;
                                ^^^^^^^^^^^^`),
      text(`
    api.tl:3:5 '%B' is ambiguous, the type has 2 constructors
      c v:%B = B;
          ^^`),
      text(`
    api.tl:4:5 a constructor belongs to a boxed type, and 'int' is none
      d = int;
          ^^^`),
      text(`
    api.tl:5:7 expected ':' after the field name 'int', found '='
      e int = A;
            ^`),
    ])
  })
})

describe('text that is not TL', () => {
  it('is reported line by line, and the lines around it are kept', () => {
    const source = text(`
    a x:int = A
    b x:int = A;
    c#12345678g = A;
    d x:int y = A;
    e {X:Typ} = A;
    1st = A;
    f x:flags.y?int = A;
    g x:Vector<int = A;
    h ; i = A;
    ---methods---
    j = A & B;
    k = K;`)
    expect(findings(source).map((finding) => finding.split('\n')[0])).toEqual([
      `api.tl:2:1 expected ';' after the result type of 'a', found 'b'`,
      `api.tl:3:3 '12345678g' is no constructor number: one to eight hexadecimal digits`,
      `api.tl:4:11 expected ':' after the field name 'y', found '='`,
      `api.tl:5:6 a type variable is written {X:Type}, not ':Typ'`,
      `api.tl:6:1 '1st' is no name: a letter, then letters, digits and underscores, with at most one dot`,
      `api.tl:7:5 'flags.y' is no flag: a flag word, a dot and a bit number`,
      `api.tl:8:16 expected '>' to close 'Vector<', found '='`,
      `api.tl:9:3 expected '=' after the fields of 'h', found ';'`,
      `api.tl:10:1 unknown section '---methods---', expected '---types---' or '---functions---'`,
      `api.tl:11:5 'A' takes no argument, only Vector and vector do`,
      `api.tl:11:7 unexpected character "&"`,
    ])
  })

  it('keeps what is sound around damaged lines', () => {
    const { schema } = compileSchema([{ name: 'api.tl', text: 'a x:int y = A;\nb = B;\nc d e\nf = F;' }])
    expect(schema.combinators.map((combinator) => combinator.tlName)).toEqual(['b', 'f'])
  })

  it('shows the part of a long line that matters', () => {
    const fields = Array.from({ length: 60 }, (_, index) => `field_${index}:int`).join(' ')
    const [finding] = findings(`wide ${fields} last:Wrong = Wide;`)
    const [head, line, caret] = finding!.split('\n')
    expect(head).toBe(`api.tl:1:781 unknown type 'Wrong'`)
    expect(line).toBe('  ...nt field_56:int field_57:int field_58:int field_59:int last:Wrong = Wide;')
    expect(line!.slice(caret!.indexOf('^'), caret!.lastIndexOf('^') + 1)).toBe('Wrong')
  })

  it('an unfinished comment and the end of the text are findings like others', () => {
    expect(findings('a = A;\n/* never').map((finding) => finding.split('\n')[0])).toEqual([
      `api.tl:2:1 this comment has no closing '*/'`,
    ])
    expect(findings('a x:int').map((finding) => finding.split('\n')[0])).toEqual([
      `api.tl:1:8 expected '=' after the fields of 'a', found the end of the text`,
    ])
  })

  it('brackets nested without end are refused, not recursed into', () => {
    expect(findings(`a x:${'Vector<'.repeat(5000)}int = A;`).map((finding) => finding.split('\n')[0])).toEqual([
      'api.tl:1:124 types nested deeper than 16 brackets',
    ])
  })
})

it('findings of several texts come in the order of the texts', () => {
  const { diagnostics } = compileSchema([
    { name: 'b.tl', text: 'b x:Nope = B;' },
    { name: 'a.tl', text: '\n\na x:Nope = A;' },
  ])
  expect(diagnostics.map(({ file, position, code }) => `${file}:${position.line} ${code}`)).toEqual([
    'b.tl:1 unknown-type',
    'a.tl:3 unknown-type',
  ])
})
