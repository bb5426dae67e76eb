import bigInt from 'big-integer'
import { describe, expect, it } from 'vitest'
import { parsePeerName } from '../../../src/session/peer-name.js'

const username = { kind: 'username', username: 'username' }

describe('what names a peer', () => {
  it.each([
    'username',
    '@username',
    'UserName',
    ' username ',
    't.me/username',
    'https://t.me/username',
    'http://telegram.me/username',
    'https://t.me/@username',
    'https://t.me/username/123',
    'https://t.me/username?start=1',
    'https://username.t.me',
    'tg://resolve?domain=username',
    'https://t.me/s/username',
  ])('%j is a username', (text) => {
    expect(parsePeerName(text)).toEqual(username)
  })
  it.each(['me', 'ME', 'self', 'this'])('%j is the account itself', (text) => {
    expect(parsePeerName(text)).toEqual({ kind: 'self' })
  })
  it.each([
    ['durv', { kind: 'username', username: 'durv' }],
    ['+1 (555) 123-4567', { kind: 'phone', phone: '15551234567' }],
    ['https://t.me/+15551234567', { kind: 'phone', phone: '15551234567' }],
    ['15551234567', { kind: 'unmarked', id: '15551234567' }],
    ['https://t.me/+AbCdEf12_-x', { kind: 'invite', hash: 'AbCdEf12_-x' }],
    ['t.me/joinchat/AAAAAE', { kind: 'invite', hash: 'AAAAAE' }],
    ['tg://join?invite=AAAAAE', { kind: 'invite', hash: 'AAAAAE' }],
    ['https://t.me/c/900/5', { kind: 'id', peer: 'channel', id: '900' }],
  ])('%j is %o', (text, name) => {
    expect(parsePeerName(text)).toEqual(name)
  })
  it.each([
    [777, { kind: 'unmarked', id: '777' }],
    [777n, { kind: 'unmarked', id: '777' }],
    [bigInt(777), { kind: 'unmarked', id: '777' }],
    ['777', { kind: 'unmarked', id: '777' }],
    [-4321, { kind: 'id', peer: 'chat', id: '4321' }],
    ['-100900', { kind: 'id', peer: 'channel', id: '900' }],
    [-1001234567890n, { kind: 'id', peer: 'channel', id: '1234567890' }],
    [-1000123456, { kind: 'id', peer: 'chat', id: '1000123456' }],
  ])('%s is %o', (value, name) => {
    expect(parsePeerName(value)).toEqual(name)
  })
  it.each([
    0,
    1.5,
    Number.NaN,
    '',
    'a',
    'foo@barbaz',
    'two words',
    'https://example.org/username',
    't.me/addstickers/Pack',
    undefined,
    null,
    true,
  ])('%s names nobody', (value) => {
    expect(parsePeerName(value)).toBeUndefined()
  })
})
