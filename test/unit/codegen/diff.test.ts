import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compileSchema } from '../../../codegen/compile-schema.js'
import type { Change } from '../../../codegen/diff/change.js'
import { breakingChanges, diffSchemas } from '../../../codegen/diff/diff-schemas.js'
import { formatDiff } from '../../../codegen/diff/formats.js'
import { compileSound } from './helpers.js'

/** Types in arguments, in results and in both, so that each change can be tried in each place. */
const schema = (definitions: string, methods = ''): string => `
${definitions}
---functions---
write in:In = Out;
${methods}`

const BEFORE = schema('in a:int = In;\nout a:int = Out;')

function changes(before: string, after: string): Change[] {
  return [...diffSchemas(compileSound(before), compileSound(after)).changes].filter(({ kind }) => kind !== 'ID_CHANGED')
}

const told = (list: readonly Change[]): string[] =>
  list.map(({ kind, name, field, breaks }) => `${kind} ${name}${field === undefined ? '' : `.${field}`} [${breaks.join()}]`)

describe('a change is judged by where it stands', () => {
  it('a new required field breaks those who write it, not those who read it', () => {
    expect(told(changes(BEFORE, schema('in a:int b:int = In;\nout a:int b:int = Out;')))).toEqual([
      'ARG_ADDED_REQUIRED in.b [SOURCE]',
      'ARG_ADDED_REQUIRED out.b []',
    ])
  })

  it('a field that can be absent breaks those who read it, not those who write it', () => {
    expect(told(changes(BEFORE, schema('in flags:# a:flags.0?int = In;\nout flags:# a:flags.0?int = Out;')))).toEqual([
      'REQUIRED_TO_OPTIONAL in.a []',
      'REQUIRED_TO_OPTIONAL out.a [SOURCE]',
      'FLAGS_ADDED in.flags []',
      'FLAGS_ADDED out.flags []',
    ])
  })

  it('a field that can no longer be absent breaks those who write it', () => {
    const optional = schema('in flags:# a:flags.0?int = In;\nout flags:# a:flags.0?int = Out;')
    expect(told(changes(optional, BEFORE))).toEqual([
      'OPTIONAL_TO_REQUIRED in.a [SOURCE]',
      'OPTIONAL_TO_REQUIRED out.a []',
      'FLAGS_REMOVED in.flags [WIRE]',
      'FLAGS_REMOVED out.flags [WIRE]',
    ])
  })

  it('a vector that loses its id is another one on the wire, and the same array in code', () => {
    expect(told(changes(schema('in a:Vector<int> = In;\nout a:int = Out;'), schema('in flags:# a:flags.0?vector<int> = In;\nout a:int = Out;')))).toEqual([
      'ARG_TYPE_CHANGED in.a [WIRE]',
      'REQUIRED_TO_OPTIONAL in.a []',
      'FLAGS_ADDED in.flags []',
    ])
    const returns = (result: string): string => `a = A;\n---functions---\nf = ${result};`
    expect(told(changes(returns('Vector<A>'), returns('vector<A>')))).toEqual(['RESULT_CHANGED f [WIRE]'])
    expect(told(changes(returns('Vector<int>'), returns('vector<long>')))).toEqual(['RESULT_CHANGED f [SOURCE,WIRE]'])
  })

  it('a type deep inside an argument is written, one that nothing mentions is both', () => {
    const deep = (field: string): string => schema(`in list:Vector<Inner> = In;\ninner ${field} = Inner;\nout a:int = Out;\nalone ${field} = Alone;`)
    expect(told(changes(deep('a:int'), deep('a:int b:int')))).toEqual([
      'ARG_ADDED_REQUIRED alone.b [SOURCE]',
      'ARG_ADDED_REQUIRED inner.b [SOURCE]',
    ])
  })
})

describe('fields', () => {
  it('a new optional field breaks nothing, unless it is tied to a field that callers set already', () => {
    const before = schema('in flags:# a:flags.0?int = In;\nout = Out;')
    const after = schema('in flags:# a:flags.0?int tied:flags.0?string free:flags.1?int = In;\nout = Out;')
    expect(told(changes(before, after))).toEqual(['ARG_TIED in.tied [SOURCE]', 'ARG_ADDED_OPTIONAL in.free []'])
  })

  it('an old field that comes to share the bit of another breaks those who write one of them alone', () => {
    const both = (fields: string): string => schema(`in flags:# ${fields} = In;\nout flags:# ${fields} = Out;`)
    expect(told(changes(both('a:flags.0?int b:flags.1?int'), both('a:flags.0?int b:flags.0?int')))).toEqual([
      'ARG_BIT_CHANGED in.b [SOURCE,WIRE]',
      'ARG_BIT_CHANGED out.b [WIRE]',
    ])
    expect(told(changes(both('a:flags.0?int b:int'), both('a:flags.0?int b:flags.0?int')))).toEqual([
      'REQUIRED_TO_OPTIONAL in.b [SOURCE]',
      'REQUIRED_TO_OPTIONAL out.b [SOURCE]',
    ])
    // Whoever had to give both gives both.
    expect(told(changes(both('a:int b:int'), both('a:flags.0?int b:flags.0?int')))).toEqual([
      'REQUIRED_TO_OPTIONAL in.a []',
      'REQUIRED_TO_OPTIONAL in.b []',
      'REQUIRED_TO_OPTIONAL out.a [SOURCE]',
      'REQUIRED_TO_OPTIONAL out.b [SOURCE]',
    ])
    expect(told(changes(both('a:flags.0?int b:flags.0?int'), both('a:flags.1?int b:flags.1?int'))).map((line) => line.slice(-6))).toEqual(
      ['[WIRE]', '[WIRE]', '[WIRE]', '[WIRE]'],
    )
  })

  it('removal, another type, another bit and another order are told apart', () => {
    const before = schema('in flags:# a:int b:int c:flags.1?int d:int = In;\nout = Out;')
    const after = schema('in flags:# d:int b:long c:flags.2?int = In;\nout = Out;')
    expect(told(changes(before, after))).toEqual([
      'ARG_REMOVED in.a [SOURCE,WIRE]',
      'ARG_TYPE_CHANGED in.b [SOURCE,WIRE]',
      'ARG_BIT_CHANGED in.c [WIRE]',
      'ARG_MOVED in [WIRE]',
    ])
  })
})

describe('definitions', () => {
  it('a new number is a matter of the wire alone', () => {
    const { changes: found } = diffSchemas(compileSound('a x:int = A;'), compileSound('a x:int y:long = A;'))
    expect(found.find(({ kind }) => kind === 'ID_CHANGED')).toEqual({
      kind: 'ID_CHANGED',
      name: 'a',
      before: '#d2aa78f6',
      after: '#7b79c484',
      breaks: ['WIRE'],
    })
  })

  it('a removed method names the one that takes the same arguments, or has its name elsewhere', () => {
    const before = schema('in = In;\nout = Out;\ninputChannel = InputChannel;', 'channels.editTopic channel:InputChannel id:int = Out;\nchannels.close id:int hash:long = Out;\nchannels.leave n:int = Out;')
    const after = schema('in = In;\nout = Out;\ninputPeer = InputPeer;', 'messages.editTopic peer:InputPeer id:int title:string = Out;\nmessages.shut id:int hash:long = Out;')
    const removed = changes(before, after).filter(({ kind }) => kind === 'METHOD_REMOVED')
    expect(removed.map(({ name, useInstead }) => [name, useInstead])).toEqual([
      ['channels.close', 'messages.shut'],
      ['channels.editTopic', 'messages.editTopic'],
      ['channels.leave', undefined],
    ])
  })

  it('is not guessed where several have the arguments in common and no more, in whatever order they stand', () => {
    const before = schema('in a:int = In;\nout a:int = Out;', 'old.boost peer:In = Out;')
    const [first, second] = ['one.hide peer:In = Out;', 'two.show peer:In = Out;']
    const instead = (...methods: string[]): (string | undefined)[] =>
      changes(before, schema('in a:int = In;\nout a:int = Out;', methods.join('\n')))
        .filter(({ kind }) => kind === 'METHOD_REMOVED')
        .map(({ useInstead }) => useInstead)
    expect(instead(first)).toEqual(['one.hide'])
    expect([instead(first, second), instead(second, first)]).toEqual([[undefined], [undefined]])
    const named = ['two.boost other:int = Out;', 'one.boost other:int = Out;'] as const
    expect([instead(first, ...named), instead(...[...named].reverse(), first)]).toEqual([['one.boost'], ['one.boost']])
  })

  it('another result, who may call and what is raised are seen', () => {
    const errors = (callableBy: 'user' | 'both', names: Record<string, number>): object => ({
      errors: { A: { code: 400 }, B: { code: 400 } },
      methods: { write: { callableBy, errors: names } },
    })
    const before = compileSound(BEFORE, { errors: errors('user', { A: 400 }) as never })
    const after = compileSound(BEFORE, { errors: errors('both', { B: 400 }) as never })
    expect(told(diffSchemas(before, after).changes)).toEqual(['CALLABLE_CHANGED write [DOCS]', 'ERRORS_CHANGED write [DOCS]'])
    expect(told(changes('a = A;\n---functions---\nf = A;', 'a = A;\n---functions---\nf = Bool;'))).toEqual(['RESULT_CHANGED f [SOURCE,WIRE]'])
  })

  it('a schema does not differ from itself', () => {
    expect(changes(BEFORE, BEFORE)).toEqual([])
  })
})

describe('what is shown', () => {
  const before = compileSound('in = In;\nout = Out;\n---functions---\na.old x:int = Out;\nb.send in:In = Out;\n// LAYER 1')
  const after = compileSound('in = In;\nout = Out;\n---functions---\nb.old x:int = Out;\nb.send in:In hash:long = Out;\n// LAYER 2')
  const diff = diffSchemas(before, after)

  it('as text, what costs most comes first', () => {
    expect(formatDiff(diff, 'text')).toBe(`METHOD_REMOVED (1): methods that are gone
  a.old  use b.old
ARG_ADDED_REQUIRED (1): new required fields
  b.send.hash  hash:long
ID_CHANGED (1): definitions under a new number
  b.send  #ce93f7f0 -> #95269554
METHOD_ADDED (1): new methods
  b.old
layer 1 -> 2: 2 source-breaking, 1 wire, 1 additive`)
  })

  it('as annotations, each at its line', () => {
    const place = { file: 'tl/a,b.tl', text: 'in = In;\n---functions---\nb.send#95269554 in:In hash:long = Out;' }
    expect(formatDiff(diff, 'github', place)).toBe(`::error file=tl/a%2Cb.tl,title=METHOD_REMOVED::a.old: use b.old
::error file=tl/a%2Cb.tl,line=3,title=ARG_ADDED_REQUIRED::b.send.hash: hash:long
::warning file=tl/a%2Cb.tl,line=3,title=ID_CHANGED::b.send: #ce93f7f0 -> #95269554
::notice title=Schema::layer 1 -> 2: 2 source-breaking, 1 wire, 1 additive`)
  })

  it('as Markdown and as JSON', () => {
    expect(formatDiff(diff, 'markdown')).toContain('| `b.send.hash` | `hash:long` | SOURCE |')
    const parsed = JSON.parse(formatDiff(diff, 'json')) as { from: number; counts: object; changes: Change[] }
    expect(parsed.from).toBe(1)
    expect(parsed.counts).toEqual({ METHOD_REMOVED: 1, ARG_ADDED_REQUIRED: 1, ID_CHANGED: 1, METHOD_ADDED: 1 })
    expect(parsed.changes).toEqual(diff.changes)
  })

  it('a level and a list of names select what counts as breaking', () => {
    expect(told(breakingChanges(diff, 'SOURCE'))).toEqual(['METHOD_REMOVED a.old [SOURCE,WIRE]', 'ARG_ADDED_REQUIRED b.send.hash [SOURCE]'])
    expect(told(breakingChanges(diff, 'SOURCE', ['a.*']))).toEqual(['ARG_ADDED_REQUIRED b.send.hash [SOURCE]'])
    expect(told(breakingChanges(diff, 'WIRE', ['b.send']))).toEqual(['METHOD_REMOVED a.old [SOURCE,WIRE]'])
  })
})

const older = `${process.env.RAWGRAM_SCHEMAS ?? '../shared/schemas'}/grammers-layer222.api.tl`
if (!existsSync(older)) console.log(`${older} is not there, so layers 222 and 228 are not compared`)

describe.runIf(existsSync(older))('layers 222 and 228', () => {
  it('differ in what Telegram changed between them', () => {
    const load = (file: string) => compileSchema([{ name: file, text: readFileSync(file, 'utf8') }]).schema
    const diff = diffSchemas(load(older), load('tl/api.tl'))
    const moved = diff.changes.find(({ name }) => name === 'channels.editCreator')
    expect(moved).toMatchObject({ kind: 'METHOD_REMOVED', useInstead: 'messages.editChatCreator' })
    expect(told(diff.changes)).toContain('RESULT_CHANGED channels.joinChannel [SOURCE,WIRE]')
    // Read, never written: the new field asks nothing of existing code.
    expect(told(diff.changes)).toContain('ARG_ADDED_REQUIRED dialog.unread_poll_votes_count []')
  })
})
