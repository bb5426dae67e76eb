import { describe, expect, it } from 'vitest'
import { compileSchema } from '../../../codegen/compile-schema.js'
import { typePositions } from '../../../codegen/diff/positions.js'
import { indexSchema } from '../../../codegen/ir/lookup.js'
import { camelCase, className, typeIdentifier } from '../../../codegen/ir/names.js'
import { compileSound } from './helpers.js'

describe('names', () => {
  it.each([
    ['messages.getExportedChatInvites', 'GetExportedChatInvites'],
    ['resPQ', 'ResPQ'],
    ['req_pq_multi', 'ReqPqMulti'],
    ['req_DH_params', 'ReqDHParams'],
    ['p_q_inner_data_dc', 'PQInnerDataDc'],
    ['server_DH_params_ok', 'ServerDHParamsOk'],
  ])('%s is the class %s', (tlName, expected) => {
    expect(className(tlName)).toBe(expected)
  })

  it('a boxed type is Type and its name, a field is written in camel case', () => {
    expect(typeIdentifier('messages.ExportedChatInvites')).toBe('TypeExportedChatInvites')
    expect(typeIdentifier('Set_client_DH_params_answer')).toBe('TypeSetClientDHParamsAnswer')
    expect(['offset_date', 'g_a', 'md5_checksum', 'new_nonce_hash1', 'x1'].map(camelCase)).toEqual([
      'offsetDate',
      'gA',
      'md5Checksum',
      'newNonceHash1',
      'x1',
    ])
  })
})

describe('types', () => {
  const schema = compileSound(`
    future_salt since:int = FutureSalt;
    box a:int b:long c:double d:string e:bytes f:int128 g:int256 h:Bool i:# j:Object
      k:FutureSalt l:future_salt m:%FutureSalt n:Vector<long> o:vector<future_salt> p:%Vector<Vector<int>> = Box;
    ---functions---
    call {X:Type} query:!X = X;
    list = Vector<int>;`)
  const { constructors, methods } = indexSchema(schema)

  it('every form of a type is one kind of reference', () => {
    const types = Object.fromEntries(constructors.get('box')!.params.map((param) => [param.name, param.type]))
    for (const [field, name] of Object.entries({ a: 'int', b: 'long', c: 'double', d: 'string', e: 'bytes', f: 'int128', g: 'int256', h: 'Bool', i: '#' })) {
      expect(types[field]).toEqual({ kind: 'primitive', name })
    }
    expect(types.j).toEqual({ kind: 'object' })
    expect(types.k).toEqual({ kind: 'boxed', type: 'FutureSalt' })
    expect(types.l).toEqual({ kind: 'bare', combinator: 'future_salt' })
    expect(types.m).toEqual(types.l)
    expect(types.n).toEqual({ kind: 'vector', bare: false, item: { kind: 'primitive', name: 'long' } })
    expect(types.o).toEqual({ kind: 'vector', bare: true, item: types.l })
    expect(types.p).toEqual({ kind: 'vector', bare: true, item: { kind: 'vector', bare: false, item: types.a } })
  })

  it('a wrapper takes a query and gives its result', () => {
    const call = methods.get('call')!
    expect(call.generics).toEqual(['X'])
    expect(call.params[0]!.type).toEqual({ kind: 'generic', name: 'X', query: true })
    expect(call.result).toEqual({ kind: 'generic', name: 'X', query: false })
  })

  it('subclass ids are the CRC-32 of the result as written', () => {
    expect(compileSound('inputPeerSelf = InputPeer;').combinators[0]!.subclassId).toBe(3374092470)
    expect(methods.get('list')!.subclassId).not.toBe(methods.get('call')!.subclassId)
  })

  it('a line without a number gets the one that it hashes to', () => {
    expect(compileSound('inputPeerSelf = InputPeer;').combinators[0]).toMatchObject({
      id: 0x7da07ec9,
      crcVerified: true,
      line: 'inputPeerSelf#7da07ec9 = InputPeer;',
    })
  })

  it('is frozen plain data that JSON keeps whole', () => {
    expect(Object.isFrozen(schema.combinators[1]!.params[0]!.type)).toBe(true)
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema)
  })

  it('leaves out what the codec knows itself', () => {
    const { combinators, types } = compileSound(
      'int ? = Int;\nbytes = Bytes;\nboolFalse = Bool;\nboolTrue = Bool;\ntrue = True;\nvector {t:Type} # [ t ] = Vector t;\nint128 4*[ int ] = Int128;\na = A;',
    )
    expect(combinators.map((combinator) => combinator.tlName)).toEqual(['a'])
    expect(types.map((type) => type.tlName)).toEqual(['A'])
  })
})

describe('flags', () => {
  it('fields that share a bit are one decision, in each of several words', () => {
    const schema = compileSound(
      'user flags:# self:flags.10?true date:flags.2?int flags2:# link:flags.2?string color:flags2.0?int last:flags2.31?Bool = User;',
    )
    const [user] = schema.combinators
    expect(user!.flagWords).toEqual([
      {
        tlName: 'flags',
        name: 'flags',
        bits: [
          { bit: 2, fields: ['date', 'link'], tied: true },
          { bit: 10, fields: ['self'], tied: false },
        ],
      },
      {
        tlName: 'flags2',
        name: 'flags2',
        bits: [
          { bit: 0, fields: ['color'], tied: false },
          { bit: 31, fields: ['last'], tied: false },
        ],
      },
    ])
    expect(user!.params.filter((param) => param.isFlagWord).map((param) => param.name)).toEqual(['flags', 'flags2'])
  })

  it('a number that is no flag word stays a field, and an unused flag word is still one', () => {
    const [a] = compileSound('a count:# flags:# x:int = A;').combinators
    expect(a!.params.map((param) => param.isFlagWord)).toEqual([false, true, false])
    expect(a!.flagWords).toEqual([{ tlName: 'flags', name: 'flags', bits: [] }])
  })
})

describe('groups of types', () => {
  it('types that refer to each other in a circle form one group, after the groups that they need', () => {
    const { groups } = compileSound(`
      page blocks:Vector<Block> author:User = Page;
      block items:Vector<Item> = Block;
      itemText text:string = Item;
      itemBlocks blocks:Vector<Block> = Item;
      tree left:Tree = Tree;
      leaf = Tree;
      user id:long = User;
      pair a:salt = Pair;
      salt n:int = Salt;`)
    expect(groups).toEqual([
      { types: ['Block', 'Item'], recursive: true },
      { types: ['User'], recursive: false },
      { types: ['Page'], recursive: false },
      { types: ['Tree'], recursive: true },
      { types: ['Salt'], recursive: false },
      { types: ['Pair'], recursive: false },
    ])
  })
})

describe('the error table', () => {
  const errors = {
    errors: { 'FLOOD_WAIT_%d': { code: 420, argument: 'seconds', general: true }, CHAT_INVALID: { code: 400 } },
    methods: { 'messages.read': { callableBy: 'user' as const, errors: { 'FLOOD_WAIT_%d': 420, CHAT_INVALID: 500 } } },
  }
  it('joins who may call a method and what it raises, with the code seen there', () => {
    const schema = compileSound('---functions---\nmessages.read = Bool;\nmessages.write = Bool;', { errors })
    const { methods, errors: facts } = indexSchema(schema)
    expect(methods.get('messages.read')).toMatchObject({
      callableBy: 'user',
      errors: [
        { name: 'CHAT_INVALID', code: 500 },
        { name: 'FLOOD_WAIT_%d', code: 420 },
      ],
    })
    expect(methods.get('messages.write')).toMatchObject({ callableBy: 'unknown', errors: [] })
    expect(facts.get('FLOOD_WAIT_%d')).toEqual({ name: 'FLOOD_WAIT_%d', code: 420, argument: 'seconds', general: true })
  })
})

it('types in a chain of any length are grouped, each after the one that it needs', () => {
  const length = 20_000
  const lines = Array.from({ length }, (_, index) => `c${index} x:C${index + 1} = C${index};`)
  const { schema, ok } = compileSchema([{ name: 'chain.tl', text: `${lines.join('\n')}\nc${length} = C${length};` }])
  expect(ok).toBe(true)
  expect(schema.groups.map(({ types }) => types[0])).toEqual(Array.from({ length: length + 1 }, (_, index) => `C${length - index}`))
  expect(typePositions(schema).inputs.size).toBe(length + 1)
})
