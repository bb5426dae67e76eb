import { describe, expect, it } from 'vitest'
import { plain, runBoth, type Make, type Script } from './scripted-clients.js'

type Row = Record<string, unknown>
/** What bots call, as code for either package has it. */
type Client = Record<string, (...args: unknown[]) => Promise<Row[]>>

const ANN = 777n
const CHANNEL = 9n
const peerOf = (make: Make): unknown => make('InputPeerUser', { userId: ANN, accessHash: 5n })

const BOB = 778n

/** The server has these messages of a bot, with these fields; those with an action are of the service. */
function messages(...fieldsOf: ((make: Make) => Row)[]): Script {
  return (make, { className }) => {
    if (className === 'messages.GetBotCallbackAnswer') return make('messages.BotCallbackAnswer', { message: 'pressed', cacheTime: 1 })
    const peerId = make('PeerUser', { userId: ANN })
    const shown = fieldsOf.map((fieldsWith, index) => {
      const fields = { id: 100 - index, peerId, date: 9, ...fieldsWith(make) }
      return 'action' in fields ? make('MessageService', fields) : make('Message', { message: 'x', ...fields })
    })
    const users = [
      make('User', { id: ANN, accessHash: 5n, firstName: 'Ann', username: 'ann' }),
      make('User', { id: BOB, accessHash: 8n, firstName: 'Bob', username: 'bob' }),
    ]
    const title = { title: 'News', photo: make('ChatPhotoEmpty'), date: 1 }
    const chats = [
      make('Channel', { id: CHANNEL, accessHash: 6n, username: 'news', broadcast: true, ...title }),
      make('Chat', { id: CHANNEL, participantsCount: 1, version: 1, ...title }),
    ]
    return make('messages.Messages', { messages: shown, topics: [], users, chats })
  }
}

/** What both packages say of the messages, which has to be the same. */
async function same(script: Script, say: (message: Row, client: Client) => unknown): Promise<unknown[]> {
  const [theirs, ours] = await runBoth<Client>(script, async (client, make) => {
    const said = []
    // What the clients do with all answers of a server.
    const answer = script(make, { className: '' })
    await (client['session'] as unknown as { processEntities(answer: unknown): unknown }).processEntities(answer)
    ;(client['_entityCache'] as unknown as { add(answer: unknown): void } | undefined)?.add(answer)
    for (const message of await client['getMessages']!(peerOf(make), {})) said.push(await say(message, client))
    return said
  })
  expect(ours).toEqual(theirs)
  return ours!.result as unknown[]
}

const text = (value: unknown): unknown => (value === undefined || value === null ? undefined : String(value))

it('every member of a message that GramJS has is here', async () => {
  const members = (object: object): string[] => {
    const names = new Set(Object.keys(object))
    for (let each = object; each !== Object.prototype; each = Object.getPrototypeOf(each) as object)
      for (const name of Object.getOwnPropertyNames(each)) names.add(name)
    return [...names]
  }
  const [theirs, ours] = await runBoth<Client>(messages(() => ({})), async (client, make) => {
    const [message] = await client['getMessages']!(peerOf(make), {})
    return members(message!)
  })
  const here = new Set(ours!.result as string[])
  const missing = (theirs!.result as string[]).filter((name) => !name.startsWith('_') && !here.has(name))
  // What its objects are made and written with, bits that fields tell of, and the action that plain messages lack.
  expect(missing.sort()).toEqual(['action', 'assertType', 'flags', 'flags2', 'init', 'originalArgs', 'readResult', 'resolve', 'validate'])
})

describe('GramJS and this package say the same of', () => {
  it('files', async () => {
    const held = { id: 1n, accessHash: 2n, fileReference: Buffer.of(1), date: 1, dcId: 2 }
    const sent = (make: Make, ...attributes: unknown[]): Row => ({
      media: make('MessageMediaDocument', { document: make('Document', { ...held, mimeType: 'a/b', size: 5n, attributes }) }),
    })
    const sizes = (make: Make): unknown[] => [make('PhotoSize', { type: 's', w: 1, h: 2, size: 3 }), make('PhotoSizeProgressive', { type: 'y', w: 4, h: 5, sizes: [6, 7] })]
    const script = messages(
      () => ({}),
      (make) => sent(make),
      (make) => sent(make, make('DocumentAttributeFilename', { fileName: 'a.txt' })),
      (make) => sent(make, make('DocumentAttributeAudio', { duration: 3, title: 't', performer: 'p' }), make('DocumentAttributeFilename', { fileName: 'a.mp3' })),
      (make) => sent(make, make('DocumentAttributeSticker', { alt: 'x', stickerset: make('InputStickerSetEmpty') })),
      (make) => ({ media: make('MessageMediaPhoto', { photo: make('Photo', { ...held, sizes: sizes(make) }) }) }),
    )
    const said = await same(script, ({ file }) => {
      const { name, mimeType, size, title, performer, emoji, stickerSet } = (file ?? {}) as Row
      return [file !== undefined, name, mimeType, text(size), title, performer, emoji, (stickerSet as Row | undefined)?.['className']]
    })
    expect(said).toContainEqual([true, 'a.mp3', 'a/b', '5', 't', 'p', undefined, undefined])
    expect(said).toContainEqual([true, undefined, 'image/jpeg', '7', undefined, undefined, undefined, undefined])
  })
  it('buttons, and press them', async () => {
    const inline = (make: Make): unknown[] => [
      make('KeyboardButtonCallback', { text: 'a', data: Buffer.from('d') }),
      make('KeyboardButtonUrl', { text: 'b', url: 'https://b' }),
    ]
    const row = (make: Make, ...buttons: unknown[]): unknown => make('KeyboardButtonRow', { buttons })
    const script = messages(
      () => ({}),
      (make) => ({ replyMarkup: make('ReplyInlineMarkup', { rows: inline(make).map((each) => row(make, each)) }) }),
      (make) => ({ replyMarkup: make('ReplyInlineMarkup', { rows: [row(make, ...inline(make)), row(make)] }) }),
      (make) => ({ replyMarkup: make('ReplyKeyboardMarkup', { rows: [row(make, make('KeyboardButton', { text: 'c' }))] }) }),
      (make) => ({ replyMarkup: make('ReplyKeyboardHide', {}) }),
    )
    const said = await same(script, async (message) => {
      const rows = (await (message['getButtons'] as () => Promise<Row[][] | undefined>).call(message)) ?? []
      const shown = rows.map((buttons) => buttons.map(({ text: label, data, url }) => [label, text(data), url]))
      const pressed = []
      for (const button of rows.flat()) {
        if (button['text'] === 'c') continue
        const answer = await (button['click'] as (params: object) => Promise<unknown>)({})
        pressed.push(typeof answer === 'string' ? answer : (answer as Row)['message'])
      }
      return [message['buttonCount'], shown, pressed]
    })
    expect(said[2]).toEqual([2, [[['a', 'd', undefined], ['b', undefined, 'https://b']], []], ['pressed', 'https://b']])
  })
  it('polls, and answer them', async () => {
    const poll = (make: Make): unknown => {
      const text = (words: string): never => make('TextWithEntities', { text: words, entities: [] })
      const answers = ['a', 'b'].map((words) => make('PollAnswer', { text: text(words), option: Buffer.from(words) }))
      return make('Poll', { id: 5n, question: text('?'), answers, hash: 0n })
    }
    const script = messages((make) => ({ media: make('MessageMediaPoll', { poll: poll(make), results: make('PollResults', {}) }) }))
    const isSecond = ({ option }: { option: Buffer }): boolean => option.toString() === 'b'
    const said = await same(script, async (message) => {
      const answered = []
      for (const params of [{ i: 1 }, { i: [0, 1] }, { i: [] }, { text: 'b' }, { filter: isSecond }])
        answered.push(await (message['click'] as (params: object) => Promise<Row>)(params))
      return [message['poll'], ...answered].map((each) => (each as Row)['className'])
    })
    expect(said).toEqual([['MessageMediaPoll', ...Array<string>(5).fill('messages.Messages')]])
  })
  it('where a forwarded message comes from', async () => {
    const from = (make: Make, fields: Row): Row => ({ fwdFrom: make('MessageFwdHeader', { date: 5, ...fields }) })
    const script = messages(
      () => ({}),
      (make) => from(make, { fromId: make('PeerUser', { userId: ANN }) }),
      (make) => from(make, { fromId: make('PeerChannel', { channelId: CHANNEL }), channelPost: 3 }),
      (make) => from(make, { fromName: 'hidden' }),
    )
    const said = await same(script, ({ forward }) => {
      const { originalFwd, senderId, sender, chatId, chat, isChannel } = (forward ?? {}) as Record<string, Row>
      const [header, whose, where] = [originalFwd, sender, chat].map((each) => (each ?? {}) as Row)
      return [header!['date'], header!['fromName'] ?? undefined, text(senderId), whose!['username'], text(chatId), where!['username'], isChannel]
    })
    expect(said).toContainEqual([5, undefined, undefined, undefined, '-1009', 'news', true])
    expect(said).toContainEqual([5, undefined, '777', 'ann', undefined, undefined, false])
  })
  it('the bot that they were sent by way of', async () => {
    const script = messages(
      () => ({}),
      () => ({ viaBotId: BOB }),
      () => ({ viaBotId: 779n }),
    )
    const said = await same(script, ({ viaBotId, viaBot, viaInputBot }) => [
      text(viaBotId),
      (viaBot as Row | undefined)?.['username'],
      plain(viaInputBot),
    ])
    const bob = { className: 'InputPeerUser', userId: '778', accessHash: '8' }
    expect(said).toEqual([[undefined, undefined, undefined], ['778', 'bob', bob], ['779', undefined, undefined]])
  })
  it('whom messages of the service speak of', async () => {
    const script = messages(
      () => ({}),
      (make) => ({ action: make('MessageActionChatCreate', { title: 't', users: [ANN, BOB] }) }),
      (make) => ({ action: make('MessageActionChatAddUser', { users: [779n, BOB] }) }),
      (make) => ({ action: make('MessageActionChatDeleteUser', { userId: ANN }) }),
      (make) => ({ action: make('MessageActionChannelMigrateFrom', { title: 't', chatId: CHANNEL }) }),
      (make) => ({ action: make('MessageActionChatEditTitle', { title: 't' }) }),
    )
    const said = await same(script, ({ actionEntities, action, isReply, senderId }) => [
      (action as Row | undefined)?.['className'],
      isReply,
      text(senderId),
      (actionEntities as (Row | undefined)[] | undefined)?.map((entity) => entity && [entity['className'], text(entity['id'])]),
    ])
    const [ann, bob] = [['User', '777'], ['User', '778']]
    expect(said.map((row) => (row as unknown[])[3])).toEqual([undefined, [ann, bob], [undefined, bob], [ann], [['Chat', '9']], undefined])
  })
  it('parts of texts', async () => {
    const entities = (make: Make): unknown[] => [
      make('MessageEntityBold', { offset: 1, length: 2 }),
      make('MessageEntityUrl', { offset: 4, length: 3 }),
      make('MessageEntityBold', { offset: 5, length: 20 }),
    ]
    const script = messages(
      () => ({}),
      (make) => ({ message: 'a\u{1f600}b cde', entities: entities(make) }),
      () => ({ message: 'a', entities: [] }),
      (make) => ({ action: make('MessageActionHistoryClear') }),
    )
    const [theirs, ours] = await runBoth<Client>(script, async (client, make) => {
      const { constructor: Bold } = make('MessageEntityBold', { offset: 0, length: 0 }) as object
      const { constructor: Code } = make('MessageEntityCode', { offset: 0, length: 0 }) as object
      const parts = (message: Row, ...kind: unknown[]): unknown =>
        (message['getEntitiesText'] as (...kind: unknown[]) => [Row, string][] | undefined)
          .call(message, ...kind)
          ?.map(([entity, part]) => [entity['className'], entity['offset'], part])
      const found = await client['getMessages']!(peerOf(make), {})
      return [...found].map((message) => [parts(message), parts(message, Bold), parts(message, Code)])
    })
    expect(ours).toEqual(theirs)
    expect((ours!.result as unknown[][])[1]).toEqual([
      [['MessageEntityBold', 1, '\u{1f600}'], ['MessageEntityUrl', 4, ' cd'], ['MessageEntityBold', 5, 'cde']],
      [['MessageEntityBold', 1, '\u{1f600}'], ['MessageEntityBold', 5, 'cde']],
      [],
    ])
  })
})

describe('GramJS and this package ask and return the same for', () => {
  const script: Script = (make, { className }) => {
    if (className !== 'messages.GetInlineBotResults') return make('Updates', { updates: [], users: [], chats: [], date: 1, seq: 0 })
    const document = { url: 'https://a', size: 1, mimeType: 'a/b', attributes: [] }
    const held = { id: 1n, accessHash: 2n, fileReference: Buffer.of(1), date: 1, dcId: 2 }
    const sendMessage = make('BotInlineMessageText', { message: 'm' })
    const results = [
      make('BotInlineResult', { id: 'a', type: 'article', description: 'd', url: 'u', thumb: make('WebDocumentNoProxy', document), sendMessage }),
      make('BotInlineMediaResult', { id: 'b', type: 'photo', photo: make('Photo', { ...held, sizes: [] }), sendMessage }),
    ]
    return make('messages.BotResults', { queryId: 7n, results, cacheTime: 60, users: [], nextOffset: '2', gallery: true })
  }
  it.each<[string, boolean, unknown[]]>([
    ['of no chat', false, []],
    ['of a chat', true, ['3']],
  ])('inline queries %s', async (_, isOfChat, more) => {
    const [theirs, ours] = await runBoth<Client>(script, async (client, make) => {
      const results = await client['inlineQuery']!(peerOf(make), 'q', ...(isOfChat ? [peerOf(make)] : []), ...more)
      const { cacheTime, gallery, nextOffset, queryId } = results as unknown as Row
      const said = []
      for (const result of results) {
        const { type, description, url, photo, document, message } = result as Record<string, Row | undefined>
        said.push([type, description, url, photo?.['className'], document?.['className'], message!['className']])
        const click = (...args: unknown[]): Promise<unknown> => (result['click'] as (...args: unknown[]) => Promise<unknown>)(...args)
        await click.call(result, peerOf(make), 5, true, true, true)
        if (isOfChat) await click.call(result)
      }
      return [cacheTime, gallery, nextOffset, String(queryId), said]
    })
    expect(ours).toEqual(theirs)
    expect(ours!.asked).toHaveLength(isOfChat ? 5 : 3)
  })
})
