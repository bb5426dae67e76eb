import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { BOT_RESPONSE_MS } from '../../../src/server/limits.js'
import { resolve } from './asking.js'
import { loggedIn, settled, testServer } from './setup.js'
import type { TestClient } from './test-client.js'

const DATA = Uint8Array.of(1, 2)
const MARKUP = new Api.ReplyInlineMarkup({
  rows: [new Api.KeyboardButtonRow({ buttons: [new Api.KeyboardButtonCallback({ text: 'A', data: DATA })] })],
})

/** A bot has sent a message with a button to a person. */
async function button() {
  const server = testServer({ populate: (world) => ['username', 'echo_bot'].forEach((username) => world.addUser({ username, bot: username === 'echo_bot' })) })
  const [person, bot] = [loggedIn(server), loggedIn(server, 'echo_bot')]
  for (const client of [person, bot]) client.call(new Api.updates.GetState())
  const { peer } = resolve(bot, 'username')
  bot.call(new Api.messages.SendMessage({ peer, message: 'press', randomId: 1, replyMarkup: MARKUP }))
  await settled()
  const { message } = person.all(Api.Updates).at(-1)!.updates[0] as Api.UpdateNewMessage
  const press = (args: object = {}): Api.messages.GetBotCallbackAnswer =>
    new Api.messages.GetBotCallbackAnswer({ peer: resolve(person, 'echo_bot').peer, msgId: message.id, data: DATA, ...args })
  return { server, person, bot, press }
}

async function asked(bot: TestClient): Promise<Api.UpdateBotCallbackQuery> {
  await settled()
  return bot.all(Api.Updates).at(-1)!.updates[0] as Api.UpdateBotCallbackQuery
}

describe('the press of a button', () => {
  it('is told to the bot, whose answer is that of the press', async () => {
    const { server, person, bot, press } = await button()
    const query = person.query(press())
    const { queryId, data, peer, userId, msgId } = await asked(bot)
    expect([data, peer]).toMatchObject([Buffer.from(DATA), { className: 'PeerUser', userId }])
    expect(server.core.user('echo_bot').box.messages.get(msgId)).toMatchObject({ message: 'press' })
    const answer = new Api.messages.SetBotCallbackAnswer({ queryId, message: 'done', alert: true, cacheTime: 3 })
    expect(() => person.call(answer)).toThrow('400 USER_BOT_REQUIRED')
    expect(() => bot.call(new Api.messages.SetBotCallbackAnswer({ ...answer, message: 'x'.repeat(201) }))).toThrow('400 MESSAGE_TOO_LONG')
    expect(bot.call(answer)).toBe(true)
    await settled()
    expect(person.result(query, press())).toMatchObject({ message: 'done', alert: true, cacheTime: 3 })
    expect(() => bot.call(answer)).toThrow('400 QUERY_ID_INVALID')
    expect(server.platform.pendingTimers).toBe(0)
  })
  it('is refused where there is no such button', async () => {
    const { person, press } = await button()
    expect(() => person.call(press({ data: Uint8Array.of(9) }))).toThrow('400 DATA_INVALID')
    expect(() => person.call(press({ data: undefined }))).toThrow('400 DATA_INVALID')
    expect(() => person.call(press({ msgId: 99 }))).toThrow('400 MESSAGE_ID_INVALID')
    expect(() => person.call(press({ peer: new Api.InputPeerSelf() }))).toThrow('400 MESSAGE_ID_INVALID')
  })
  it('fails when the bot does not answer in time, and when the server is closed', async () => {
    const { server, person, press } = await button()
    const query = person.query(press())
    await settled()
    server.platform.advance(BOT_RESPONSE_MS)
    await settled()
    expect(() => person.result(query, press())).toThrow('502 BOT_RESPONSE_TIMEOUT')
    person.query(press())
    await settled()
    expect(server.platform.pendingTimers).toBe(1)
    server.core.world.botQueries.end()
    expect(server.platform.pendingTimers).toBe(0)
  })
})
