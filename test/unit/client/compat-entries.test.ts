import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { entries, exportsMap } from '../../../scripts/entries.js'

/** Paths behind `telegram/` in public repositories; `client/TelegramClient(.js)` stands for two. */
const SEEN = `index index.js sessions(.js) sessions/ sessions/index.js sessions/StringSession(.js) events events/index.js
  events/NewMessage(.js) events/CallbackQuery(.js) events/Album(.js) events/EditedMessage(.js) events/DeletedMessage(.js)
  events/Raw(.js) events/common(.js) tl tl/index.js tl/api(.js) tl/AllTLObjects(.js) tl/custom/button(.js)
  tl/custom/dialog(.js) client client/uploads(.js) client/TelegramClient(.js) client/messages client/messageParse
  client/auth extensions extensions/html(.js) extensions/markdown
  extensions/Logger(.js) extensions/PromisedWebSockets network network/index.js network/connection/TCPObfuscated
  network/MTProtoSender network/RequestState errors Helpers(.js) Utils(.js) Password(.js) define(.js)
  crypto/AuthKey crypto/IGE crypto/CTR crypto/RSA crypto/Factorizator`
  .split(/\s+/)
  .flatMap((path) => (path.endsWith('(.js)') ? [path.slice(0, -5), path.replace(/[()]/g, '')] : [path]))

/** As Node finds a path in `exports`: by itself, or by a pattern with one star. */
function resolves(specifier: string): boolean {
  const map = exportsMap()
  if (specifier in map && !specifier.endsWith('/')) return true
  return Object.keys(map).some((key) => {
    const [before, after] = key.split('*')
    if (after === undefined || specifier.length < key.length) return false
    return specifier.startsWith(before!) && specifier.endsWith(after)
  })
}

type Module = Record<string, unknown>

async function load(specifier: string): Promise<Module> {
  const { source } = entries().find((entry) => entry.specifier === specifier)!
  return (await import(fileURLToPath(new URL(`../../../${source}`, import.meta.url)))) as Module
}

describe('the paths that existing code imports', () => {
  it.each(SEEN)('%s is one of the package', (path) => {
    expect(resolves(`./${path}`)).toBe(true)
  })
  it('are what package.json says', () => {
    const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as Module
    expect(manifest['exports']).toEqual(exportsMap())
    expect(resolves('./sessions/Nothing')).toBe(false)
    expect(resolves('./chunks/types')).toBe(false)
  })
  it('give the same classes as the root', async () => {
    const root = (await load('.')) as Record<string, Module>
    const same: readonly (readonly [specifier: string, name: string, from: Module | undefined])[] = [
      ['./sessions/StringSession', 'StringSession', root['sessions']],
      ['./sessions/StoreSession', 'StoreSession', root['sessions']],
      ['./sessions/Memory', 'MemorySession', root['sessions']],
      ['./sessions/Abstract', 'Session', root['sessions']],
      ['./client/TelegramClient', 'TelegramClient', root],
      ['./client/telegramBaseClient', 'TelegramBaseClient', { TelegramBaseClient: Object.getPrototypeOf(root['TelegramClient']) }],
      ['./client/updates', 'StopPropagation', root['events']],
      ['./extensions/BinaryReader', 'BinaryReader', root['extensions']],
      ['./extensions/BinaryWriter', 'BinaryWriter', root['extensions']],
      ['./extensions/PromisedWebSockets', 'PromisedWebSockets', root['extensions']],
      ['./extensions/PromisedNetSockets', 'PromisedNetSockets', root['extensions']],
      ['./network/connection/Connection', 'Connection', root],
      ['./Version', 'version', root],
    ]
    for (const [specifier, name, from] of same) {
      const value = (await load(specifier))[name]
      expect(value, specifier).toBeDefined()
      expect(value, specifier).toBe(from![name])
    }
    const network = await load('./network')
    for (const transport of ['Full', 'Abridged', 'Obfuscated']) {
      const entry = await load(`./network/connection/TCP${transport}`)
      expect(entry[`ConnectionTCP${transport}`]).toBe(network[`ConnectionTCP${transport}`])
    }
    const mtproxy = await load('./network/connection/TCPMTProxy')
    expect(mtproxy['ConnectionTCPMTProxyAbridged']).toBe(network['ConnectionTCPMTProxyAbridged'])
  })
  it.each([
    ['./client/messages', 'sendMessage editMessage deleteMessages forwardMessages pinMessage unpinMessage markAsRead iterMessages getMessages'],
    ['./client/dialogs', 'iterDialogs getDialogs'],
    ['./client/downloads', 'downloadProfilePhoto'],
    ['./client/chats', 'iterParticipants getParticipants kickParticipant'],
  ])('%s calls the methods of the client', async (specifier, names) => {
    const module = await load(specifier)
    for (const name of names.split(' ')) {
      const client = { [name]: (...args: unknown[]) => [name, ...args] }
      const call = module[name] as (...args: unknown[]) => unknown
      expect((call(client, 'peer', {}) as unknown[]).slice(0, 2)).toEqual([name, 'peer'])
    }
  })
  it.each([
    ['./client/updates', 'on', /use addEventHandler/],
    ['./network/MTProtoSender', 'MTProtoSender', /there is no MTProtoSender: give invoke\(\)/],
    ['./network/RequestState', 'RequestState', /there is no RequestState: await/],
  ])('%s says what to use in place of %s', async (specifier, name, advice) => {
    const Value = (await load(specifier))[name] as new (...args: unknown[]) => unknown
    const isClass = /^[A-Z]/.test(name)
    const call = isClass ? () => new Value({}) : () => (Value as unknown as (...args: unknown[]) => unknown)({}, 'peer')
    expect(call).toThrow(advice)
  })
})

describe('the functions of client/...', () => {
  it('call the method of the client, with its arguments', async () => {
    const calls: unknown[][] = []
    const client = new Proxy({}, { get: (_, name) => (...args: unknown[]) => calls.push([name, ...args]) })
    const called = async (specifier: string, name: string, ...args: unknown[]): Promise<unknown> => {
      calls.length = 0
      await ((await load(specifier))[name] as (...args: unknown[]) => unknown)(client, ...args)
      return calls
    }
    const credentials = { apiId: 1, apiHash: 'hash' }
    expect(await called('./client/auth', 'start', {})).toEqual([['start', {}]])
    expect(await called('./client/auth', 'checkAuthorization')).toEqual([['checkAuthorization']])
    expect(await called('./client/auth', 'sendCode', credentials, '+1')).toEqual([['sendCode', credentials, '+1', false]])
    for (const name of ['signInUser', 'signInUserWithQrCode', 'signInWithPassword', 'signInBot'])
      expect(await called('./client/auth', name, credentials, {})).toEqual([[name, credentials, {}]])
    expect(await called('./client/2fa', 'updateTwoFaSettings', {})).toEqual([['updateTwoFaSettings', {}]])
    expect(await called('./client/users', 'invoke', 'request', 4)).toEqual([['invoke', 'request', 4]])
    expect(await called('./client/users', 'getMe')).toEqual([['getMe']])
    expect(await called('./client/users', 'getMe', true)).toEqual([['getMe', true]])
    for (const name of ['isBot', 'isUserAuthorized']) expect(await called('./client/users', name)).toEqual([[name]])
    for (const name of ['getEntity', 'getInputEntity'])
      expect(await called('./client/users', name, 'me')).toEqual([[name, 'me']])
    expect(await called('./client/users', 'getPeerId', 'me')).toEqual([['getPeerId', 'me', true]])
    expect(await called('./client/updates', 'addEventHandler', 'f')).toEqual([['addEventHandler', 'f']])
    expect(await called('./client/updates', 'addEventHandler', 'f', 'e')).toEqual([['addEventHandler', 'f', 'e']])
    expect(await called('./client/updates', 'removeEventHandler', 'f', 'e')).toEqual([['removeEventHandler', 'f', 'e']])
    expect(await called('./client/updates', 'listEventHandlers')).toEqual([['listEventHandlers']])
    expect(await called('./client/updates', 'catchUp')).toEqual([['catchUp']])
    expect(await called('./client/downloads', 'iterDownload', {})).toEqual([['iterDownload', {}]])
    expect(await called('./client/downloads', 'downloadFileV2', 'l')).toEqual([['downloadFile', 'l', {}]])
    expect(await called('./client/downloads', 'downloadMedia', 'm', 'path')).toEqual([
      ['downloadMedia', 'm', { outputFile: 'path' }],
    ])
  })
})
