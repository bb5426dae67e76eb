import { describe, expect, it } from 'vitest'
import { TelegramClient } from '../../../src/client/telegram-client.js'
import { StringSession } from '../../../src/session/string-session.js'
import { makeClient, serveStrictly } from './strict-server.js'

serveStrictly()

describe('options', () => {
  it.each<[string, () => unknown, RegExp]>([
    ['no apiId', () => new TelegramClient(new StringSession(''), 0, 'hash', {}), /apiId must be/],
    ['no session', () => new TelegramClient('', 1, 'hash', {}), /session: expected/],
    [
      'another class as transport',
      () => makeClient({ connection: class {} as never }),
      /connection: expected a transport/,
    ],
    ['a damaged server key', () => makeClient({ serverKeys: ['x'] }), /PEM/i],
    ['a timeout of text', () => makeClient({ timeout: '10' as never }), /timeout: expected a positive number/],
    ['a proxy without a port', () => makeClient({ proxy: { ip: '127.0.0.1', socksType: 5 } as never }), /proxy\.port/],
    [
      'a damaged proxy secret',
      () => makeClient({ proxy: { ip: '127.0.0.1', port: 1, secret: 'zz', MTProxy: true } }),
      /secret/,
    ],
  ])('that are wrong are refused by name: %s', (_name, make, message) => {
    expect(make).toThrow(message)
  })
})

describe('options that are no numbers', () => {
  it.each([
    'floodSleepThreshold',
    'requestRetries',
    'connectionRetries',
    'retryDelay',
    'maxConcurrentDownloads',
  ])('%s is refused by name', (name) => {
    expect(() => makeClient({ [name]: Number.NaN })).toThrow(`${name}: expected a number, got NaN`)
    expect(() => makeClient({ [name]: 'many' as never })).toThrow(`${name}: expected a number, got "many"`)
  })
  it('a logger without its methods and keys without a list are refused, no proxy is none', async () => {
    expect(() => makeClient({ baseLogger: {} as never })).toThrow('baseLogger: expected a logger with error, warn')
    expect(() => makeClient({ serverKeys: 'pem' as never })).toThrow('serverKeys: expected an array of PEM texts')
    await using client = makeClient({ proxy: null as never })
    expect(await client.connect()).toBe(true)
  })
})
