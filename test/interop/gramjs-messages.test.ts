import { describe, expect, it } from 'vitest'
import { runBoth, type Make, type Script } from './scripted-clients.js'

type Row = Record<string, unknown>
/** What bots call, as code for either package has it. */
type Client = Record<string, (...args: unknown[]) => Promise<Row[]>>

const ANN = 777n
const CHANNEL = 9n
const peerOf = (make: Make): unknown => make('InputPeerUser', { userId: ANN, accessHash: 5n })

/** The server has these messages of a bot, with these fields. */
function messages(...fieldsOf: ((make: Make) => Row)[]): Script {
  return (make, { className }) => {
    if (className === 'messages.GetBotCallbackAnswer') return make('messages.BotCallbackAnswer', { message: 'pressed', cacheTime: 1 })
    const peerId = make('PeerUser', { userId: ANN })
    const shown = fieldsOf.map((fields, index) => make('Message', { id: 100 - index, peerId, date: 9, message: 'x', ...fields(make) }))
    const users = [make('User', { id: ANN, accessHash: 5n, firstName: 'Ann', username: 'ann' })]
    const title = { title: 'News', photo: make('ChatPhotoEmpty'), date: 1 }
    const chats = [make('Channel', { id: CHANNEL, accessHash: 6n, username: 'news', broadcast: true, ...title })]
    return make('messages.Messages', { messages: shown, topics: [], users, chats })
  }
}

/** What both packages say of the messages, which has to be the same. */
async function same(script: Script, say: (message: Row, client: Client) => unknown): Promise<unknown[]> {
  const [theirs, ours] = await runBoth<Client>(script, async (client, make) => {
    const said = []
    // What a client does with all answers of a server.
    await (client['session'] as unknown as { processEntities(answer: unknown): unknown }).processEntities(script(make, { className: '' }))
    for (const message of await client['getMessages']!(peerOf(make), {})) said.push(await say(message, client))
    return said
  })
  expect(ours).toEqual(theirs)
  return ours!.result as unknown[]
}

const text = (value: unknown): unknown => (value === undefined || value === null ? undefined : String(value))

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
