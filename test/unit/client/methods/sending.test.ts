import { describe, expect, it } from 'vitest'
import * as Api from '../../../../generated/api/index.js'
import { Button } from '../../../../src/client/compat/button.js'
import { CallbackQuery } from '../../../../src/client/events/callback-query.js'
import { fileMedia } from '../../../../src/client/messages/file-media.browser.js'
import { sendFile } from '../../../../src/client/messages/send-file.browser.js'
import { CustomFile } from '../../../../src/client/files/source.js'
import { personAndBot, type PersonAndBot } from '../events/person-and-bot.js'

let { world, person, bot } = {} as PersonAndBot
personAndBot((all) => ({ world, person, bot } = all))

const BYTES = new Uint8Array(5000).fill(7)

describe('on the embedded server', () => {
  it('a text is sent, read, changed, forwarded and deleted', async () => {
    const sent = await person.sendMessage('echo_bot', { message: 'hello **world**' })
    expect(sent).toMatchObject({ text: 'hello **world**', rawText: 'hello world', out: true, isPrivate: true, client: person })
    const answer = await sent.reply({ message: 'again' })
    expect(answer!.replyToMsgId).toBe(sent.id)
    expect((await answer!.getReplyMessage())!.id).toBe(sent.id)
    const edited = await person.editMessage('echo_bot', { message: sent.id, text: '__new__' })
    expect([edited.id, edited.text]).toEqual([sent.id, '__new__'])
    const [forwarded] = await edited.forwardTo(`-${world.group.id}`)
    expect(forwarded!.forward).toMatchObject({ client: person, sender: { username: 'username' }, chat: undefined })
    expect(edited.forward).toBeUndefined()
    expect(forwarded).toMatchObject({ rawText: 'new', isGroup: true, isChannel: false, fwdFrom: { className: 'MessageFwdHeader' } })
    expect(await person.deleteMessages('echo_bot', [edited, answer!.id])).toMatchObject([{ ptsCount: 2 }])
    expect([...(await person.getMessages('echo_bot', { ids: [sent.id, answer!.id] }))]).toEqual([undefined, undefined])
    expect(await forwarded!.markAsRead()).toBe(true)
    await forwarded!.pin()
    const pinned = async (): Promise<unknown> => (await person.getMessages(undefined, { ids: forwarded!.id }))[0]!.pinned
    expect(await pinned()).toBe(true)
    await forwarded!.unpin()
    expect(await pinned()).toBe(false)
  })
  it('files are sent, found, and downloaded from where they are found', async () => {
    const photo = await bot.sendFile('super_group', { file: new CustomFile('a.png', BYTES.length, '', BYTES), caption: '*pic*', buttons: Button.url('a', 'https://b') })
    expect([photo.photo?.className, photo.document, photo.replyMarkup?.className]).toEqual(['Photo', undefined, 'ReplyInlineMarkup'])
    const plain = await bot.sendMessage('super_group', { message: 'c', file: Buffer.from(BYTES), forceDocument: true, thumb: Buffer.from([1, 2]) })
    expect(plain.document).toMatchObject({ size: expect.anything() as unknown, thumbs: [{ size: 2 }] })
    expect([...(await plain.downloadMedia({ thumb: 0 }))]).toEqual([1, 2])
    const album = await bot.sendFile('super_group', { file: [photo.media!, new CustomFile('b.jpg', 1, '', Uint8Array.of(1))], caption: ['one', 'two'] })
    expect(album).toMatchObject({ text: 'one', groupedId: expect.anything() as unknown })
    const copy = await bot.sendMessage('super_group', { message: photo })
    expect([copy.rawText, copy.photo?.id.toString()]).toEqual([photo.rawText, photo.photo!.id.toString()])
    const found = await person.getMessages('super_group', { filter: Api.InputMessagesFilterPhotos, limit: 10 })
    expect(found.map(({ id }) => id)).toContain(photo.id)
    expect(found.every((message) => message.photo !== undefined)).toBe(true)
    expect(found.total).toBe(found.length)
    expect(Buffer.compare(await found.at(-1)!.downloadMedia(), BYTES)).toBe(0)
    const again = await person.sendMessage('me', { file: found.at(-1)!, message: 'kept' })
    expect([again.photo!.id.toString(), again.text]).toEqual([photo.photo!.id.toString(), 'kept'])
  })
  it('files are exchanged, and keep what is said about them', async () => {
    const attributes = [new Api.DocumentAttributeVideo({ duration: 7, w: 640, h: 480 })]
    const sent = await bot.sendFile('super_group', { file: new CustomFile('a.mp4', BYTES.length, '', BYTES), caption: 'one', attributes })
    expect(sent.file).toMatchObject({ name: 'a.mp4', mimeType: 'video/mp4', width: 640, height: 480, duration: 7 })
    expect(sent.media).toMatchObject({ video: true, round: false, voice: false })
    const edited = await bot.editMessage('super_group', { message: sent.id, file: new CustomFile('b.png', 3, '', Uint8Array.of(1, 2, 3)) })
    expect([edited.id, edited.rawText, edited.photo?.className]).toEqual([sent.id, 'one', 'Photo'])
    expect([...(await edited.downloadMedia())]).toEqual([1, 2, 3])
    const note = await edited.edit({ file: Buffer.from(BYTES), attributes: [new Api.DocumentAttributeFilename({ fileName: 'c.txt' })], thumb: Buffer.from([9]), text: '' })
    expect([note!.rawText, note!.file!.name, note!.document!.thumbs!.length]).toEqual(['', 'c.txt', 1])
    await expect(note!.edit({ file: note!.media! })).rejects.toMatchObject({ type: 'MESSAGE_NOT_MODIFIED' })
    const [found] = await person.getMessages('super_group', { limit: 1 })
    expect([found!.id, found!.file!.name]).toEqual([note!.id, 'c.txt'])
    const round = await bot.sendFile('super_group', { file: new CustomFile('d.mp4', 1, '', Uint8Array.of(1)), videoNote: true })
    expect(round).toMatchObject({ media: { round: true, video: true }, videoNote: { className: 'Document' } })
    const filtered = await person.getMessages('super_group', { filter: Api.InputMessagesFilterRoundVideo })
    expect(filtered.map(({ id }) => id)).toEqual([round.id])
    await expect(bot.sendFile('super_group', { file: Buffer.from(BYTES), caption: 'x'.repeat(1025) })).rejects.toMatchObject({ type: 'MEDIA_CAPTION_TOO_LONG' })
  })
  it('buttons are pressed', async () => {
    const builder = new CallbackQuery({})
    const press = async (event: Awaited<ReturnType<NonNullable<typeof builder.build>>>): Promise<void> => void (await event!.answer({ message: `got ${event!.data!.toString()}` }))
    bot.addEventHandler(press as never, builder)
    const { id } = await bot.sendMessage('username', { message: 'pick', buttons: [[Button.inline('A', Buffer.from('a')), Button.inline('B', Buffer.from('b'))], [Button.url('C', 'https://c')]] })
    expect(id).toBeGreaterThan(0)
    const [menu] = await person.getMessages('echo_bot', { limit: 1 })
    const answers = [await menu!.click(), await menu!.click({ i: 1 }), await menu!.click({ text: 'B' }), await menu!.click({ data: Buffer.from('b') }), await menu!.click({ i: 0, j: 1 })]
    expect(answers.map((answer) => (answer as Api.messages.BotCallbackAnswer).message)).toEqual(['got a', 'got b', 'got b', 'got b', 'got b'])
    expect([await menu!.click({ i: 1, j: 0 }), await menu!.click({ text: 'none' }), await menu!.click({ i: [] })]).toEqual(['https://c', undefined, undefined])
    expect(menu!.buttonCount).toBe(3)
    expect(await menu!.buttons![0]![1]!.click()).toMatchObject({ message: 'got b' })
    await bot.sendMessage('username', { message: 'say', buttons: [[Button.text('yes'), Button.requestPhone('no')]] })
    const [keyboard] = await person.getMessages('echo_bot', { limit: 1 })
    expect(await keyboard!.buttons![0]![0]!.click()).toMatchObject({ text: 'yes', out: true })
    await expect(keyboard!.buttons![0]![1]!.click()).rejects.toThrow(/^click: expected a button with data, a text or a link, got a KeyboardButtonRequestPhone/)
    bot.removeEventHandler(press as never, builder)
  })
  it('wrong arguments are named', async () => {
    await expect(sendFile(person, 'echo_bot', { file: 'x' })).rejects.toThrow("import { sendFile } from 'rawgram/client/uploads'")
    await expect(fileMedia(person, 'x', {})).rejects.toThrow("import { fileMedia } from 'rawgram/client/uploads' and invoke Api.messages.EditMessage")
    await expect(person.editMessage('echo_bot', { message: 1, file: 5 } as never)).rejects.toThrow(/^file: expected a path, bytes, a link or media, got 5/)
    await expect(person.sendFile('echo_bot', {} as never)).rejects.toThrow(/^file: expected a file/)
    for (const file of [5, [null]]) await expect(person.sendFile('echo_bot', { file } as never)).rejects.toThrow(/^file: expected a path, bytes, a link or media, got /)
    for (const file of [null, '']) expect(await person.sendMessage('echo_bot', { message: 'no file', file } as never)).toMatchObject({ text: 'no file' })
    expect(await (await person.sendMessage('me', { message: 'x' })).reply({ message: 'y', file: null } as never)).toMatchObject({ text: 'y' })
    await expect(person.sendFile('echo_bot', { file: [] })).rejects.toThrow(/^file: expected at least one file/)
    await expect(person.sendMessage('echo_bot', { message: {} } as never)).rejects.toThrow(/^message: expected a text or a message/)
    await expect(person.sendMessage('echo_bot', {} as never)).rejects.toThrow(/^message: expected a text as in/)
  })
})
