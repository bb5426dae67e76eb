import { describe, expect, it } from 'vitest'
import { compileSchema } from '../../../codegen/compile-schema.js'
import { compactModules } from '../../../codegen/emit/compact/compact-modules.js'
import { EMPTY_ERROR_TABLE } from '../../../codegen/ir/error-table.js'
import type { ErrorTable } from '../../../codegen/ir/error-table.js'
import { planModules } from '../../../codegen/modules/plan.js'

/** A file of the compact form. */
function compact(tl: string, path: string, errors: ErrorTable = EMPTY_ERROR_TABLE): string {
  const { schema, ok, diagnostics } = compileSchema([{ name: 'test.tl', text: tl }], { crcMismatch: 'warning', errors })
  expect(ok, diagnostics.map(({ message }) => message).join('\n')).toBe(true)
  const runtime = { folder: '../runtime' }
  const plan = planModules(schema, { runtime, provenance: 'A test.', long: 'big-integer', wide: 'integer', entityLike: false })
  return compactModules(plan, runtime.folder, '../service').get(path)!
}

const typesOf = (tl: string): string => /types: `([^`]*)`/.exec(compact(tl, 'schema.ts'))![1]!
const methodsOf = (tl: string, errors?: ErrorTable): string => /methods: `([^`]*)`/.exec(compact(tl, 'schema.ts', errors))![1]!

describe('a compact schema', () => {
  it('has a line per boxed type, whose constructors go on from its name or give their own', () => {
    const tl = 'userEmpty id:long = User;\nuser id:long name:string = User;\nsomebody = User;\nauth.code at:int = auth.Code;'
    expect(typesOf(tl)).toBe('User|Empty id:l| id:l name:s|=Somebody\nauth.\nCode| at:i')
  })

  it('has flag words where they stand, and the bits of the second behind those of the first', () => {
    const tl = 'a x:# flags:# b:flags.3?true flags2:# c:flags2.1?Vector<int> until_date:int = A;'
    expect(typesOf(tl)).toBe('A| x:u # b?3 #flags2 c:*i?33 untilDate:t')
  })

  it('does not say what goes without saying: a single flag word in front, and the bit behind the last one', () => {
    expect(typesOf('a flags:# b:flags.0?true c:flags.1?int d:flags.1?int e:flags.2?true = A;')).toBe('A| b? c:i? d:i?1 e?')
    expect(typesOf('a flags:# b:int = A;')).toBe('A| # b:i')
    expect(typesOf('a x:int flags:# b:flags.0?true = A;')).toBe('A| x:i # b?')
    expect(typesOf('a flags2:# b:flags2.0?true = A;')).toBe('A| #flags2 b?')
  })

  it('says how long an object is at least where a vector needs it, and it is not just an id', () => {
    expect(typesOf('a x:int = A;\nb = B;\nc a:Vector<A> b:Vector<B> = C;\nd x:int = D;')).toBe('A:8| x:i\nB|\nC| a:*A b:*B\nD| x:i')
  })

  it('has a line per method, with its answer and who may call it', () => {
    const tl = `a x:int = A;
---functions---
getA a:A = A;
messages.send id:Vector<int> random_id:long = Bool;
messages.forward id:Vector<int> random_id:Vector<long> = Vector<A>;
wrap {X:Type} query:!X = X;`
    const methods = {
      getA: { callableBy: 'user', errors: {} },
      'messages.send': { callableBy: 'both', errors: {} },
      'messages.forward': { callableBy: 'bot', errors: {} },
    } as const
    expect(methodsOf(tl, { ...EMPTY_ERROR_TABLE, methods })).toBe(
      [
        'GetA a:A =A',
        'Wrap query:q ?X',
        'messages.',
        'Forward id:*i randomId:*r !*A',
        'Send id:*i randomId:r &o',
      ].join('\n'),
    )
  })

  it('states the ids that do not follow from a line, and the forms that stand for others', () => {
    const tl = `inputPeerUser user_id:long = InputPeer;
inputUser user_id:long = InputUser;
odd#1 = Odd;
pair a_b_c:int = Pair;
---functions---
wrap {X:Type} query:!X = X;`
    const text = compact(tl, 'schema.ts')
    expect(text).toMatch(/ids: \{ 'Odd': 0x1, 'Pair': 0x[0-9a-f]+, 'Wrap': 0x[0-9a-f]+ \}/)
    expect(text).toContain(`forms: { 'InputUser': 'InputPeerUser' }`)
  })

  it('names each class in a file that a bundler may drop', () => {
    const tl = 'auth.code = auth.Code;\nuser = User;'
    expect(compact(tl, 'types/user.ts')).toContain(`import { classOf } from '../schema.js'\nexport const User = /* @__PURE__ */ classOf('User')`)
    expect(compact(tl, 'auth/types/code.ts')).toContain(`from '../../schema.js'\nexport const Code = /* @__PURE__ */ classOf('auth.Code')`)
  })

  it('is refused where a field has no id in front', () => {
    expect(() => typesOf('a#1 = A;\nb#2 items:vector<a> = B;')).toThrow('no compact schema has a field of the kind vector')
  })
})
