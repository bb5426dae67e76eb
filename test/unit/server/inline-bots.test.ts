import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { BOT_RESPONSE_MS } from '../../../src/server/limits.js'
import { resolve } from './asking.js'
import { loggedIn, settled, testServer } from './setup.js'

/** Somebody has asked a bot. */
async function query() {
  const server = testServer({ populate: (world) => ['username', 'echo_bot'].forEach((username) => world.addUser({ username, bot: username === 'echo_bot' })) })
  const [person, bot] = [loggedIn(server), loggedIn(server, 'echo_bot')]
  for (const client of [person, bot]) client.call(new Api.updates.GetState())
  const request = new Api.messages.GetInlineBotResults({ bot: resolve(person, 'echo_bot').user, peer: new Api.InputPeerEmpty(), query: 'q', offset: '' })
  const question = person.query(request)
  await settled()
  const { queryId, peerType } = bot.all(Api.Updates).at(-1)!.updates[0] as Api.UpdateBotInlineQuery
  expect(peerType).toBeUndefined()
  const set = (...results: Api.TypeInputBotInlineResult[]) => () =>
    bot.call(new Api.messages.SetInlineBotResults({ queryId, results, cacheTime: 0 }))
  return { server, person, bot, queryId, set, answer: () => person.result(question, request) }
}

const geoPoint = new Api.InputGeoPoint({ lat: 1, long: 2 })
const venue = { title: 't', address: '', provider: '', venueId: '', venueType: '' }
const article = (id: string, sendMessage: Api.TypeInputBotInlineMessage): Api.InputBotInlineResult =>
  new Api.InputBotInlineResult({ id, type: 'article', sendMessage })
const text = (message: string): Api.InputBotInlineMessageText => new Api.InputBotInlineMessageText({ message })

describe('the answer of a bot to an inline query', () => {
  it.each<[Api.TypeInputBotInlineMessage, string, string | undefined]>([
    [text('x'), 'BotInlineMessageText', undefined],
    [new Api.InputBotInlineMessageMediaGeo({ geoPoint }), 'BotInlineMessageMediaGeo', 'MessageMediaGeo'],
    [new Api.InputBotInlineMessageMediaGeo({ geoPoint, period: 60 }), 'BotInlineMessageMediaGeo', 'MessageMediaGeoLive'],
    [new Api.InputBotInlineMessageMediaVenue({ geoPoint, ...venue }), 'BotInlineMessageMediaVenue', 'MessageMediaVenue'],
    [new Api.InputBotInlineMessageMediaContact({ phoneNumber: '1', firstName: 'a', lastName: '', vcard: '' }), 'BotInlineMessageMediaContact', 'MessageMediaContact'],
  ])('is shown and sent: %o', async (message, shown, media) => {
    const { person, queryId, set, answer } = await query()
    expect(set(article('a', message))()).toBe(true)
    await settled()
    expect((answer() as Api.messages.BotResults).results).toMatchObject([{ id: 'a', sendMessage: { className: shown } }])
    const send = new Api.messages.SendInlineBotResult({ peer: new Api.InputPeerSelf(), queryId, id: 'a', randomId: 5 })
    const { updates } = person.call(send) as Api.Updates
    expect((updates[1] as Api.UpdateNewMessage).message).toMatchObject({ media: media === undefined ? undefined : { className: media } })
    expect(() => person.call(send)).toThrow('500 RANDOM_ID_DUPLICATE')
  })
  it('that is a person names the account that has the number', async () => {
    const { server, person, queryId, set, answer } = await query()
    const { id } = server.core.world.addUser({ phone: '+15550009' })
    set(article('a', new Api.InputBotInlineMessageMediaContact({ phoneNumber: '+1 555 0009', firstName: 'a', lastName: '', vcard: '' })))()
    await settled()
    answer()
    const send = new Api.messages.SendInlineBotResult({ peer: new Api.InputPeerSelf(), queryId, id: 'a', randomId: 5 })
    const { message } = (person.call(send) as Api.Updates).updates[1] as Api.UpdateNewMessage
    expect(String(((message as Api.Message).media as Api.MessageMediaContact).userId)).toBe(String(id))
  })
  it('is refused where it cannot be, and may be given once more', async () => {
    const { server, set, answer } = await query()
    const auto = new Api.InputBotInlineMessageMediaAuto({ message: '' })
    expect(set(...Array.from({ length: 51 }, (_, i) => article(`${i}`, text('x'))))).toThrow('400 RESULTS_TOO_MUCH')
    expect(set(article('', text('x')))).toThrow('400 RESULT_ID_EMPTY')
    expect(set(article('\u00e9'.repeat(33), text('x')))).toThrow('400 RESULT_ID_INVALID')
    expect(set(article('a', text('x')), article('a', text('x')))).toThrow('400 RESULT_ID_DUPLICATE')
    expect(set(article('a', text('')))).toThrow('400 MESSAGE_EMPTY')
    expect(set(article('a', auto))).toThrow('400 SEND_MESSAGE_MEDIA_INVALID')
    const nowhere = new Api.InputGeoPointEmpty()
    expect(set(article('a', new Api.InputBotInlineMessageMediaGeo({ geoPoint: nowhere })))).toThrow('400 SEND_MESSAGE_MEDIA_INVALID')
    expect(set(article('a', new Api.InputBotInlineMessageMediaVenue({ geoPoint: nowhere, ...venue })))).toThrow('400 SEND_MESSAGE_MEDIA_INVALID')
    expect(set(article('a', new Api.InputBotInlineMessageGame({})))).toThrow('400 SEND_MESSAGE_TYPE_INVALID')
    expect(set(new Api.InputBotInlineResultGame({ id: 'g', shortName: 'g', sendMessage: auto }))).toThrow('400 RESULT_TYPE_INVALID')
    const nobody = new Api.InputPhoto({ id: 1, accessHash: 1, fileReference: new Uint8Array(1) })
    expect(set(new Api.InputBotInlineResultPhoto({ id: 'p', type: 'photo', photo: nobody, sendMessage: auto }))).toThrow('400 MEDIA_EMPTY')
    expect(set()()).toBe(true)
    await settled()
    expect((answer() as Api.messages.BotResults).results).toEqual([])
    expect(server.platform.pendingTimers).toBe(0)
  })
  it('may fail to come', async () => {
    const { server, set, answer } = await query()
    server.platform.advance(BOT_RESPONSE_MS)
    await settled()
    expect(answer).toThrow('502 BOT_RESPONSE_TIMEOUT')
    expect(set()).toThrow('400 QUERY_ID_INVALID')
  })
})

describe('the answer of a bot that it may be given again', () => {
  type Ask = Partial<{ readonly query: string; readonly offset: string; readonly peer: Api.TypeInputPeer; readonly geoPoint: Api.TypeInputGeoPoint }>
  /** Two people, and a bot that counts what it is asked. */
  function asking() {
    const server = testServer({ populate: (world) => ['username', 'stranger', 'echo_bot'].forEach((username) => world.addUser({ username, bot: username === 'echo_bot' })) })
    const [person, stranger, bot] = [loggedIn(server), loggedIn(server, 'stranger'), loggedIn(server, 'echo_bot')]
    bot.call(new Api.updates.GetState())
    /** @returns the result that is sent, and whether the bot was asked for it */
    const ask = async (who: typeof person, asked: Ask, args: { readonly cacheTime: number; readonly private?: true }): Promise<string> => {
      const request = new Api.messages.GetInlineBotResults({ bot: resolve(who, 'echo_bot').user, peer: new Api.InputPeerEmpty(), query: 'q', offset: '', ...asked })
      const question = who.query(request)
      await settled()
      const [told] = bot.all(Api.Updates).flatMap(({ updates }) => updates.filter((each) => each instanceof Api.UpdateBotInlineQuery))
      bot.inbox.length = 0
      if (told) {
        const results = [article('a', text(`${server.platform.clock.now().wallMs}`))]
        bot.call(new Api.messages.SetInlineBotResults({ queryId: told.queryId, results, ...args }))
        await settled()
      }
      const { queryId } = who.result(question, request) as Api.messages.BotResults
      who.call(new Api.messages.SendInlineBotResult({ peer: new Api.InputPeerSelf(), queryId, id: 'a', randomId: server.core.world.randomId() }))
      return told ? 'asked' : 'kept'
    }
    return { server, person, stranger, ask }
  }
  it('is kept as long as it says, for everybody', async () => {
    const { server, person, stranger, ask } = asking()
    const keep = { cacheTime: 5 }
    expect([await ask(person, {}, keep), await ask(person, {}, keep), await ask(stranger, {}, keep)]).toEqual(['asked', 'kept', 'kept'])
    server.platform.advance(4_000)
    expect(await ask(stranger, {}, keep)).toBe('kept')
    server.platform.advance(1_000)
    expect([await ask(stranger, {}, { cacheTime: 0 }), await ask(stranger, {}, keep)]).toEqual(['asked', 'asked'])
    const texts = server.core.user('stranger').box.history(() => true, 0, 9).map((each) => (each as Api.Message).message)
    expect(new Set(texts).size).toBe(2)
  })
  it('is kept for the same question alone', async () => {
    const { person, ask } = asking()
    const others: Ask[] = [{}, { query: 'r' }, { offset: '1' }, { peer: new Api.InputPeerSelf() }]
    for (const expected of ['asked', 'kept'])
      for (const other of others) expect([other, await ask(person, other, { cacheTime: 5 })]).toEqual([other, expected])
    for (let i = 0; i < 2; i++) expect(await ask(person, { geoPoint }, { cacheTime: 5 })).toBe('asked')
  })
  it('is kept from others where it is for one', async () => {
    const { person, stranger, ask } = asking()
    const own = { cacheTime: 5, private: true } as const
    const outcomes = []
    for (const who of [person, stranger, person, stranger]) outcomes.push(await ask(who, {}, own))
    expect(outcomes).toEqual(['asked', 'asked', 'kept', 'kept'])
  })
})
