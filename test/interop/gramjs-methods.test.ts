import { describe, expect, it } from 'vitest'
import { plain, runBoth, type Make, type Script } from './scripted-clients.js'

/** What bots call, as code for either package has it. */
type Client = Record<string, (...args: unknown[]) => Promise<never> & AsyncIterable<never>>
type Row = Record<string, unknown>

const USER = 777n
const peerOf = (make: Make): unknown => make('InputPeerUser', { userId: USER, accessHash: 5n })
const channelOf = (make: Make): unknown => make('InputPeerChannel', { channelId: 9n, accessHash: 5n })

const message = (make: Make, id: number, fields: Row = {}): never =>
  make('Message', { id, peerId: make('PeerUser', { userId: USER }), date: 100 + id, message: `text ${id}`, ...fields })
const users = (make: Make): never[] => [make('User', { id: USER, accessHash: 5n, firstName: 'Ann', username: 'ann' })]

/** The server shows what was sent, under the numbers from 50 on. */
const shown: Script = (make, request) => {
  const ids = [request['randomId'], ...((request['multiMedia'] as Row[] | undefined) ?? []).map(({ randomId }) => randomId)].flat()
  const sent = ids.filter((randomId) => randomId !== undefined && randomId !== null)
  const updates = sent.flatMap((randomId, index) => [
    make('UpdateMessageID', { id: 50 + index, randomId }),
    make('UpdateNewMessage', { message: message(make, 50 + index), pts: 1, ptsCount: 1 }),
  ])
  if (request.className === 'messages.EditMessage')
    updates.push(make('UpdateEditMessage', { message: message(make, request['id'] as number), pts: 1, ptsCount: 1 }))
  return make('Updates', { updates, users: users(make), chats: [], date: 1, seq: 0 })
}

const look = (shownMessage: unknown): unknown => {
  if (shownMessage === undefined) return undefined
  const { id, text, chatId, sender, chat, isPrivate } = shownMessage as Row
  return [id, text, String(chatId), isPrivate, (sender as Row | undefined)?.['username'], (chat as Row | undefined)?.['username']]
}

async function same(script: Script, program: (client: Client, make: Make) => unknown): Promise<{ asked: unknown[]; result: unknown }> {
  const [theirs, ours] = await runBoth<Client>(script, program)
  expect(ours!.asked).toEqual(theirs!.asked)
  expect(ours!.result).toEqual(theirs!.result)
  expect(ours!.asked.length).toBeGreaterThan(0)
  return ours!
}

describe('GramJS and this package ask and return the same for', () => {
  it.each<[string, (make: Make) => Row]>([
    ['a text', () => ({ message: 'hello **world**' })],
    ['a text in HTML', () => ({ message: 'hello <b>world</b>', parseMode: 'html' })],
    ['a text as it stands', () => ({ message: 'hello **world**', parseMode: false })],
    ['all that goes with a text', () => ({ message: 'x', replyTo: 5, silent: true, linkPreview: false, clearDraft: true, noforwards: true, schedule: 99 })],
    ['a thread', () => ({ message: 'x', replyTo: 5, topMsgId: 4 })],
    ['an answer to an object', (make) => ({ message: 'x', replyTo: message(make, 6) })],
    ['buttons', (make) => ({ message: 'x', buttons: [[make('KeyboardButtonUrl', { text: 'a', url: 'b' })], [make('KeyboardButtonUrl', { text: 'c', url: 'd' })]] })],
    ['a copy', (make) => ({ message: message(make, 7, { entities: [make('MessageEntityBold', { offset: 0, length: 4 })] }) })],
    ['a link to a file', () => ({ message: 'see **this**', file: 'https://example.org/a.jpg' })],
    ['a received file', (make) => ({ file: make('InputMediaDice', { emoticon: 'x' }), message: 'c', replyTo: 5 })],
  ])('sendMessage: %s', async (_, params) => {
    await same(shown, async (client, make) => look(await client['sendMessage']!(peerOf(make), params(make))))
  })
  it('sendMessage where the server says no more than the number', async () => {
    const short: Script = (make) => make('UpdateShortSentMessage', { out: true, id: 8, pts: 1, ptsCount: 1, date: 3 })
    await same(short, async (client, make) => {
      const sent = (await client['sendMessage']!(peerOf(make), { message: 'x' })) as Row
      return [sent['id'], sent['text'], String(sent['chatId']), sent['date']]
    })
  })
  it('sendFile, alone, and as an album', async () => {
    const script: Script = (make, request) => {
      if (request.className !== 'messages.UploadMedia') return shown(make, request)
      const sizes = [make('PhotoSize', { type: 'y', w: 1, h: 1, size: 1 })]
      return make('MessageMediaPhoto', { photo: make('Photo', { id: 1n, accessHash: 2n, fileReference: Buffer.of(1), date: 1, sizes, dcId: 2 }) })
    }
    await same(script, async (client, make) => {
      const one = await client['sendFile']!(peerOf(make), { file: 'https://example.org/a.pdf', caption: '*x*', scheduleDate: 9, silent: true })
      const all = await client['sendFile']!(peerOf(make), { file: ['https://example.org/a.png', 'https://example.org/b.png'], caption: ['a', '__b__'] })
      return [look(one), look([all].flat()[0])]
    })
  })
  it.each<[string, Row]>([
    ['a.png', {}],
    ['a.png', { forceDocument: true }],
    ['a.mp3', { voiceNote: true }],
    ['a.mp4', { supportsStreaming: true, replyTo: 4, topMsgId: 3 }],
    ['a.mp4', { videoNote: true }],
    ['a.mp3', { videoNote: true }],
    ['a.pdf', { clearDraft: true, noforwards: true, parseMode: 'html', caption: '<b>x</b>' }],
  ])('sendFile of %s that is uploaded, %j', async (name, params) => {
    await same(shown, async (client, make) => {
      const file = make('InputFile', { id: 1n, parts: 1, name, md5Checksum: '' })
      return look(await client['sendFile']!(peerOf(make), { file, ...params }))
    })
  })
  it('editMessage, by number and by object', async () => {
    await same(shown, async (client, make) => [
      look(await client['editMessage']!(peerOf(make), { message: 5, text: 'new **text**', linkPreview: false })),
      look(await client['editMessage']!(peerOf(make), { message: 5, text: 'x', buttons: make('ReplyInlineMarkup', { rows: [] }) })),
      look(await client['editMessage']!(peerOf(make), { message: message(make, 6) })),
    ])
  })
  it.each<[string, (make: Make) => Row]>([
    ['a link to a picture', () => ({ file: 'https://example.org/a.png', text: '**new**' })],
    ['a link to a picture as a file', () => ({ file: 'https://example.org/a.png', forceDocument: true })],
    ['an upload', (make) => ({ file: make('InputFile', { id: 1n, parts: 1, name: 'a.mp4', md5Checksum: '' }), text: '' })],
    ['what was received', (make) => ({ file: make('InputMediaDice', { emoticon: 'x' }), text: 'c' })],
    ['no file', () => ({ file: null, text: 'c' })],
  ])('editMessage of the file: %s', async (_, params) => {
    await same(shown, async (client, make) => look(await client['editMessage']!(peerOf(make), { message: 5, ...params(make) })))
  })
  it('deleteMessages', async () => {
    const script: Script = (make) => make('messages.AffectedMessages', { pts: 1, ptsCount: 2 })
    await same(script, async (client, make) => {
      await client['deleteMessages']!(peerOf(make), [1, message(make, 2)], { revoke: true })
      await client['deleteMessages']!(undefined, [3], { revoke: false })
      const [answer] = (await client['deleteMessages']!(peerOf(make), Array.from({ length: 101 }, (_, i) => i + 1), { revoke: true })) as Row[]
      return answer!['ptsCount']
    })
  })
  it('forwardMessages', async () => {
    await same(shown, async (client, make) => {
      const forwarded = await client['forwardMessages']!(peerOf(make), { messages: [1, 2], fromPeer: channelOf(make), silent: true, dropAuthor: true })
      // There, the list of each chat is a list in the list, against what is declared.
      return [forwarded].flat(2).map(look)
    })
  })
  it('pinMessage and unpinMessage', async () => {
    await same(shown, async (client, make) => {
      await client['pinMessage']!(peerOf(make), 5, { notify: true })
      await client['pinMessage']!(peerOf(make), 5)
      await client['unpinMessage']!(peerOf(make), 5)
      await client['unpinMessage']!(peerOf(make))
    })
  })
  it('what the service says of it: pinMessage and kickParticipant', async () => {
    const script: Script = (make, { className }) => {
      const action = className === 'messages.UpdatePinnedMessage' ? make('MessageActionPinMessage') : make('MessageActionChatDeleteUser', { userId: USER })
      const said = make('MessageService', { id: 60, peerId: make('PeerChannel', { channelId: 9n }), fromId: make('PeerUser', { userId: USER }), date: 9, action })
      const updates = [make('UpdateNewChannelMessage', { message: said, pts: 1, ptsCount: 1 })]
      return make('Updates', { updates, users: users(make), chats: [], date: 1, seq: 0 })
    }
    // The channel takes the form that the request wants before it is asked for here, and after that there.
    const [theirs, ours] = await runBoth<Client>(script, async (client, make) => {
      const said = [await client['pinMessage']!(channelOf(make), 5), await client['kickParticipant']!(channelOf(make), peerOf(make))] as Row[]
      return said.map(({ action, actionEntities, sender }) => [action, sender, ...((actionEntities as Row[] | undefined) ?? [])].map((each) => (each as Row)['username'] ?? (each as Row)['className']))
    })
    expect(ours!.result).toEqual(theirs!.result)
    expect(ours!.result).toEqual([['MessageActionPinMessage', 'ann'], ['MessageActionChatDeleteUser', 'ann', 'ann']])
  })
  it('markAsRead', async () => {
    const script: Script = (make, { className }) => className === 'channels.ReadHistory' || make('messages.AffectedMessages', { pts: 1, ptsCount: 2 })
    await same(script, async (client, make) => [
      await client['markAsRead']!(peerOf(make)),
      await client['markAsRead']!(peerOf(make), 5),
      await client['markAsRead']!(peerOf(make), [message(make, 3), 7]),
    ])
  })
})

/** A chat with messages 1 to 250. */
const history: Script = (make, request) => {
  const { className, offsetId, addOffset, limit, id } = request as unknown as Record<'offsetId' | 'addOffset' | 'limit', number> & { className: string; id: unknown[] }
  const shared = { topics: [], users: users(make), chats: [] }
  if (/GetMessages$/.test(className)) {
    const messages = id.map((each) => Number((each as { id?: number }).id ?? each)).map((each) => (each > 250 ? make('MessageEmpty', { id: each }) : message(make, each)))
    return make('messages.Messages', { ...shared, messages })
  }
  const all = Array.from({ length: 250 }, (_, i) => 250 - i)
  const from = offsetId === 0 ? 0 : 250 - offsetId + 1
  const start = from + (addOffset ?? 0)
  const messages = all.slice(Math.max(0, start), Math.max(0, start + limit)).map((each) => message(make, each))
  return make('messages.MessagesSlice', { ...shared, count: 250, messages })
}

describe('GramJS and this package read the same of', () => {
  // There, one id gives an array without a total.
  const ids = (list: unknown): unknown => [(list as { total?: number }).total ?? (list as Row[]).length, ...(list as Row[]).map((each) => each?.['id'])]
  it.each<Row>([
    { limit: 3 },
    { limit: 120 },
    {},
    { limit: 5, offsetId: 100 },
    { limit: 5, maxId: 100 },
    { minId: 240 },
    { minId: 200, maxId: 210 },
    { limit: 5, addOffset: 2 },
    { limit: 150, reverse: true },
    { limit: 4, reverse: true, minId: 100 },
    { reverse: true, minId: 100, maxId: 105 },
    { limit: 3, search: 'text' },
    { ids: 7 },
    { ids: [7, 900, 8] },
    { ids: [7, 8], reverse: true },
  ])('a chat: %j', async (params) => {
    const [theirs, ours] = await runBoth<Client>(history, async (client, make) => ids(await client['getMessages']!(peerOf(make), structuredClone(params))))
    expect(ours!.result).toEqual(theirs!.result)
    expect(ours!.asked.length).toBeLessThanOrEqual(theirs!.asked.length)
  })
  it('a chat, as far as a loop reads, with chats and senders at hand', async () => {
    await same(history, async (client, make) => {
      const seen: unknown[] = []
      for await (const each of client['iterMessages']!(peerOf(make), { limit: 200 })) {
        seen.push(look(each))
        if (seen.length === 3) break
      }
      return seen
    })
  })
  it('a chat, in requests', async () => {
    const [theirs, ours] = await runBoth<Client>(history, (client, make) => client['getMessages']!(peerOf(make), { limit: 2 }))
    expect(ours!.asked).toEqual(theirs!.asked)
  })
  it('markup and parse modes', async () => {
    await same(shown, async (client, make) => {
      const build = client['buildReplyMarkup'] as unknown as (buttons: unknown) => unknown
      const set = client['setParseMode'] as unknown as (mode: unknown) => void
      const markup = plain(build.call(client, [make('KeyboardButtonUrl', { text: 'a', url: 'b' })]))
      set.call(client, 'html')
      const html = (await client['sendMessage']!(peerOf(make), { message: '<i>x</i> **y**' })) as Row
      set.call(client, undefined)
      await client['sendMessage']!(peerOf(make), { message: '<i>x</i> **y**' })
      return [markup, html['id'], (client as Row)['parseMode']]
    })
  })
  it('what messages carry', async () => {
    const names = ['webPreview', 'photo', 'document', 'audio', 'voice', 'video', 'videoNote', 'gif', 'sticker', 'contact', 'geo', 'venue', 'poll', 'dice', 'game', 'invoice']
    const script: Script = (make) => {
      const file = { id: 1n, accessHash: 2n, fileReference: Buffer.of(1), date: 1, dcId: 2 }
      const photo = make('Photo', { ...file, sizes: [] })
      const document = (...attributes: unknown[]): never => make('Document', { ...file, mimeType: 'a/b', size: 1n, attributes })
      const sent = (...attributes: unknown[]): never => make('MessageMediaDocument', { document: document(...attributes) })
      const geo = make('GeoPoint', { long: 1, lat: 2, accessHash: 3n })
      const page = make('WebPage', { id: 1n, url: 'u', displayUrl: 'u', hash: 1, photo, document: document() })
      const place = { geo, title: 't', address: 'a', provider: 'p', venueId: 'v', venueType: 'w' }
      const media = [
        undefined,
        make('MessageMediaPhoto', { photo }),
        make('MessageMediaPhoto', { photo: make('PhotoEmpty', { id: 1n }) }),
        make('MessageMediaWebPage', { webpage: page }),
        make('MessageMediaWebPage', { webpage: make('WebPageEmpty', { id: 1n }) }),
        sent(),
        sent(make('DocumentAttributeAudio', { duration: 1 })),
        sent(make('DocumentAttributeAudio', { duration: 1, voice: true })),
        sent(make('DocumentAttributeVideo', { duration: 1, w: 1, h: 1 })),
        sent(make('DocumentAttributeVideo', { duration: 1, w: 1, h: 1, roundMessage: true })),
        sent(make('DocumentAttributeAnimated'), make('DocumentAttributeVideo', { duration: 1, w: 1, h: 1 })),
        sent(make('DocumentAttributeSticker', { alt: 'x', stickerset: make('InputStickerSetEmpty') })),
        make('MessageMediaContact', { phoneNumber: '1', firstName: 'a', lastName: 'b', vcard: '', userId: 1n }),
        make('MessageMediaGeo', { geo }),
        make('MessageMediaGeoLive', { geo, period: 1 }),
        make('MessageMediaVenue', place),
        make('MessageMediaDice', { value: 1, emoticon: 'x' }),
        make('MessageMediaGame', { game: make('Game', { id: 1n, accessHash: 2n, shortName: 's', title: 't', description: 'd', photo }) }),
        make('MessageMediaInvoice', { title: 't', description: 'd', currency: 'CHF', totalAmount: 1n, startParam: 's' }),
      ]
      const messages = media.map((each, index) => message(make, 100 - index, { media: each }))
      return make('messages.Messages', { messages, topics: [], users: users(make), chats: [] })
    }
    const { result } = await same(script, async (client, make) =>
      [...((await client['getMessages']!(peerOf(make), {})) as unknown as Row[])].map((each) =>
        names.map((name) => (each[name] as Row | null | undefined)?.['className']),
      ),
    )
    const seen = new Set((result as unknown[][]).flatMap((row) => row.map((value, index) => value !== undefined && names[index])))
    expect(names.filter((name) => !seen.has(name))).toEqual(['poll'])
  })
})
