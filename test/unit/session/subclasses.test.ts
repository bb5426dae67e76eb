import bigInt from 'big-integer'
import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { AuthKey } from '../../../src/session/auth-key.js'
import { MemorySession } from '../../../src/session/memory-session.js'
import { StringSession } from '../../../src/session/string-session.js'

const key = Uint8Array.from({ length: 256 }, (_, i) => (i * 7 + 3) & 255)
const address = '149.154.167.50'

function text(): string {
  const session = new StringSession('')
  session.setDC(4, address, 443)
  session.setAuthKey(new AuthKey(key))
  return session.save()
}

describe('a subclass of a session, as existing code writes it', () => {
  /** Loads what it keeps into the fields that begin with `_`, in some order. */
  class KeptSession extends MemorySession {
    readonly #order: readonly ('key' | 'dc')[]

    constructor(order: readonly ('key' | 'dc')[]) {
      super()
      this.#order = order
    }

    override async load(): Promise<void> {
      for (const what of this.#order) {
        if (what === 'dc') {
          this._dcId = 4
          this._serverAddress = address
          this._port = 443
        } else {
          this._authKey = new AuthKey()
          await this._authKey.setKey(key)
        }
      }
    }
  }

  it.each([[['key', 'dc']], [['dc', 'key']]] as const)('may set the fields of the base class: %j', async (order) => {
    const session = new KeptSession(order)
    await session.load()
    expect(session).toMatchObject({ dcId: 4, serverAddress: address, port: 443 })
    expect(session.authKey?.getKey()).toEqual(Buffer.from(key))
    expect(session.getAuthKey(4)).toBe(session.authKey)
    expect(session.getAuthKey(0)).toBeUndefined()
    session.setDC(2, '149.154.167.51', 443)
    expect(session.authKey).toBeUndefined()
  })

  it('has none of its methods called before it has its own fields', () => {
    class WatchedSession extends StringSession {
      readonly calls: string[] = []

      override setDC(dcId: number, serverAddress: string, port: number): void {
        super.setDC(dcId, serverAddress, port)
        this.calls.push('setDC')
      }

      override setAuthKey(authKey?: AuthKey, dcId?: number): void {
        super.setAuthKey(authKey, dcId)
        this.calls.push('setAuthKey')
      }
    }
    const session = new WatchedSession(text())
    expect(session.calls).toEqual([])
    expect(session.save()).toBe(text())
    session.setDC(4, address, 443)
    session.setAuthKey(new AuthKey(key), 4)
    expect(session.calls).toEqual(['setDC', 'setAuthKey'])
  })
})

describe('getInputEntity of a session', () => {
  const session = new MemorySession()
  session.processEntities([
    new Api.User({ id: 5, accessHash: 7, username: 'UserName', phone: '15551234567' }),
    new Api.Channel({ id: 1_234_567_890, accessHash: 9, title: 't', photo: new Api.ChatPhotoEmpty(), date: 0 }),
  ])
  const user = new Api.InputPeerUser({ userId: 5, accessHash: 7 })
  it.each([
    ['a username', 'username'],
    ['a username with @', '@UserName'],
    ['a phone number', '+1 555 123-45-67'],
    ['a number', 5],
    ['a big-integer', bigInt(5)],
    ['a Peer', new Api.PeerUser({ userId: 5 })],
    ['an entity', new Api.User({ id: 5, accessHash: 7 })],
    ['an InputPeer', user],
  ])('finds what it has met by %s', (_, entity) => {
    expect(session.getInputEntity(entity)).toEqual(user)
  })
  it('finds channels by their marked id', () => {
    expect(session.getInputEntity('-1001234567890')).toMatchObject({ className: 'InputPeerChannel', accessHash: bigInt(9) })
  })
  it('says who can be asked for what it has not met', () => {
    expect(() => session.getInputEntity('stranger')).toThrow(
      'this session has not met "stranger"; ask client.getInputEntity() for it',
    )
    expect(() => session.getInputEntity(6)).toThrow(/has not met 6/)
    expect(() => session.getInputEntity({} as never)).toThrow(/has not met a plain object/)
  })
})

describe('an authorisation key', () => {
  it('names itself by both ends of its hash, as existing packages do', async () => {
    const { AuthKey: Published } = await import('telegram/crypto/AuthKey.js')
    const published = new Published()
    await published.setKey(Buffer.from(key))
    const own = new AuthKey(key)
    expect(own.auxHash?.toString()).toBe(String((published as unknown as { auxHash: unknown }).auxHash))
    expect(own.keyId?.toString()).toBe(String(published.keyId))
    await own.setKey()
    expect([own.keyId, own.auxHash]).toEqual([undefined, undefined])
  })
})
