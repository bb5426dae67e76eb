import { describe, expect, it } from 'vitest'
import * as Api from '../../../../generated/api/index.js'
import { InlineResults } from '../../../../src/client/bots/inline-query.js'
import { Button } from '../../../../src/client/compat/button.js'
import { CallbackQuery } from '../../../../src/client/events/callback-query.js'
import type { CallbackQueryEvent } from '../../../../src/client/events/callback-query-event.js'
import { messageIn } from '../../../../src/client/messages/message-in.js'
import { until } from '../../../support/until.js'
import { personAndBot, type PersonAndBot } from '../events/person-and-bot.js'

let { world, person, bot } = {} as PersonAndBot
const asked: Api.UpdateBotInlineQuery[] = []
const chosen: Api.UpdateBotInlineSend[] = []
personAndBot((all) => {
  ;({ world, person, bot } = all)
  const { id, accessHash, reference: fileReference } = world.server.world.addFile({ bytes: new Uint8Array(3), photo: true })
  const photo = new Api.InputPhoto({ id, accessHash, fileReference })
  // A bot that offers what it is asked for as a text, and a picture.
  bot.addEventHandler(async (update) => {
    if (update instanceof Api.UpdateBotInlineSend) chosen.push(update)
    if (!(update instanceof Api.UpdateBotInlineQuery) || update.query === 'silence') return
    asked.push(update)
    const replyMarkup = bot.buildReplyMarkup(Button.inline('more', Buffer.from('m')))
    const text = new Api.InputBotInlineMessageText({ message: `said ${update.query}`, replyMarkup })
    const caption = new Api.InputBotInlineMessageMediaAuto({ message: 'look' })
    const results = [
      new Api.InputBotInlineResult({ id: 'text', type: 'article', title: 'A text', description: update.query, sendMessage: text }),
      new Api.InputBotInlineResultPhoto({ id: 'picture', type: 'photo', photo, sendMessage: caption }),
    ]
    const { queryId } = update
    await bot.invoke(new Api.messages.SetInlineBotResults({ queryId, results, cacheTime: 60, gallery: true, nextOffset: '2' }))
  })
})

describe('an inline query', () => {
  it('is answered by the bot, which learns where from', async () => {
    const results = await person.inlineQuery('echo_bot', 'cats', 'super_group', '1', new Api.InputGeoPoint({ lat: 1, long: 2 }))
    expect(results).toBeInstanceOf(InlineResults)
    expect(results.map(({ type, title, description, photo }) => [type, title, description, (photo as Api.Photo | undefined)?.className])).toEqual([
      ['article', 'A text', 'cats', undefined],
      ['photo', undefined, undefined, 'Photo'],
    ])
    expect(results).toMatchObject({ cacheTime: 60, gallery: true, nextOffset: '2' })
    expect(results.resultsValid()).toBe(true)
    const { id } = world.server.user('username')
    expect(asked.at(-1)).toMatchObject({ query: 'cats', offset: '1', geo: { lat: 1, long: 2 }, peerType: { className: 'InlineQueryPeerTypeMegagroup' } })
    expect(String(asked.at(-1)!.userId)).toBe(String(id))
  })
  it('has results that are sent to its chat, or to another', async () => {
    const [text, picture] = await person.inlineQuery('echo_bot', 'dogs', 'super_group')
    const updates = await text!.click(undefined, undefined, true)
    const sent = messageIn(updates, ((updates as Api.Updates).updates[0] as Api.UpdateMessageID).randomId)!
    expect(sent).toMatchObject({ message: 'said dogs', out: true, silent: true, peerId: { className: 'PeerChannel' } })
    expect(String(sent.viaBotId)).toBe(String(world.server.user('echo_bot').id))
    await picture!.click('me', undefined, false, false, true)
    const [kept] = await person.getMessages('me', { limit: 1 })
    expect(kept).toMatchObject({ rawText: 'look', viaBotId: undefined, photo: { className: 'Photo' } })
    await until(() => chosen.length === 2)
    expect(chosen.map(({ id, query, msgId }) => [id, query, msgId?.className])).toEqual([
      ['text', 'dogs', 'InputBotInlineMessageID64'],
      ['picture', 'dogs', undefined],
    ])
  })
  it('has messages whose buttons the bot answers, and which it changes', async () => {
    const edits = async (event: CallbackQueryEvent): Promise<unknown> => event.edit({ text: `pressed ${event.data!.toString()}` })
    const builder = new CallbackQuery()
    bot.addEventHandler(edits, builder)
    for (const [chat, peer] of [['super_group', 'super_group'], ['me', 'me']] as const) {
      const [text] = await person.inlineQuery('echo_bot', 'birds', chat)
      await text!.click()
      const [message] = await person.getMessages(peer, { limit: 1 })
      expect(message!.rawText).toBe('said birds')
      expect(await message!.buttons![0]![0]!.click()).toBeInstanceOf(Api.messages.BotCallbackAnswer)
      expect((await person.getMessages(peer, { limit: 1 }))[0]).toMatchObject({ id: message!.id, rawText: 'pressed m' })
    }
    bot.removeEventHandler(edits, builder)
  })
  it('is refused where there is no bot, no chat, or what another one asked for', async () => {
    await expect(person.inlineQuery('username', 'x')).rejects.toMatchObject({ type: 'BOT_INVALID' })
    const [text] = await person.inlineQuery('echo_bot', 'x')
    await expect(text!.click()).rejects.toThrow('entity: expected the chat to send the result to, got none')
    const results = await person.inlineQuery('echo_bot', 'x')
    const { queryId } = results
    const other = bot.invoke(new Api.messages.SendInlineBotResult({ peer: 'username', queryId, id: 'text' }))
    await expect(other).rejects.toMatchObject({ type: 'QUERY_ID_INVALID' })
    const unknown = person.invoke(new Api.messages.SendInlineBotResult({ peer: 'me', queryId, id: 'none' }))
    await expect(unknown).rejects.toMatchObject({ type: 'RESULT_ID_INVALID' })
    const late = bot.invoke(new Api.messages.SetInlineBotResults({ queryId, results: [], cacheTime: 1 }))
    await expect(late).rejects.toMatchObject({ type: 'QUERY_ID_INVALID' })
  })
})
