import { mkdtempSync, rmSync, statSync, writeFileSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AuthKey } from '../../../src/session/auth-key.js'
import { EntityRows } from '../../../src/session/entity-rows.js'
import { MemorySession } from '../../../src/session/memory-session.js'
import { StoreSession } from '../../../src/session/store-session.js'

const key = new Uint8Array(256).fill(9)
const user = { className: 'User', id: 777, accessHash: '-42', username: 'UserName', phone: '+1 555' }
let previous: string
let folder: string

beforeEach(() => {
  previous = process.cwd()
  folder = mkdtempSync(join(tmpdir(), 'rawgram-session-'))
  process.chdir(folder)
})
afterEach(() => {
  process.chdir(previous)
  rmSync(folder, { recursive: true })
})

describe('a stored session', () => {
  it('finds key, address, peers by username and the state of updates again in the next run', async () => {
    const first = new StoreSession('account')
    await first.load()
    first.setDC(2, '127.0.0.1', 443)
    first.authKey = new AuthKey(key)
    first.processEntities({ users: [user] })
    first.updateState = { pts: 5, qts: 1, date: 2, seq: 3, channels: { 900: 4 } }
    first.close()
    const second = new StoreSession('account')
    await second.load()
    expect([second.dcId, second.serverAddress, second.port]).toEqual([2, '127.0.0.1', 443])
    expect(second.authKey?.getKey()).toEqual(Buffer.from(key))
    expect(second.findEntity({ username: 'username' })).toMatchObject({ kind: 'user', id: '777', accessHash: '-42' })
    expect(second.updateState).toEqual({ pts: 5, qts: 1, date: 2, seq: 3, channels: { 900: 4 } })
    expect(statSync('account/account%3AauthKey').mode & 0o077).toBe(0)
  })
  it('reads peers that were stored one by one, by id and by username', async () => {
    mkdirSync('old')
    writeFileSync('old/old%3A777', JSON.stringify(['777', '-42', 'UserName', null, 'A Name', '1']))
    writeFileSync('old/old%3A-100900', JSON.stringify(['-100900', '7', null, null, 'Channel', '1']))
    const session = new StoreSession('old')
    await session.load()
    expect(session.findEntity({ username: 'USERNAME' })).toMatchObject({ id: '777', accessHash: '-42' })
    expect(session.findEntity({ kind: 'channel', id: '900' })).toMatchObject({ accessHash: '7' })
  })
  it('says which part is damaged', async () => {
    mkdirSync('bad')
    writeFileSync('bad/bad%3AdcId', '{')
    await expect(new StoreSession('bad').load()).rejects.toThrow(/bad:dcId is not JSON/)
  })
  it('leaves nothing behind after delete()', async () => {
    const session = new StoreSession('gone')
    session.setDC(2, '127.0.0.1', 443)
    session.setAuthKey(new AuthKey(key))
    session.delete()
    const again = new StoreSession('gone')
    await again.load()
    expect(again.authKey).toBeUndefined()
  })
  it.each(['session', '', '../outside', 'a/../../b'])('cannot be named %j', (name) => {
    expect(() => new StoreSession(name)).toThrow(/cannot name a stored session/)
  })
})

describe('remembered peers', () => {
  it('are replaced by newer ones, and a username follows the peer that has it now', () => {
    const session = new MemorySession()
    session.processEntities([user])
    session.processEntities({ user: { ...user, accessHash: '43' } })
    expect(session.findEntity({ kind: 'user', id: '777' })).toMatchObject({ accessHash: '43' })
    session.processEntities({
      chats: [
        {
          className: 'Channel',
          id: 9,
          accessHash: 1,
          usernames: [
            { username: 'UserName', active: true },
            { username: 'sold', active: false },
          ],
        },
      ],
    })
    expect(session.findEntity({ username: 'username' })).toMatchObject({ kind: 'channel', id: '9' })
    expect(session.findEntity({ username: 'sold' })).toBeUndefined()
    session.processEntities([{ ...user, username: 'other' }])
    expect(session.findEntity({ username: 'username' })).toMatchObject({ kind: 'channel' })
    expect(session.findEntity({ phone: '1555' })).toMatchObject({ kind: 'user' })
  })
  it('are never matched by a display name, and min objects do not count', () => {
    const session = new MemorySession()
    session.processEntities([
      { ...user, username: undefined, firstName: 'username' },
      { ...user, id: 8, min: true },
    ])
    expect(session.findEntity({ username: 'username' })).toBeUndefined()
    expect(session.findEntity({ kind: 'user', id: '8' })).toBeUndefined()
  })
  it('are bounded: the row that was not written for the longest time goes first', () => {
    const rows = new EntityRows(2)
    for (const id of ['1', '2', '1', '3'])
      rows.put({ kind: 'user', id, accessHash: '0', usernames: [`u${id}`], phone: undefined })
    expect(rows.size).toBe(2)
    expect(rows.find({ username: 'u2' })).toBeUndefined()
    expect(rows.find({ username: 'u1' })).toBeDefined()
  })
})

describe('a stored session that somebody damaged', () => {
  it.each([
    ['dcId', '"2"'],
    ['dcId', '{}'],
    ['port', '65536'],
    ['serverAddress', '5'],
    ['authKey', '{"data":"abc"}'],
    ['entities', '{}'],
    ['entities', '[null]'],
    ['entities', '[{"kind":"user","id":"1"}]'],
    ['updateState', '[]'],
    ['updateState', '{"pts":1,"qts":1,"date":1,"seq":0}'],
    ['777', '{"a":1}'],
  ])('is refused by the name of the part: %s is %s', async (name, text) => {
    mkdirSync('account')
    writeFileSync(`account/account%3A${name}`, text)
    await expect(new StoreSession('account').load()).rejects.toThrow(
      `the stored session is damaged: account:${name} has not the form in which sessions are stored`,
    )
  })
  it('is read past files of others and past parts that say null', async () => {
    mkdirSync('account')
    writeFileSync('account/100%', 'a name that is no URI component')
    writeFileSync('account/account%3AauthKey', 'null')
    const session = new StoreSession('account')
    await session.load()
    expect(session.authKey).toBeUndefined()
    session.delete()
  })
})
