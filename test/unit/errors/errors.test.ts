import { describe, expect, it } from 'vitest'
import { TlDecodeError, TlEncodeError } from '../../../src/errors/codec.js'
import { LocalError, RemoteError, TransportError } from '../../../src/errors/errors.js'
import { describe as picture } from '../../../src/errors/evidence.js'

describe('errors', () => {
  it('carry their evidence and their name, and are told apart by instanceof', () => {
    const error = new TlEncodeError('limit: expected int, got "100"', { path: 'messages.getHistory.limit', expected: 'int', got: '"100"' })
    expect(error).toBeInstanceOf(LocalError)
    expect(error).not.toBeInstanceOf(RemoteError)
    expect(error).toMatchObject({ name: 'TlEncodeError', failure: 'encode', path: 'messages.getHistory.limit', expected: 'int', got: '"100"' })
    const decode = new TlDecodeError('cut short', { offset: 12, constructorId: 0x05162463 })
    expect(decode).toBeInstanceOf(RemoteError)
    expect(decode).toMatchObject({ name: 'TlDecodeError', failure: 'decode', offset: 12, constructorId: 0x05162463 })
  })
  it('of the transport keep the number that the peer sent', () => {
    expect(new TransportError('transport-error', 'the server sent -404', { transportCode: -404 }).transportCode).toBe(-404)
  })
})

describe('pictures of values for messages', () => {
  it.each([
    ['100', '"100"'],
    [10n, '10n'],
    [1.5, '1.5'],
    [-0, '-0'],
    [undefined, 'undefined'],
    [null, 'null'],
    [[1, 2], 'an array of 2'],
    [new Uint8Array(3), '3 bytes'],
    [{}, 'a plain object'],
    [new Date(0), 'an instance of Date'],
    [{ className: 'InputPeerSelf' }, 'InputPeerSelf'],
    [Symbol('s'), 'a symbol'],
    [Math.max, 'a function'],
  ])('%o is shown as %s', (value, text) => {
    expect(picture(value)).toBe(text)
  })
  it('are cut when they are long', () => {
    expect(picture('x'.repeat(500)).length).toBeLessThan(90)
  })
})
