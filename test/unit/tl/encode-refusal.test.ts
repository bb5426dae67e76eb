import { describe, expect, it } from 'vitest'
import { TlEncodeError } from '../../../src/errors/codec.js'
import { formatPath, Misfit, refusal, refuse, snakeCase, tlName } from '../../../src/tl/encode-refusal.js'
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
    expect(formatPath('', ['users', 0])).toBe('users[0]')
    expect(formatPath('', [2, 'id'])).toBe('[2].id')
    expect(formatPath('root', [])).toBe('root')
  })
})

describe('a refusal', () => {
  it('says path, expected and got in one line, and holds them', () => {
    const error = refusal('a.b', 'an int', '"x"')
    expect(error).toBeInstanceOf(TlEncodeError)
    expect(error.message).toBe('a.b: expected an int, got "x"')
    expect([error.path, error.expected, error.got]).toEqual(['a.b', 'an int', '"x"'])
  })

  it('says what to do behind a semicolon', () => {
    expect(refusal('a', 'b', 'c', 'do d').message).toBe('a: expected b, got c; do d')
  })

  it('has no colon without a path', () => {
    expect(refusal('', 'b', 'c').message).toBe('expected b, got c')
  })

  it('of a value tells what it is, and of a missing one that it is missing', () => {
    const wrong = thrownBy(Misfit, () => refuse('an int', 'x', 'give one'))
    expect(wrong.message).toBe('expected an int, got "x"; give one')
    const { path, expected, got, advice, shared } = wrong
    expect([path, expected, got, advice, shared]).toEqual([undefined, 'an int', '"x"', 'give one', undefined])
    expect(thrownBy(Misfit, () => refuse('an int', false)).message).toBe('expected an int, got false')
    const missing = thrownBy(Misfit, () => refuse('an int', undefined, 'give one'))
    expect(missing.message).toBe('expected an int, got undefined; it is missing')
    expect(thrownBy(Misfit, () => refuse('an int', null)).advice).toBe('it is missing')
  })
})
