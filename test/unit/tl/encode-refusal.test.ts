import { describe, expect, it } from 'vitest'
import { TlEncodeError } from '../../../src/errors/codec.js'
import { formatPath, refusal, refuse, snakeCase, tlName } from '../../../src/tl/encode-refusal.js'
import type { Misfit } from '../../../src/tl/encode-refusal.js'
import { thrownBy } from './written.js'

describe('names as the schema has them', () => {
  it.each([
    ['messages.SendMessage', 'messages.sendMessage'],
    ['InputPeerSelf', 'inputPeerSelf'],
    ['a.b.Deep', 'a.b.deep'],
    ['X', 'x'],
    ['', ''],
  ])('the class %j is the combinator %j', (className, name) => {
    expect(tlName(className)).toBe(name)
  })

  it.each([
    ['offsetDate', 'offset_date'],
    ['p2pAllowed', 'p2p_allowed'],
    ['replyToMsgId', 'reply_to_msg_id'],
    ['Id', 'Id'],
    ['aBC', 'a_bC'],
    ['x9Y', 'x9_y'],
    ['x0Y', 'x0_y'],
    ['zAaZ', 'z_aa_z'],
    ['peer', 'peer'],
  ])('the property %j is the field %j', (property, field) => {
    expect(snakeCase(property)).toBe(field)
  })

  it('a path joins fields by dots and indices by brackets', () => {
    expect(formatPath('a.b', ['users', 3, 'first_name'])).toBe('a.b.users[3].first_name')
    expect(formatPath('a.Bc', ['users', 3, 'firstName'])).toBe('a.bc.users[3].first_name')
    expect(formatPath('', ['users', 0])).toBe('users[0]')
    expect(formatPath(undefined, ['firstName'])).toBe('first_name')
    expect(formatPath('', [2, 'id'])).toBe('[2].id')
    expect(formatPath('root', [])).toBe('root')
  })
})

describe('a refusal', () => {
  it('says path, expected and got in one line, and holds them', () => {
    const error = refusal('an int', '"x"', undefined, 'a.b')
    expect(error).toBeInstanceOf(TlEncodeError)
    expect(error.message).toBe('a.b: expected an int, got "x"')
    expect([error.path, error.expected, error.got]).toEqual(['a.b', 'an int', '"x"'])
  })

  it('says what to do behind a semicolon', () => {
    expect(refusal('b', 'c', 'do d', 'a').message).toBe('a: expected b, got c; do d')
  })

  it('has no colon without a path', () => {
    expect(refusal('b', 'c').message).toBe('expected b, got c')
  })

  it('shows what it knows, and nothing that only the writer needs', () => {
    expect({ ...refusal('an int', '"x"', undefined, 'a.b') }).toEqual({
      name: 'TlEncodeError',
      failure: 'encode',
      path: 'a.b',
      expected: 'an int',
      got: '"x"',
    })
    expect(Object.keys(refusal('an int', '"x"', undefined, 'a.b'))).not.toContain('advice')
    expect(refusal('an int', '"x"', 'do c', 'a.b').advice).toBe('do c')
  })

  it('of a value tells what it is, and of a missing one that it is missing', () => {
    const refused = (expected: string, value: unknown): Misfit =>
      thrownBy(TlEncodeError, () => refuse(expected, value)) as Misfit
    const wrong = refused('an int', 'x')
    expect(wrong.message).toBe('expected an int, got "x"')
    const { path, expected, got, advice, present } = wrong
    expect([path, expected, got, advice, present]).toEqual([undefined, 'an int', '"x"', '', undefined])
    expect(refused('an int', false).message).toBe('expected an int, got false')
    const missing = refused('an int', undefined)
    expect(missing.message).toBe('expected an int, got undefined; it is missing')
    expect(refused('an int', null).advice).toBe('it is missing')
  })

  it('of something that stands for a peer says who looks it up, unless there is something better to say', () => {
    for (const type of ['InputPeer', 'InputUser', 'InputChannel']) {
      const { message } = refusal(type, '"me"')
      expect(message).toBe(`expected ${type}, got "me"; client.invoke resolves names, ids and entities, getBytes() cannot`)
      expect(refusal(type, 'undefined', 'it is missing').message).toBe(`expected ${type}, got undefined; it is missing`)
    }
    for (const type of ['InputPeers', 'Peer', 'MyInputUser']) expect(refusal(type, '5').message).toBe(`expected ${type}, got 5`)
  })
})
