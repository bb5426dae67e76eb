import { describe, expect, it } from 'vitest'
import * as Api from '../../../../generated/api/index.js'
import { Button } from '../../../../src/client/compat/button.js'
import { CallbackQuery, type NewCallbackQueryInterface } from '../../../../src/client/events/callback-query.js'
import { CallbackQueryEvent } from '../../../../src/client/events/callback-query-event.js'
import { NewMessage } from '../../../../src/client/events/new-message.js'
import { until } from '../../../support/until.js'
import { say } from './event-world.js'
import { personAndBot, type PersonAndBot } from './person-and-bot.js'

let { world, person, bot } = {} as PersonAndBot
personAndBot((all) => {
  ;({ world, person, bot } = all)
  // The bot answers with a button, as bots do.
  bot.addEventHandler(async ({ message }) => {
    await message.reply({ message: 'press', buttons: [Button.inline('A', Buffer.from('pick a')), Button.inline('B')] })
  }, new NewMessage({ pattern: /^\/start/ }))
})

type Press = { readonly peer: Api.TypeEntityLike; readonly msgId: number; readonly data: Uint8Array }

/** Starts the bot in a chat. @returns what presses its first button */
async function started(chat: Api.TypeEntityLike): Promise<() => Promise<Api.messages.BotCallbackAnswer>> {
  let pressed: Press | undefined
  const builder = new NewMessage({ incoming: true })
  const handler = ({ message }: { message: Api.Message }): void => {
    const { replyMarkup } = message
    const button = replyMarkup?.className === 'ReplyInlineMarkup' ? replyMarkup.rows[0]?.buttons[0] : undefined
    if (button?.className === 'KeyboardButtonCallback') pressed = { peer: chat, msgId: message.id, data: button.data }
  }
  person.addEventHandler(handler, builder)
  await say(person, chat, '/start')
  await until(() => pressed !== undefined)
  person.removeEventHandler(handler, builder)
  return () => person.invoke(new Api.messages.GetBotCallbackAnswer(pressed!))
}

/** Handles the next press alone. */
function onPress(handler: (event: CallbackQueryEvent) => unknown, params: NewCallbackQueryInterface = {}): void {
  const builder = new CallbackQuery(params)
  const once = (event: CallbackQueryEvent): unknown => {
    bot.removeEventHandler(once, builder)
    return handler(event)
  }
  bot.addEventHandler(once, builder)
}

describe('CallbackQuery', () => {
  it('says what was pressed, where and by whom; the answer reaches who pressed', async () => {
    const press = await started('echo_bot')
    let event: CallbackQueryEvent | undefined
    onPress(async (pressed) => {
      event = pressed
      await pressed.answer({ message: 'done', alert: true, cacheTime: 5 })
    }, { pattern: /^pick (\w)/g })
    expect(await press()).toMatchObject({ message: 'done', alert: true, cacheTime: 5, url: undefined })
    expect(event).toBeInstanceOf(CallbackQueryEvent)
    expect(event).toMatchObject({ viaInline: false, isPrivate: true, isGroup: false, client: bot })
    expect(event!.data).toEqual(Buffer.from('pick a'))
    expect(event!.patternMatch?.[1]).toBe('a')
    const { id } = world.server.user('username')
    expect([event!.chatId, event!.senderId].map(String)).toEqual([String(id), String(id)])
    expect(String(event!.id)).toBe(String(event!.query.queryId))
    expect(event!.chatInstance.isZero()).toBe(false)
    expect(await event!.getSender()).toMatchObject({ className: 'User', username: 'username' })
    const message = (await event!.getMessage())!
    expect(message).toMatchObject({ className: 'Message', id: event!.messageId, text: 'press' })
    expect(await event!.getMessage()).toBe(message)
    expect((await message.getReplyMessage())?.text).toBe('/start')
  })
  it('is answered once: later answers send nothing', async () => {
    const press = await started('echo_bot')
    let answers: unknown[] = []
    onPress(async (event) => {
      answers = [await event.answer(), await event.answer({ message: 'too late' })]
    })
    expect(await press()).toMatchObject({ alert: false, message: undefined, cacheTime: 0 })
    await until(() => answers.length === 2)
    expect(answers).toEqual([true, undefined])
  })
  it.each(['echo_bot', 'super_group', 'group'] as const)('edits, answers and deletes in %s', async (name) => {
    const chat = name === 'group' ? `-${world.group.id}` : name
    const press = await started(chat)
    const done: Promise<unknown>[] = []
    onPress((event) => done.push(event.edit({ text: 'edited', buttons: Button.inline('C') })))
    await press()
    const edited = (await done[0]) as Api.Message
    expect(edited).toMatchObject({ className: 'Message', text: 'edited', editDate: expect.any(Number) })
    expect(edited.replyMarkup).toMatchObject({ rows: [{ buttons: [{ text: 'C' }] }] })

    const again = await started(chat)
    onPress((event) => done.push(event.reply({ message: 'a reply' })))
    await again()
    const reply = (await done[1]) as Api.Message
    expect(reply).toMatchObject({ text: 'a reply', isReply: true })

    const third = await started(chat)
    onPress((event) => done.push(event.respond({ message: 'said', silent: true }).then(() => event.delete())))
    await third()
    expect(await done[2]).toMatchObject([{ className: 'messages.AffectedMessages', ptsCount: 1 }])
  })
  it('is filtered by chat, chat instance, user and data', async () => {
    const press = await started('super_group')
    const seen: string[] = []
    const on = (name: string, params: NewCallbackQueryInterface): void =>
      bot.addEventHandler(() => void seen.push(name), new CallbackQuery(params))
    const { id } = world.server.user('username')
    const instance = String(world.server.world.botQueries.chatInstance(`channel ${world.supergroup.id}`))
    on('chat', { chats: ['super_group'] })
    on('elsewhere', { chats: ['echo_bot'] })
    on('instance', { chats: [instance] })
    on('unmarked', { chats: [String(world.supergroup.id)] })
    on('user', { fromUsers: ['username'] })
    on('others', { fromUsers: ['echo_bot'] })
    on('banned', { blacklistUsers: [id] })
    on('data', { pattern: /pick b/ })
    on('func', { func: async (event) => event.isGroup })
    on('never', { func: () => 0 })
    onPress((event) => event.answer())
    await press()
    expect(seen).toEqual(['chat', 'instance', 'unmarked', 'user', 'func'])
  })
  it('of a message that was sent by way of the bot is edited under its own id', async () => {
    const { server } = world
    const edits: Api.messages.EditInlineBotMessage[] = []
    const answers: unknown[] = []
    server.handle(Api.messages.EditInlineBotMessage, (request) => {
      edits.push(request)
      return true
    })
    server.handle(Api.messages.SetBotCallbackAnswer, (request) => {
      answers.push(String(request.queryId))
      return true
    })
    const events: CallbackQueryEvent[] = []
    bot.addEventHandler(async (event) => {
      if (!event.viaInline) return
      expect(await event.edit({ text: 'new' })).toBeUndefined()
      expect(await event.getMessage()).toBeUndefined()
      events.push(event)
    }, new CallbackQuery())
    const userId = server.user('username').id
    const shared = { userId, chatInstance: 9n, data: Uint8Array.of(1) }
    const both = (owner: bigint, id: bigint): bigint => BigInt.asIntN(64, (owner << 32n) | id)
    const ids = [
      new Api.InputBotInlineMessageID({ dcId: 2, id: both(userId, 7n), accessHash: 5n }),
      new Api.InputBotInlineMessageID({ dcId: 2, id: both(-3000001n, 8n), accessHash: 5n }),
      new Api.InputBotInlineMessageID64({ dcId: 2, ownerId: -5000000000n, id: 9, accessHash: 5n }),
    ]
    for (const [i, msgId] of ids.entries())
      server.push('echo_bot', new Api.UpdateInlineBotCallbackQuery({ ...shared, queryId: BigInt(i + 1), msgId }))
    await until(() => events.length === 3)
    expect(edits).toMatchObject(ids.map((id) => ({ message: 'new', id: { className: id.className } })))
    expect(answers).toEqual(['1', '2', '3'])
    expect(events.map(({ chatId, messageId }) => [String(chatId), messageId])).toEqual([
      [String(userId), 7],
      ['-1003000001', 8],
      ['-1005000000000', 9],
    ])
  })
  it('without a client says so', async () => {
    const query = new Api.UpdateBotCallbackQuery({
      queryId: 1n,
      userId: 5n,
      peer: new Api.PeerUser({ userId: 5n }),
      msgId: 1,
      chatInstance: 1n,
    })
    const event = new CallbackQueryEvent(query, query.peer, 1)
    await expect(event.answer()).rejects.toMatchObject({ failure: 'state' })
    expect(event.data).toBeUndefined()
  })
})
