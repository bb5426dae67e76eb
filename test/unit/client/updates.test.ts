import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { NewMessage } from '../../../src/client/events/new-message.js'
import type { NewMessageEvent } from '../../../src/client/events/new-message-event.js'
import { Raw } from '../../../src/client/events/raw.js'
import { StopPropagation, UpdateConnectionState } from '../../../src/client/events/builder.js'
import type { TelegramClientParams } from '../../../src/client/settings.js'
import { TelegramClient } from '../../../src/client/telegram-client.js'
import { startServer, type TelegramServer } from '../../../src/server/start-server.js'
import { StringSession } from '../../../src/session/string-session.js'
import { until } from '../../support/until.js'

let server: TelegramServer
const clients: TelegramClient[] = []

beforeAll(async () => {
  server = await startServer({ port: 0 })
})
afterAll(async () => {
  await server.close()
})
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.destroy()))
})

async function connected(
  session = new StringSession(server.login({ username: 'username' })),
  params: TelegramClientParams = {},
): Promise<TelegramClient> {
  const client = new TelegramClient(session, 1, 'hash', { serverKeys: [server.publicKey], ...params })
  clients.push(client)
  await client.connect()
  return client
}

/** Texts of the messages that a client is told of, in order. */
function textsOf(client: TelegramClient): string[] {
  const texts: string[] = []
  client.addEventHandler((update) => {
    const { message } = update as { message?: string | { message?: string } }
    const text = typeof message === 'string' ? message : message?.message
    if (text !== undefined) texts.push(text)
  })
  return texts
}

const say = (text: string): void => void server.message('friend_of_username', 'username', text)

describe('updates', () => {
  it('reach the handlers in order and once, from the first on', async () => {
    const client = await connected()
    const texts = textsOf(client)
    await client.catchUp()
    const wanted = Array.from({ length: 50 }, (_, i) => `m${i}`)
    wanted.forEach(say)
    await expect.poll(() => texts).toEqual(wanted)
  })
  it('that were lost with the link are fetched, each once', async () => {
    const client = await connected()
    const texts = textsOf(client)
    await client.catchUp()
    const wanted: string[] = []
    for (let i = 0; i < 30; i++) {
      wanted.push(`cut ${i}`)
      say(`cut ${i}`)
      if (i % 7 === 3) server.dropConnections()
      if (i % 10 === 5) server.restart()
      await new Promise((resolve) => setTimeout(resolve, 15))
    }
    await expect.poll(() => texts).toEqual(wanted)
  })
  it('that came while nobody was connected are handed out by catchUp() from the saved state', async () => {
    const session = new StringSession(server.login({ username: 'username' }))
    const client = await connected(session)
    const texts = textsOf(client)
    await client.catchUp()
    say('before')
    await until(() => texts.length === 1)
    await client.disconnect()
    expect(session.updateState?.pts).toBeGreaterThan(0)
    const missed = Array.from({ length: 20 }, (_, i) => `missed ${i}`)
    missed.forEach(say)
    const again = await connected(session)
    const later = textsOf(again)
    await again.catchUp()
    say('after')
    await expect.poll(() => later).toEqual([...missed, 'after'])
  })
  it('are in the saved state soon after they came, however quiet it is then', async () => {
    const client = await connected()
    const texts = textsOf(client)
    await client.catchUp()
    const before = client.session.updateState!.pts
    say('saved without a disconnect')
    await until(() => client.session.updateState!.pts > before)
    expect(texts).toContain('saved without a disconnect')
    expect(client.session.updateState!.pts).toBe(before + 1)
  })
  it("include those of the account's own calls, and of other sessions", async () => {
    const [client, other] = [await connected(), await connected()]
    const [texts, others] = [textsOf(client), textsOf(other)]
    await client.catchUp()
    await other.catchUp()
    await client.invoke(new Api.messages.SendMessage({ peer: 'friend_of_username', message: 'mine', randomId: 5 }))
    say('theirs')
    await until(() => others.length === 2 && texts.includes('theirs'))
    expect(others).toEqual(['mine', 'theirs'])
    expect(texts.at(-1)).toBe('theirs')
  })
})

describe('new messages', () => {
  it('are filtered by chat, sender, direction and text', async () => {
    const client = await connected()
    await client.catchUp()
    const seen: string[] = []
    const on = (name: string, params: ConstructorParameters<typeof NewMessage>[0]): void =>
      client.addEventHandler(
        (event: NewMessageEvent) => void seen.push(`${name} ${event.patternMatch?.[1] ?? event.message.message}`),
        new NewMessage(params),
      )
    on('from friend', { fromUsers: ['friend_of_username'], incoming: true })
    on('elsewhere', { chats: ['a_group'] })
    on('not there', { chats: ['friend_of_username'], blacklistChats: true })
    on('mine', { outgoing: true })
    on('command', { pattern: /^\/start (.+)/ })
    on('func', { func: (event) => event.isPrivate && !event.isChannel && event.message.message === 'last' })
    say('hello')
    say('/start now')
    say('last')
    await until(() => seen.includes('func last'))
    expect(seen).toEqual([
      'from friend hello',
      'from friend /start now',
      'command now',
      'from friend last',
      'func last',
    ])
  })
  it('whose filter names nobody go to onError', async () => {
    const client = await connected()
    await client.catchUp()
    const errors: string[] = []
    client.onError = (error) => void errors.push(error.message)
    client.addEventHandler(() => {}, new NewMessage({ chats: ['nobody_at_all'] }))
    say('anything')
    await until(() => errors.length > 0)
    expect(errors[0]).toMatch(/nobody has the username/)
  })
})

describe('handlers', () => {
  it('see the link come and go, and only the classes they ask for', async () => {
    const client = await connected()
    const states: number[] = []
    client.addEventHandler(
      (update) => void states.push((update as UpdateConnectionState).state),
      new Raw({ types: [UpdateConnectionState] }),
    )
    server.dropConnections()
    await until(() => states.length === 2)
    expect(states).toEqual([-1, 1])
  })
  it('run in turn; a failure goes to onError, StopPropagation ends the row, removed ones are silent', async () => {
    const client = await connected()
    await client.catchUp()
    const seen: string[] = []
    client.onError = async (error) => void seen.push(error.message)
    const removed = (): void => void seen.push('removed')
    const only = new Raw({ types: [Api.UpdateNewMessage] })
    client.addEventHandler(removed, only)
    client.addEventHandler(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      seen.push('first')
      throw new Error('failed')
    }, only)
    client.addEventHandler(() => {
      seen.push('second')
      throw new StopPropagation()
    }, only)
    client.addEventHandler(() => void seen.push('third'), only)
    client.removeEventHandler(removed, only)
    expect(client.listEventHandlers()).toHaveLength(3)
    server.happen(
      'username',
      (pts) => new Api.UpdateNewMessage({ message: new Api.MessageEmpty({ id: 1 }), pts, ptsCount: 1 }),
    )
    await until(() => seen.length >= 3)
    expect(seen).toEqual(['first', 'failed', 'second'])
  })
  it('that wait for the next message get it; quick ones see the updates one after the other', async () => {
    const client = await connected()
    await client.catchUp()
    const seen: string[] = []
    let answered: ((text: string) => void) | undefined
    client.addEventHandler(async ({ message: { message: text } }: NewMessageEvent) => {
      if (answered !== undefined) return answered(text)
      const answer = await new Promise<string>((resolve) => (answered = resolve))
      seen.push(`${text} ${answer}`)
    }, new NewMessage({}))
    client.addEventHandler(async ({ message }: NewMessageEvent) => {
      await Promise.resolve()
      seen.push(message.message)
    }, new NewMessage({}))
    say('your name?')
    await until(() => answered !== undefined)
    say('Anna')
    say('later')
    await until(() => seen.length === 4)
    expect(seen.sort()).toEqual(['Anna', 'later', 'your name?', 'your name? Anna'])
  })
  it('see no update before the one before it is done with, where sequentialUpdates says so', async () => {
    const client = await connected(undefined, { sequentialUpdates: true })
    await client.catchUp()
    const seen: string[] = []
    client.addEventHandler(async ({ message }: NewMessageEvent) => {
      seen.push(`begin ${message.message}`)
      await new Promise((resolve) => setTimeout(resolve, 30))
      seen.push(`end ${message.message}`)
    }, new NewMessage({}))
    for (const text of ['one', 'two']) say(text)
    await until(() => seen.length === 4)
    expect(seen).toEqual(['begin one', 'end one', 'begin two', 'end two'])
  })
  it('catchUp() without a connection or an account says so', async () => {
    const session = new StringSession('')
    session.setDC(2, '127.0.0.1', server.port)
    const client = new TelegramClient(session, 1, 'hash', { serverKeys: [server.publicKey] })
    clients.push(client)
    await expect(client.catchUp()).rejects.toMatchObject({ failure: 'state' })
    await client.connect()
    await expect(client.catchUp()).rejects.toMatchObject({ code: 401 })
  })
})
