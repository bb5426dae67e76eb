import { describe, expect, it } from 'vitest'
import { compileSchema } from '../../../codegen/compile-schema.js'
import { argumentsType } from '../../../codegen/emit/arguments-type.js'
import type { FileContext } from '../../../codegen/emit/context.js'
import type { Imports } from '../../../codegen/emit/imports.js'
import { readStatements } from '../../../codegen/emit/read-body.js'
import { beginStatement, fieldStatements } from '../../../codegen/emit/write-body.js'
import { planModules } from '../../../codegen/modules/plan.js'

const BIGINT = { long: 'bigint', wide: 'bytes' } as const
const BIG_INTEGER = { long: 'big-integer', wide: 'integer' } as const
const REST = { entityLike: false, runtime: { entry: 'runtime' }, provenance: 'For a test.' } as const

/** Leaves every name as it is: what is imported from where is another test's, and so is the printer. */
const names = {
  runtime: (name: string) => name,
  global: (name: string) => name,
  generated: (_: string, name: string) => name,
} as unknown as Imports

interface Emitted {
  /** What stands between the parentheses of the constructor. */
  readonly args: string
  readonly begin: string
  /** The lines of `write` behind `begin`. */
  readonly write: readonly string[]
  /** The statements that read the fields. */
  readonly read: readonly string[]
}

/** What the last line of a schema becomes. */
function emitted(schema: string, options: typeof BIGINT | typeof BIG_INTEGER = BIGINT): Emitted {
  const compiled = compileSchema([{ name: 'test.tl', text: `// LAYER 7\n${schema}\n` }])
  expect(compiled.ok, compiled.diagnostics.map(({ message }) => message).join('\n')).toBe(true)
  const combinator = compiled.schema.combinators.at(-1)!
  const context: FileContext = { plan: planModules(compiled.schema, { ...options, ...REST }), imports: names }
  const { text, optional } = argumentsType(context, combinator, { entityLike: false })
  return {
    args: `args: ${text}${optional ? ' = {}' : ''}`,
    begin: beginStatement(context, combinator),
    write: fieldStatements(context, combinator).flatMap((statement) => statement.split('\n').map((line) => line.trim())),
    read: readStatements(context, combinator),
  }
}

describe('a flag word', () => {
  it('is one bit for each field, at its own place', () => {
    const { write, read, args } = emitted('single flags:# a:flags.4?int = Single;')
    expect(write).toEqual(['const flags = this.a != null ? 1 << 4 : 0', 'w.flags(flags)', 'if (flags & (1 << 4)) w.int(this.a)'])
    expect(read).toEqual(['const flags = r.flags()', 'value.a = (flags & (1 << 4)) !== 0 ? r.int() : undefined'])
    expect(args).toBe('args: { a?: number | undefined } = {}')
  })

  it('is 0 where nothing depends on it, and is read all the same', () => {
    const { write, read } = emitted('none flags:# = None;')
    expect(write).toEqual(['w.flags(0)'])
    expect(read).toEqual(['r.flags()'])
    expect(emitted('some flags:# x:int = Some;').read).toEqual(['r.flags()', 'value.x = r.int()'])
  })

  it('is one of several, each with its own name and fields', () => {
    const { write, read, args } = emitted('two flags:# flags2:# a:flags2.31?true b:flags2.0?int c:flags.2?string = Two;')
    expect(write).toEqual([
      'const flags = this.c != null ? 1 << 2 : 0',
      'w.flags(flags)',
      'const flags2 = (this.b != null ? 1 << 0 : 0) | (isSet(this.a) ? 1 << 31 : 0)',
      'w.flags(flags2)',
      'if (flags2 & (1 << 0)) w.int(this.b)',
      'if (flags & (1 << 2)) w.string(this.c)',
    ])
    expect(read).toEqual([
      'const flags = r.flags()',
      `const flags2 = r.flags('flags2')`,
      'value.a = (flags2 & (1 << 31)) !== 0',
      'value.b = (flags2 & (1 << 0)) !== 0 ? r.int() : undefined',
      'value.c = (flags & (1 << 2)) !== 0 ? r.string() : undefined',
    ])
    expect(args).toBe('args: { a?: boolean | undefined; b?: number | undefined; c?: string | undefined } = {}')
    const unused = emitted('two flags:# flags2:# c:flags.2?string = Two;')
    expect(unused.write[2]).toBe('w.flags(0)')
    expect(unused.read[1]).toBe(`r.flags('flags2')`)
  })

  it('is on one line up to 90 characters, and else a line a bit', () => {
    const word = (name: string, more = ''): string[] => {
      const { write } = emitted(`bits flags:# ${name}:flags.0?int b:flags.1?int${more} = Bits;`)
      return write.slice(0, write.indexOf('w.flags(flags)'))
    }
    const name = 'a'.repeat(90 - '(this. != null ? 1 << 0 : 0) | (this.b != null ? 1 << 1 : 0)'.length)
    expect(word(name)).toEqual([`const flags = (this.${name} != null ? 1 << 0 : 0) | (this.b != null ? 1 << 1 : 0)`])
    const first = `(this.${name}a != null ? 1 << 0 : 0) |`
    expect(word(`${name}a`)).toEqual(['const flags =', first, '(this.b != null ? 1 << 1 : 0)'])
    expect(word('a', ' c:flags.2?int')).toEqual([
      'const flags =',
      '(this.a != null ? 1 << 0 : 0) |',
      '(this.b != null ? 1 << 1 : 0) |',
      '(this.c != null ? 1 << 2 : 0)',
    ])
  })

  it('has a name of its own, whatever the schema calls it', () => {
    const { write, read } = emitted('odd w:# class:# a:w.0?int b:class.1?string = Odd;')
    expect(write).toEqual([
      'const wFlags = this.a != null ? 1 << 0 : 0',
      'w.flags(wFlags)',
      'const classFlags = this.b != null ? 1 << 1 : 0',
      'w.flags(classFlags)',
      'if (wFlags & (1 << 0)) w.int(this.a)',
      'if (classFlags & (1 << 1)) w.string(this.b)',
    ])
    expect(read).toEqual([
      `const wFlags = r.flags('w')`,
      `const classFlags = r.flags('class')`,
      'value.a = (wFlags & (1 << 0)) !== 0 ? r.int() : undefined',
      'value.b = (classFlags & (1 << 1)) !== 0 ? r.string() : undefined',
    ])
  })

  it.each([
    ['flags', 'flags'],
    ['flags2', 'flags2'],
    ['my_flags', 'myFlagsFlags'],
    ['myflags', 'myflagsFlags'],
    ['flags_of', 'flagsOfFlags'],
  ])('%s is %s', (word, name) => {
    expect(emitted(`odd ${word}:# a:${word}.0?int = Odd;`).write[1]).toBe(`w.flags(${name})`)
  })

  it('has no name where no field asks for it', () => {
    expect(emitted('bits flags:# a:flags.0?true = Bits;').write).toEqual(['w.flags(isSet(this.a) ? 1 << 0 : 0)'])
    const [first, second] = ['a'.repeat(30), 'b'.repeat(30)]
    expect(emitted(`bits flags:# ${first}:flags.0?true ${second}:flags.1?true = Bits;`).write).toEqual([
      'w.flags(',
      `(isSet(this.${first}) ? 1 << 0 : 0) |`,
      `(isSet(this.${second}) ? 1 << 1 : 0),`,
      ')',
    ])
  })
})

describe('fields that share a bit', () => {
  it('are tied in twos, and tested together where there are more', () => {
    const three = 'a:flags.0?int b:flags.0?string c:flags.0?true'
    const { write, read, args } = emitted(`both flags:# ${three} d:flags.1?long e:flags.1?bytes = Both;`)
    expect(write).toEqual([
      'const flags =',
      '(tiedFields(this.a != null, this.b != null, isSet(this.c)) ? 1 << 0 : 0) |',
      '(tied(this.d != null, this.e != null) ? 1 << 1 : 0)',
      'w.flags(flags)',
      'if (flags & (1 << 0)) w.int(this.a)',
      'if (flags & (1 << 0)) w.string(this.b)',
      'if (flags & (1 << 1)) writeLong(w, this.d)',
      'if (flags & (1 << 1)) w.bytes(this.e)',
    ])
    expect(read.slice(1)).toEqual([
      'value.a = (flags & (1 << 0)) !== 0 ? r.int() : undefined',
      'value.b = (flags & (1 << 0)) !== 0 ? r.string() : undefined',
      'value.c = (flags & (1 << 0)) !== 0',
      'value.d = (flags & (1 << 1)) !== 0 ? r.bigint() : undefined',
      'value.e = (flags & (1 << 1)) !== 0 ? r.byteString() : undefined',
    ])
    expect(args).toBe(`args: (
  | { a: number; b: string; c: true }
  | { a?: undefined; b?: undefined; c?: false | undefined }
) & (
  | { d: bigint; e: Uint8Array }
  | { d?: undefined; e?: undefined }
) = {}`)
  })

  it('are given together or not at all, beside what is required', () => {
    const offset = 'offset_date:flags.2?int offset_link:flags.2?string'
    const { write, args } = emitted(`---functions---\npage flags:# ${offset} limit:int = Bool;`)
    expect(write[0]).toBe('const flags = tied(this.offsetDate != null, this.offsetLink != null) ? 1 << 2 : 0')
    expect(args).toBe(`args: {
  limit: number
} & (
  | { offsetDate: DateLike; offsetLink: string }
  | { offsetDate?: undefined; offsetLink?: undefined }
)`)
  })

  it('stand on one line where there is room', () => {
    expect(emitted('pair flags:# a:flags.0?int b:flags.0?string = Pair;').args).toBe(
      'args: { a: number; b: string } | { a?: undefined; b?: undefined } = {}',
    )
    expect(emitted('pair flags:# bold:flags.0?true b:flags.0?true = Pair;').args).toBe(
      'args: { bold: true; b: true } | { bold?: false | undefined; b?: false | undefined } = {}',
    )
    expect(emitted('pair flags:# a:flags.0?int b:flags.0?int x:int = Pair;').args).toBe(
      'args: { x: number } & ({ a: number; b: number } | { a?: undefined; b?: undefined })',
    )
    expect(emitted('pair flags:# a:flags.0?int b:flags.0?int x:flags.1?int = Pair;').args).toBe(
      'args: { x?: number | undefined } & ({ a: number; b: number } | { a?: undefined; b?: undefined }) = {}',
    )
  })
})

describe('the arguments', () => {
  it('stay on one line up to 120 characters', () => {
    // `  constructor(args: { a: number } = {}) {` is 27 characters around the type, and one field `name: number` in it.
    const name = 'a'.repeat(120 - '  constructor(args:  = {}) {'.length - '{ : number }'.length)
    expect(emitted(`one ${name}:int = One;`).args).toBe(`args: { ${name}: number }`)
    expect(emitted(`one ${name}a:int = One;`).args).toBe(`args: {\n  ${name}a: number\n}`)
    expect(emitted(`one ${name}a:int b:int = One;`).args).toBe(`args: {\n  ${name}a: number\n  b: number\n}`)
    const long = 'a'.repeat(60)
    expect(emitted(`pair flags:# ${long}:flags.0?int b:flags.0?int = Pair;`).args).toBe(
      `args: (\n  | { ${long}: number; b: number }\n  | { ${long}?: undefined; b?: undefined }\n) = {}`,
    )
  })

  it('may be left out where none is required', () => {
    expect(emitted('one flags:# a:int b:flags.0?int = One;').args).toBe('args: { a: number; b?: number | undefined }')
    expect(emitted('one flags:# a:flags.1?true b:flags.0?int = One;').args).toBe(
      'args: { a?: boolean | undefined; b?: number | undefined } = {}',
    )
  })

  it('take what can be turned into the field: a Date, any integer, any bytes', () => {
    expect(emitted('one a:long b:bytes date:int = One;', BIG_INTEGER).args).toBe('args: { a: LongLike; b: Uint8Array; date: DateLike }')
  })

  it('leave out a random id, which is made up: a long, or one for each id', () => {
    const method = (fields: string): string => emitted(`---functions---\nask ${fields} = Bool;`).args
    expect(method('random_id:long')).toBe('args: { randomId?: bigint | undefined } = {}')
    expect(method('id:Vector<int> random_id:Vector<long>')).toBe('args: { id: number[]; randomId?: bigint[] | undefined }')
    expect(method('random_id:Vector<long>')).toBe('args: { randomId: bigint[] }')
    expect(method('id:int random_id:Vector<long>')).toBe('args: { id: number; randomId: bigint[] }')
    expect(method('ids:Vector<int> random_id:Vector<long>')).toBe('args: { ids: number[]; randomId: bigint[] }')
    expect(method('id:Vector<int> random_id:Vector<int>')).toBe('args: { id: number[]; randomId: number[] }')
    expect(method('id:Vector<int> random_id:int')).toBe('args: { id: number[]; randomId: number }')
    expect(method('other_id:long')).toBe('args: { otherId: bigint }')
    expect(emitted('ask random_id:long = Ask;').args).toBe('args: { randomId: bigint }')
  })
})

describe('the first line of write', () => {
  it('names the type, the form that it has as a peer, or that it is a call', () => {
    const peers = 'inputPeerUser user_id:long = InputPeer;\n'
    expect(emitted('point x:int y:int = Point;').begin).toBe(`w.begin(0xe3fe70f4, 'Point')`)
    expect(emitted(`${peers}inputUser user_id:long = InputUser;`).begin).toBe(
      `w.begin(0x7db46ae, 'InputUser', 'InputPeer', 0x7a55ce32)`,
    )
    expect(emitted(`${peers}inputUserOther user_id:long = InputUser;`).begin).toBe(`w.begin(0x92cfd2da, 'InputUser')`)
    expect(emitted('---functions---\naskInt random_id:int id:Vector<int> = Bool;').begin).toBe('w.beginRequest(0xca7ce90d)')
  })
})

const PRIMITIVES = ['int', '#', 'long', 'double', 'string', 'bytes', 'Bool', 'int128', 'int256'] as const

describe('a value of each type', () => {
  const all = PRIMITIVES.map((type, i) => `f${i}:${type}`).join(' ')
  const rows = (statements: readonly string[]): string[] =>
    statements.map((line) => line.replace(/^value\.f\d = /, '').replace(/this\.f\d/, 'x'))

  it('is written by the writer itself, or by a function beside it', () => {
    expect(rows(emitted(`all ${all} = All;`).write)).toEqual([
      'w.int(x)',
      'writeUint(w, x)',
      'writeLong(w, x)',
      'writeDouble(w, x)',
      'w.string(x)',
      'w.bytes(x)',
      'writeBool(w, x)',
      'writeInt128(w, x)',
      'writeInt256(w, x)',
    ])
  })

  it('is read as the options say', () => {
    expect(rows(emitted(`all ${all} = All;`).read)).toEqual([
      'r.int()',
      'r.uint()',
      'r.bigint()',
      'r.double()',
      'r.string()',
      'r.byteString()',
      'r.bool()',
      'r.raw(16)',
      'r.raw(32)',
    ])
    const { read } = emitted('wide a:long b:int128 c:int256 = Wide;', BIG_INTEGER)
    expect(read).toEqual(['value.a = readLong(r)', 'value.b = readInt128(r)', 'value.c = readInt256(r)'])
  })

  it('is an item of a vector', () => {
    const vectors = PRIMITIVES.map((type, i) => `f${i}:Vector<${type}>`).join(' ')
    const { write, read } = emitted(`all ${vectors} = All;`)
    expect(rows(write)).toEqual(
      ['Int', 'Uint', 'Long', 'Double', 'String', 'Bytes', 'Bool', 'Int128', 'Int256'].map(
        (type) => `writeVector(w, x, write${type})`,
      ),
    )
    expect(rows(read)).toEqual([
      'readVector(r, readInt, 4)',
      'readVector(r, readUint, 4)',
      'readVector(r, readBigint, 8)',
      'readVector(r, readDouble, 8)',
      'readVector(r, readString, 4)',
      'readVector(r, readBytes, 4)',
      'readVector(r, readBool, 4)',
      'readVector(r, (r) => r.raw(16), 16)',
      'readVector(r, (r) => r.raw(32), 32)',
    ])
    expect(emitted('wide a:Vector<long> b:Vector<int128> c:Vector<int256> = Wide;', BIG_INTEGER).read).toEqual([
      'value.a = readVector(r, readLong, 8)',
      'value.b = readVector(r, (r) => readInt128(r), 16)',
      'value.c = readVector(r, (r) => readInt256(r), 32)',
    ])
  })

  it('is an object, bare or boxed, alone and in vectors of either kind', () => {
    const point = 'point x:int y:int = Point;\nempty = Empty;\n'
    const objects = 'a:Point b:%Point c:Vector<Point> d:vector<%Point> e:vector<Point> f:Vector<%Point>'
    const others = 'g:vector<int> h:Vector<Vector<int>> i:vector<Vector<Bool>> j:vector<%Empty>'
    const { write, read } = emitted(`${point}all ${objects} ${others} = All;`)
    expect(write).toEqual([
      `w.boxed(this.a, 'Point')`,
      'writeBare(w, this.b, Point)',
      `writeObjects(w, this.c, 'Point')`,
      'writeBareVector(w, this.d, (w, item) => writeBare(w, item, Point))',
      `writeBareVector(w, this.e, (w, item) => w.boxed(item, 'Point'))`,
      'writeVector(w, this.f, (w, item) => writeBare(w, item, Point))',
      'writeBareVector(w, this.g, writeInt)',
      'writeVector(w, this.h, (w, item) => writeVector(w, item, writeInt))',
      'writeBareVector(w, this.i, (w, item) => writeVector(w, item, writeBool))',
      'writeBareVector(w, this.j, (w, item) => writeBare(w, item, Empty))',
    ])
    expect(read).toEqual([
      'value.a = readTypePoint(r)',
      'value.b = readPoint(r)',
      'value.c = readVector(r, readTypePoint, 12)',
      'value.d = readBareVector(r, readPoint, 8)',
      'value.e = readBareVector(r, readTypePoint, 12)',
      'value.f = readVector(r, readPoint, 8)',
      'value.g = readBareVector(r, readInt, 4)',
      'value.h = readVector(r, (r) => readVector(r, readInt, 4), 8)',
      'value.i = readBareVector(r, (r) => readVector(r, readBool, 4), 8)',
      'value.j = readBareVector(r, readEmpty, 1)',
    ])
  })

  it('is a call inside another', () => {
    const { write, read } = emitted('---functions---\nwrap {X:Type} layer:int query:!X = X;')
    expect(write).toEqual(['w.int(this.layer)', 'writeQuery(w, this.query)'])
    expect(read).toEqual(['value.layer = r.int()', 'value.query = readQuery(r)'])
  })
})
