import bigInt from 'big-integer'
import { describe, expect, it } from 'vitest'
import { CompactObjects } from '../../../src/tl/compact/objects.js'
import { compactRequests } from '../../../src/tl/compact/requests.js'
import { CompactSchema } from '../../../src/tl/compact/schema.js'
import { DescribedReaders } from '../../../src/tl/described/readers.js'
import type { TlClass, TlObject, TlRequest } from '../../../src/tl/object.js'
import '../../../src/tl/read-long.js'
import { Reader } from '../../../src/tl/reader.js'

const schema = new CompactSchema({
  types: 'User:16|Empty id:l| self?1 id:l name:s?0|=Somebody\nInputPeer|User userId:l\nInputUser| userId:l',
  methods: 'Wrap query:q ?X\nmessages.\nSend silent? message:s randomId:r &o\nForward id:*i randomId:*r =*User',
  ids: { Somebody: 5, Wrap: 7 },
  forms: { InputUser: 'InputPeerUser' },
})

type RequestClass = TlClass & typeof TlRequest
type Fields = Record<string, unknown> & TlObject
/** What a class says of itself. */
const said = ({ className, classType, answer }: TlClass & { answer?: unknown }): object => ({ className, classType, ...(answer !== undefined && { answer }) })
const made = (name: string, args: object): Fields => new (schema.classOf(name))(args) as Fields

describe('a class of a compact schema', () => {
  it('is made once, and says of itself what its line does', () => {
    const User = schema.classOf('User')
    expect(schema.classOf('User')).toBe(User)
    expect({ ...said(User), name: User.name }).toEqual({ className: 'User', name: 'User', classType: 'constructor' })
    expect(schema.ofType('User').map(({ className }) => className)).toEqual(['UserEmpty', 'User', 'Somebody'])
    expect(schema.ofType('Nobody')).toEqual([])
    expect(schema.all()).toHaveLength(5)
    expect([...schema.index.lines.keys()]).toHaveLength(8)
  })

  it('has the id that its line hashes to, unless another is stated', () => {
    expect(schema.classOf('UserEmpty').CONSTRUCTOR_ID).toBe(0xd3bc4b7a)
    expect(schema.classOf('Somebody').CONSTRUCTOR_ID).toBe(5)
  })

  it('takes and writes the fields of its line', () => {
    const user = made('User', { id: 5n, name: 'a' })
    expect(user).toMatchObject({ self: false, id: bigInt(5), name: 'a' })
    expect(user.getBytes().subarray(4).toString('hex')).toBe('01000000' + '0500000000000000' + '01610000')
    expect(() => made('User', { nam: 'a' })).toThrow("user.nam: expected self, id, name, got nam; did you mean 'name'?")
  })

  it('has its flag word in front unless its line has it elsewhere, and counts bits from the last one on', () => {
    const text = new CompactSchema({
      types: 'Bits| a? b:i? c?4 d? e:s?5\nLate| a:i # b?\nTwo| # a? #flags2 b?32 c?\nWord| # a:i\nPlain| a:i',
      ...{ methods: '', ids: {}, forms: {} },
    })
    const bits = (name: string): string => text.classOf(name).fields.map(({ name, bit }) => `${name} ${bit ?? ''}`.trim()).join(', ')
    expect(bits('Bits')).toBe('flags, a 0, b 1, c 4, d 5, e 5')
    expect(bits('Late')).toBe('a, flags, b 0')
    expect(bits('Two')).toBe('flags, a 0, flags2, b 32, c 33')
    expect(bits('Word')).toBe('flags, a')
    expect(bits('Plain')).toBe('a')
  })

  it('is in the namespace whose name was last', () => {
    const { index } = new CompactSchema({
      types: 'Kind|=Other\nauth.\nCode| a:i|Sent a?|=NoCode\nhelp.\nKind|',
      ...{ methods: 'Ping =o\nauth.\nSend =o', ids: {}, forms: {} },
    })
    expect([...index.lines.keys()]).toEqual(['Other', 'auth.Code', 'auth.CodeSent', 'auth.NoCode', 'help.Kind', 'Ping', 'auth.Send'])
    expect([...index.types.keys()]).toEqual(['Kind', 'auth.Code', 'help.Kind'])
  })

  it('is made for methods as well: who may call them and what they answer', () => {
    const [Wrap, Send, Forward] = schema.methods() as unknown as [RequestClass, RequestClass, RequestClass]
    expect([Send, Forward, Wrap].map(({ callableBy }) => callableBy)).toEqual(['both', 'user', 'unknown'])
    expect(said(Send)).toMatchObject({ className: 'messages.Send', classType: 'request', answer: { text: 'Bool' } })
    expect(said(Forward)).toMatchObject({ answer: { text: 'Vector User', itemSize: 16 } })
    expect(Wrap).not.toHaveProperty('answer')
  })

  it('makes up the random ids that it is not given, one for each id that there is', () => {
    const ids = new Set(Array.from({ length: 20 }, () => String(made('messages.Send', { message: '' })['randomId'])))
    expect(ids.size).toBe(20)
    expect(made('messages.Send', { message: '', randomId: 3 })['randomId']).toEqual(bigInt(3))
    const several = made('messages.Forward', { id: [1, 2, 3] })['randomId'] as unknown[]
    expect(new Set(several.map(String)).size).toBe(3)
    expect(made('messages.Forward', { id: [1], randomId: [4] })['randomId']).toEqual([bigInt(4)])
    expect(made('messages.Forward', {})['randomId']).toEqual([])
  })

  it('stands for another where that is wanted, with the id that it has there', () => {
    const peer = new CompactSchema({
      types: 'InputPeer|User userId:l\nInputUser| userId:l\nBox| peer:InputPeer',
      ...{ methods: '', ids: {}, forms: { InputUser: 'InputPeerUser' } },
    })
    expect(peer.methods()).toEqual([])
    const user = new (peer.classOf('InputUser'))({ userId: 1n })
    const box = new (peer.classOf('Box'))({ peer: user })
    const other = new (peer.classOf('InputPeerUser'))({ userId: 1n })
    expect(box.getBytes().subarray(4)).toEqual(other.getBytes())
    expect(user.getBytes()).not.toEqual(other.getBytes())
  })

  it('takes a call inside another, and nothing else', () => {
    const call = made('messages.Send', { message: 'a', randomId: 1 })
    expect(made('Wrap', { query: call }).getBytes().subarray(4)).toEqual(call.getBytes())
    expect(() => made('Wrap', { query: made('Somebody', {}) }).getBytes()).toThrow('wrap.query: expected a method call, got an object of User')
  })
})

describe('objects of a compact schema', () => {
  const objects = new CompactObjects('a schema', schema, new DescribedReaders(schema))
  const bytes = made('User', { id: 5n, name: 'a' }).getBytes()

  it('are read by their id, and refused by it', () => {
    expect(objects.read(new Reader(bytes))).toEqual(made('User', { id: 5n, name: 'a' }))
    const other = made('messages.Send', { message: '', randomId: 1 }).getBytes()
    expect(() => objects.read(new Reader(other))).toThrow(/a schema/)
  })

  it('are read for the classes of the schema and those that extend them, and for no namesakes', () => {
    const User = schema.classOf('User')
    class Mine extends (User as unknown as new (args: object) => object) {}
    const { CONSTRUCTOR_ID } = User
    for (const of of [User, Mine]) expect(objects.find(of as never)!(new Reader(bytes.subarray(4)))).toMatchObject({ name: 'a' })
    expect(objects.find({ CONSTRUCTOR_ID, className: 'User' })).toBeUndefined()
    expect(objects.find(schema.classOf('messages.Send'))).toBeUndefined()
  })
})

it('a call of a compact schema is read with the call inside it', () => {
  const call = made('Wrap', { query: made('messages.Send', { message: 'a', randomId: 1, silent: true }) })
  const requests = compactRequests('a schema', schema)
  expect(requests.read(new Reader(call.getBytes()))).toEqual(call)
  expect(() => requests.read(new Reader(made('Somebody', {}).getBytes()))).toThrow(/the methods of a schema/)
})
