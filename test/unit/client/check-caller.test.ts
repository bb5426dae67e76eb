import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { checkCaller } from '../../../src/client/check-caller.js'
import { TelegramClient } from '../../../src/client/telegram-client.js'
import { LocalError } from '../../../src/errors/errors.js'
import { startServer, type TelegramServer } from '../../../src/server/start-server.js'
import { StringSession } from '../../../src/session/string-session.js'

const dialogs = new Api.messages.GetDialogs({ offsetDate: 0, offsetId: 0, offsetPeer: new Api.InputPeerEmpty(), limit: 1, hash: 0n })
const answer = new Api.messages.SetBotCallbackAnswer({ queryId: 1n, cacheTime: 0 })

describe('who may call a method', () => {
  it('is refused by what the schema says, inside wrappers as well, and only once the account is known', () => {
    expect(() => checkCaller(dialogs, true)).toThrow('messages.GetDialogs is for users, and this client is logged in as a bot')
    expect(() => checkCaller(answer, false)).toThrow('messages.SetBotCallbackAnswer is for bots, and this client is logged in as a user')
    const wrapped = new Api.InvokeWithLayer({ layer: 228, query: new Api.InvokeWithoutUpdates({ query: dialogs }) })
    expect(() => checkCaller(wrapped, true)).toThrow(LocalError)
    for (const [request, isBot] of [
      [dialogs, false],
      [answer, true],
      [dialogs, undefined],
      [answer, undefined],
      [new Api.messages.GetMessages({ id: [] }), true],
    ] as const) {
      expect(() => checkCaller(request, isBot)).not.toThrow()
    }
  })
})

describe('checkCallableBy', () => {
  let server: TelegramServer
  beforeAll(async () => {
    server = await startServer({ port: 0 })
  })
  afterAll(async () => {
    await server.close()
  })
  const asked: string[] = []

  async function bot(checkCallableBy = false): Promise<TelegramClient> {
    const session = new StringSession('')
    session.setDC(2, '127.0.0.1', server.port)
    const client = new TelegramClient(session, 1, 'hash', { serverKeys: [server.publicKey], checkCallableBy })
    await client.start({ botAuthToken: '7007:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' })
    return client
  }

  it('refuses before anything is sent; without it the server decides', async () => {
    server.handle(Api.messages.GetDialogs, () => {
      asked.push('asked')
      return new Api.messages.Dialogs({ dialogs: [], messages: [], chats: [], users: [] })
    })
    await using strict = await bot(true)
    await expect(strict.invoke(dialogs)).rejects.toMatchObject({ failure: 'argument', path: 'messages.GetDialogs' })
    expect(asked).toEqual([])
    await using lenient = await bot()
    expect((await lenient.invoke(dialogs)).className).toBe('messages.Dialogs')
    expect(asked).toEqual(['asked'])
  })
})
