import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import type { TelegramClientParams } from '../../../src/client/settings.js'
import type { TelegramServer } from '../../../src/server/start-server.js'
import { makeClient, serveStrictly, server } from './strict-server.js'

serveStrictly()

/** A server that counts the links that were ever opened to it. */
function countingDial(): { readonly params: TelegramClientParams; readonly opened: () => number } {
  let opened = 0
  const dial: NonNullable<TelegramClientParams['dial']> = async (_address, handlers) => {
    opened++
    let toServer: ReturnType<TelegramServer['accept']>
    const link = {
      send(bytes: Uint8Array) {
        const copy = bytes.slice()
        queueMicrotask(() => toServer.data(copy))
        return true
      },
      close() {
        queueMicrotask(() => toServer.close())
      },
    }
    toServer = server.accept({
      send(bytes) {
        const copy = bytes.slice()
        queueMicrotask(() => handlers.data(copy))
        return true
      },
      close() {
        queueMicrotask(() => handlers.close())
      },
    })
    return link
  }
  return { params: { dial }, opened: () => opened }
}

describe('connect() and disconnect() in any order', () => {
  it('two connect() at once open one connection, of which nothing is left after disconnect()', async () => {
    const { params, opened } = countingDial()
    const client = makeClient(params)
    expect(await Promise.all([client.connect(), client.connect()])).toEqual([true, false])
    await client.disconnect()
    expect([opened(), client.connected]).toEqual([1, false])
  })
  it('disconnect() while the session is being read ends connect() before anything is opened', async () => {
    const { params, opened } = countingDial()
    const client = makeClient(params)
    const connecting = client.connect()
    await client.disconnect()
    await expect(connecting).rejects.toMatchObject({ failure: 'disconnected' })
    expect([opened(), client.connected]).toEqual([0, false])
  })
  it('connect() right after disconnect() stays connected, whatever becomes of the connect() before', async () => {
    await using client = makeClient()
    const first = client.connect()
    await client.disconnect()
    const second = client.connect()
    await expect(first).rejects.toMatchObject({ failure: 'disconnected' })
    expect([await second, client.connected]).toEqual([true, true])
  })
  it('a connect() that was ended under way does not end the one that came after it', async () => {
    const client = makeClient()
    const first = client.connect()
    await new Promise((resolve) => setImmediate(resolve))
    const ended = expect(first).rejects.toMatchObject({ failure: 'disconnected' })
    const closing = client.disconnect()
    expect(await client.connect()).toBe(true)
    await Promise.all([closing, ended])
    expect((await client.getMe()).username).toBe('username')
    await client.destroy()
  })
})

describe('what a handler of the caller throws', () => {
  it.each([
    ['at once', (): never => {
      throw new Error('mine')
    }],
    ['later', async (): Promise<never> => {
      throw new Error('mine')
    }],
  ])('%s in onLoggedOut is logged, and the client ends the dead session all the same', async (_when, handler) => {
    const errors: string[] = []
    const baseLogger = { error: (text: string) => void errors.push(text), warn() {}, info() {}, debug() {} }
    const client = makeClient({ baseLogger, retryDelay: 10 })
    client.onLoggedOut = handler
    await client.connect()
    server.forgetKeys()
    server.dropConnections()
    await expect(client.invoke(new Api.help.GetNearestDc())).rejects.toMatchObject({ failure: 'session' })
    expect(errors).toEqual(['the onLoggedOut handler failed: mine'])
    expect(client.connected).toBe(false)
    await client.destroy()
  })
})
