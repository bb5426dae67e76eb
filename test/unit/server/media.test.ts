import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import type { FileSeed } from '../../../src/server/world/files.js'
import { loggedIn, testServer } from './setup.js'

const film = (fields: Partial<Api.DocumentAttributeVideo> = {}) => new Api.DocumentAttributeVideo({ duration: 1, w: 2, h: 3, ...fields })
const sound = (voice: boolean) => new Api.DocumentAttributeAudio({ duration: 1, voice })
const FILES: Readonly<Record<string, Partial<FileSeed>>> = {
  photo: { photo: true },
  film: { attributes: [film()] },
  note: { attributes: [film({ roundMessage: true }), sound(true)] },
  gif: { attributes: [new Api.DocumentAttributeAnimated(), film()] },
  voice: { attributes: [sound(true)] },
  music: { attributes: [sound(false)] },
  plain: { name: 'plain.txt' },
  named: { name: 'other', attributes: [new Api.DocumentAttributeFilename({ fileName: 'named.txt' })] },
}

/** An account that has sent a file of each kind to itself. */
function withFiles() {
  const server = testServer()
  const client = loggedIn(server)
  for (const [index, [message, seed]] of Object.entries(FILES).entries()) {
    const { id, accessHash, reference: fileReference, photo } = server.core.world.addFile({ bytes: new Uint8Array(3), ...seed })
    const media = photo
      ? new Api.InputMediaPhoto({ id: new Api.InputPhoto({ id, accessHash, fileReference }) })
      : new Api.InputMediaDocument({ id: new Api.InputDocument({ id, accessHash, fileReference }) })
    client.call(new Api.messages.SendMedia({ peer: new Api.InputPeerSelf(), media, message, randomId: index + 1 }))
  }
  return { server, client }
}

function found(client: ReturnType<typeof loggedIn>, filter: Api.TypeMessagesFilter): Api.Message[] {
  const page = { q: '', offsetId: 0, addOffset: 0, limit: 100, maxId: 0, minId: 0, minDate: 0, maxDate: 0, hash: 0 }
  const answer = client.call(new Api.messages.Search({ peer: new Api.InputPeerSelf(), filter, ...page })) as Api.messages.Messages
  return answer.messages as Api.Message[]
}

describe('the files of messages', () => {
  it.each<[new () => Api.TypeMessagesFilter, string]>([
    [Api.InputMessagesFilterPhotos, 'photo'],
    [Api.InputMessagesFilterVideo, 'film'],
    [Api.InputMessagesFilterPhotoVideo, 'film photo'],
    [Api.InputMessagesFilterRoundVideo, 'note'],
    [Api.InputMessagesFilterRoundVoice, 'voice note'],
    [Api.InputMessagesFilterGif, 'gif'],
    [Api.InputMessagesFilterVoice, 'voice'],
    [Api.InputMessagesFilterMusic, 'music'],
    [Api.InputMessagesFilterDocument, 'named plain'],
  ])('are found by their kind: %o', (Filter, names) => {
    const { client } = withFiles()
    expect(found(client, new Filter()).map(({ message }) => message).join(' ')).toBe(names)
  })
  it('keep what is said about them, under one name', () => {
    const { client } = withFiles()
    const attributes = Object.fromEntries(
      found(client, new Api.InputMessagesFilterEmpty()).map(({ message, media }) => {
        const { document } = media as { document?: Api.Document }
        return [message, document?.attributes.map((each) => ('fileName' in each ? each.fileName : each.className))]
      }),
    )
    expect(attributes).toMatchObject({
      note: ['file.bin', 'DocumentAttributeVideo', 'DocumentAttributeAudio'],
      plain: ['plain.txt'],
      named: ['named.txt'],
    })
  })
  it('that nobody knows are refused', () => {
    const { server, client } = withFiles()
    expect(() => found(client, new Api.InputMessagesFilterPhoneCalls())).toThrow('400 FILTER_NOT_SUPPORTED')
    const wrong = { bytes: new Uint8Array(1), attributes: ['film'] } as never
    expect(() => server.core.world.addFile(wrong)).toThrow('file.attributes[0]: expected an attribute such as new Api.DocumentAttributeAnimated(), got "film"')
  })
  it('of pinned messages are found as those', () => {
    const { client } = withFiles()
    const [newest] = found(client, new Api.InputMessagesFilterEmpty())
    const pinned = () => client.call(new Api.messages.GetMessages({ id: [new Api.InputMessagePinned()] })) as Api.messages.Messages
    expect(pinned().messages[0]!.className).toBe('MessageEmpty')
    client.call(new Api.messages.UpdatePinnedMessage({ peer: new Api.InputPeerSelf(), id: newest!.id }))
    expect(pinned().messages[0]!.id).toBe(newest!.id)
    expect(found(client, new Api.InputMessagesFilterPinned()).map(({ id }) => id)).toEqual([newest!.id])
  })
})
