import { describe, expect, it } from 'vitest'
import { compileSchema } from '../../../codegen/compile-schema.js'
import { describedModules } from '../../../codegen/emit/described/described-modules.js'
import { planModules } from '../../../codegen/modules/plan.js'
import { constructor } from '../../../src/tl/described/define.js'
import { field } from '../../../src/tl/described/fields.js'
import { int } from '../../../src/tl/described/kinds.js'

/** The file of one type, described. */
function described(tl: string, path: string): string {
  const { schema, ok, diagnostics } = compileSchema([{ name: 'test.tl', text: tl }], { crcMismatch: 'warning' })
  expect(ok, diagnostics.map(({ message }) => message).join('\n')).toBe(true)
  const runtime = { folder: '../runtime' }
  const plan = planModules(schema, { runtime, provenance: 'A test.', long: 'big-integer', wide: 'integer', entityLike: false })
  return describedModules(plan, runtime.folder).get(path)!
}

describe('a described constructor', () => {
  it('has its fields in wire order, the bits of a second flag word behind those of the first', () => {
    const text = described('a#1 flags:# x:flags.3?true flags2:# y:flags2.1?Vector<int> at_date:int = A;', 'types/a.ts')
    expect(text).toContain(`constructor('A', 'A', [
  /* @__PURE__ */ flags(),
  /* @__PURE__ */ flag(3, 'x'),
  /* @__PURE__ */ flags('flags2'),
  /* @__PURE__ */ optional(33, 'y', /* @__PURE__ */ vector(int)),
  /* @__PURE__ */ field('atDate', moment),
], undefined, 0x1)`)
  })

  it('states its id only where it cannot compute it', () => {
    expect(described('b#2 = B;', 'types/b.ts')).toContain(`constructor('B', 'B', undefined, undefined, 0x2)`)
    expect(described('userEmpty#d3bc4b7a id:long = User;', 'types/user.ts')).toContain(`field('id', long),\n])\n`)
    expect(described('userEmpty id:long = User;', 'types/user.ts')).toContain(`field('id', long),\n])\n`)
    expect(described('pair a_b_c:int = Pair;', 'types/pair.ts')).toMatch(/\], undefined, 0x[0-9a-f]+\)/)
  })

  it('may be made without its arguments, and says then what is missing', () => {
    const Point = constructor('Point', 'Point', [field('x', int)]) as unknown as new () => { x?: number; getBytes(): Uint8Array }
    expect(() => new Point().getBytes()).toThrow('point.x: expected an int, -2^31 to 2^31-1, got undefined; it is missing')
    const late = Object.assign(new Point(), { x: 5 })
    expect(late.getBytes().subarray(4)).toEqual(Buffer.from([5, 0, 0, 0]))
  })

  it('is refused where a field has no id in front', () => {
    const tl = 'a#1 = A;\nb#2 items:vector<a> = B;'
    expect(() => described(tl, 'types/b.ts')).toThrow('no class is described that has a field of the kind vector')
  })
})

describe('a method beside described constructors', () => {
  const ANSWERS = `a#1 = A;
---functions---
getA#2 = A;
getBool#3 = Bool;
getInt#4 = int;
getAll#5 = Vector<A>;
getIds#6 = Vector<long>;
wrap#7 {X:Type} query:!X = X;`
  const method = (name: string): string => described(ANSWERS, `methods/${name}.ts`)

  it('says by the number of the type what it answers, and by the name what has none or is a vector', () => {
    expect(method('get-a')).toMatch(/static readonly answer = true$/m)
    expect(method('get-bool')).toMatch(/static readonly answer = true$/m)
    expect(method('get-int')).toMatch(/static readonly answer = 'int'$/m)
    expect(method('get-all')).toMatch(/static readonly answer = \['A', 4\]$/m)
    expect(method('get-ids')).toMatch(/static readonly answer = \['long', 8\]$/m)
    expect(method('wrap')).not.toContain('answer')
  })

  it('begins with the id that its class has', () => {
    expect(method('get-a')).toContain('w.beginRequest(this.CONSTRUCTOR_ID)')
  })
})
