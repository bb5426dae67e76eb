import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compileSchema } from '../../../codegen/compile-schema.js'
import { pruneSchema } from '../../../codegen/ir/prune.js'
import { definitionsOf } from '../../../codegen/text/ast.js'
import { DiagnosticList } from '../../../codegen/text/diagnostic.js'
import { parseSchema } from '../../../codegen/text/parser.js'
import { compileSound } from './helpers.js'

const { schema: api } = compileSchema([{ name: 'api.tl', text: readFileSync('tl/api.tl', 'utf8') }])

describe('a schema pruned to what is wanted', () => {
  const schema = compileSound(`
    userEmpty = User;
    user photo:Photo = User;
    photo size:size = Photo;
    size w:int = Size;
    peer = Peer;
    a.thing peer:Peer = a.Thing;
    ---functions---
    getUsers ids:Vector<int> = Vector<User>;
    a.get = a.Thing;
    a.set thing:a.Thing = Bool;
    call {X:Type} query:!X = X;`)
  const names = (...patterns: string[]): string[] => pruneSchema(schema, patterns).schema.combinators.map(({ tlName }) => tlName)

  it('keeps a method with its arguments, its result and all that they hold', () => {
    expect(names('getUsers')).toEqual(['userEmpty', 'user', 'photo', 'size', 'getUsers'])
    expect(names('a.set')).toEqual(['peer', 'a.thing', 'a.set'])
  })

  it('takes a namespace, a type, a constructor and a wrapper', () => {
    expect(names('a.*')).toEqual(['peer', 'a.thing', 'a.get', 'a.set'])
    expect(names('a.Thing')).toEqual(['peer', 'a.thing'])
    expect(names('user')).toEqual(['userEmpty', 'user', 'photo', 'size'])
    expect(names('call', 'peer')).toEqual(['peer', 'call'])
  })

  it('keeps order, namespaces and groups consistent with what is left', () => {
    const { schema: pruned } = pruneSchema(schema, ['a.get', 'getUsers'])
    expect(pruned.namespaces).toEqual(['', 'a'])
    expect(pruned.groups.flatMap((group) => group.types).sort()).toEqual(pruned.types.map((type) => type.tlName).sort())
    expect(pruneSchema(schema, ['getUsers']).schema.namespaces).toEqual([''])
  })

  it('says which pattern matches nothing, and what may have been meant', () => {
    expect(pruneSchema(schema, ['getUser', 'b.*']).unmatched).toEqual([
      { pattern: 'getUser', nearest: 'getUsers' },
      { pattern: 'b.*', nearest: 'a.*' },
    ])
  })

  it('everything is everything', () => {
    expect(pruneSchema(schema, ['*']).schema).toEqual(schema)
  })

  it('what is left of the API compiles by itself', () => {
    const { schema: pruned } = pruneSchema(api, ['messages.getExportedChatInvites', 'updates.*'])
    expect(pruned.combinators.length).toBeGreaterThan(500)
    const lines = (kind: string): string => pruned.combinators.filter((combinator) => combinator.kind === kind).map(({ line }) => line).join('\n')
    const text = `${lines('constructor')}\n---functions---\n${lines('method')}\n// LAYER 228`
    expect(compileSound(text)).toEqual(pruned)
    expect(definitionsOf(parseSchema({ name: 'pruned.tl', text }, new DiagnosticList()))).toHaveLength(pruned.combinators.length)
  })
})
