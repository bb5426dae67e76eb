import bigInt from 'big-integer'
import * as theirs from 'telegram'
import { describe, expect, it } from 'vitest'
import { Api, utils } from '../../../src/entry/index.js'
import type { TlObject } from '../../../src/tl/object.js'

const { Api: TheirApi, utils: theirUtils } = theirs

interface Classes {
  readonly photo: unknown
  readonly document: unknown
  readonly geo: unknown
}

/** The same objects of both packages. */
function made(of: typeof Api | typeof TheirApi): Record<string, unknown> & Classes {
  const api = of as typeof Api
  const ids = { id: bigInt(1), accessHash: bigInt(2), fileReference: Buffer.from('r') }
  const photo = new api.Photo({ ...ids, date: 0, sizes: [], dcId: 1 })
  const document = new api.Document({ ...ids, date: 0, mimeType: 'video/mp4', size: bigInt(5), dcId: 1, attributes: [] })
  const geo = new api.GeoPoint({ lat: 1, long: 2, accessHash: bigInt(1) })
  const place = { geo, title: 't', address: 'a', provider: 'p', venueId: 'v', venueType: '' }
  const contact = { phoneNumber: '1', firstName: 'a', lastName: 'b', vcard: '', userId: bigInt(1) }
  return {
    photo,
    document,
    geo,
    inputPhoto: new api.InputPhoto(ids),
    inputDocument: new api.InputDocument(ids),
    emptyPhoto: new api.PhotoEmpty({ id: 1 }),
    mediaPhoto: new api.MessageMediaPhoto({ photo }),
    mediaDocument: new api.MessageMediaDocument({ document }),
    mediaGeo: new api.MessageMediaGeo({ geo }),
    venue: new api.MessageMediaVenue(place),
    contact: new api.MessageMediaContact(contact),
    dice: new api.MessageMediaDice({ value: 1, emoticon: 'x' }),
    empty: new api.MessageMediaEmpty(),
    game: new api.MessageMediaGame({
      game: new api.Game({ id: bigInt(1), accessHash: bigInt(2), shortName: 's', title: 't', description: 'd', photo }),
    }),
    file: new api.InputFile({ id: bigInt(1), parts: 1, name: 'a.txt', md5Checksum: '' }),
    text: 'x',
  }
}

const ours = made(Api)
const other = made(TheirApi)

/** Class names and fields, without what both packages write down in ways of their own. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, each: unknown) => (each === false || each === null ? undefined : each)))
}

function outcome(make: () => unknown): unknown {
  try {
    return plain(make())
  } catch (error) {
    return (error as Error).message.replaceAll('"', '').replace(/^(Cannot cast \w+).*( to any kind of \w+).*$/, '$1$2')
  }
}

describe('what utils make of files and places', () => {
  it.each(['photo', 'inputPhoto', 'emptyPhoto', 'file', 'text'])('a photo of a chat of %s', (name) => {
    expect(outcome(() => utils.getInputChatPhoto(ours[name]))).toEqual(
      outcome(() => theirUtils.getInputChatPhoto(other[name])),
    )
  })
  it.each(['geo', 'mediaGeo', 'text'])('a place of %s', (name) => {
    expect(outcome(() => utils.getInputGeo(ours[name]))).toEqual(outcome(() => theirUtils.getInputGeo(other[name])))
  })
  it.each(Object.keys(ours).filter((name) => !['geo', 'emptyPhoto'].includes(name)))('media to send of %s', (name) => {
    expect(outcome(() => utils.getInputMedia(ours[name]))).toEqual(outcome(() => theirUtils.getInputMedia(other[name])))
  })
  it('media that can be encoded', () => {
    for (const name of ['mediaPhoto', 'mediaDocument', 'venue', 'file']) {
      const media = utils.getInputMedia(ours[name], { attributes: [] }) as TlObject
      expect(media.getBytes().length).toBeGreaterThan(8)
    }
  })
  it('an uploaded file is a photo where that is asked for', () => {
    expect(utils.getInputMedia(ours['file'], { isPhoto: true }).className).toBe('InputMediaUploadedPhoto')
  })
  it('a quiz is sent with the answers that are right, once they are known', () => {
    const answers = ['a', 'b'].map(
      (text) =>
        new Api.PollAnswer({ text: new Api.TextWithEntities({ text, entities: [] }), option: Buffer.from(text) }),
    )
    const question = new Api.TextWithEntities({ text: 'q', entities: [] })
    const poll = new Api.Poll({ id: 1, quiz: true, question, answers, hash: 0 })
    const closed = new Api.MessageMediaPoll({ poll, results: new Api.PollResults({}) })
    expect(() => utils.getInputMedia(closed)).toThrow(/MessageMediaPoll.*before the quiz is answered/)
    const results = [
      new Api.PollAnswerVoters({ option: Buffer.from('b'), correct: true }),
      new Api.PollAnswerVoters({ option: Buffer.from('a') }),
    ]
    const open = new Api.MessageMediaPoll({ poll, results: new Api.PollResults({ results }) })
    expect(utils.getInputMedia(open)).toMatchObject({ correctAnswers: [1] })
  })
  it.each(['a.mp3', 'a.ogg', 'a.jpg', 'a.JPEG', 'a.png', 'a.gif', 'a.webp', 'a', 'dir/a.flac', 'a.mp4'])(
    'the kind of %s',
    (name) => {
      expect(utils.isAudio(name)).toBe(theirUtils.isAudio(name))
      expect(utils.isImage(name)).toBe(theirUtils.isImage(name))
    },
  )
  it.each(['photo', 'document', 'mediaPhoto', 'mediaDocument', 'text'])('the extension of %s', (name) => {
    expect(utils.getExtension(ours[name])).toBe(theirUtils.getExtension(other[name]))
  })
  it.each([
    ['a.jpg', {}],
    ['a.mp4', {}],
    ['a.mp4', { forceDocument: true }],
    ['a.ogg', { voiceNote: true }],
    ['a.mp4', { videoNote: true }],
    ['a.mp4', { videoNote: true, forceDocument: true }],
    ['a', {}],
    ['a.txt', { mimeType: 'x/y' }],
    ['dir/a.mp4', { supportsStreaming: true }],
  ])('the attributes of %s %j', (name, params) => {
    expect(plain(utils.getAttributes(name, params))).toEqual(plain(theirUtils.getAttributes(name, params)))
  })
  it('attributes of the caller take the place of those of their kind', () => {
    const given = new Api.DocumentAttributeFilename({ fileName: 'given' })
    const video = new Api.DocumentAttributeVideo({ duration: 7, w: 640, h: 480 })
    expect(utils.getAttributes('a.mp4', { attributes: [given, video] }).attrs).toEqual([given, video])
    // Bytes without a name are a film if they are said to be one.
    expect(utils.getAttributes('a', { videoNote: true }).attrs).toMatchObject([{}, { roundMessage: true }, { voice: true }])
  })
  it('the bytes of a size of a photo', () => {
    const bytes = Buffer.from([1, 2, 3])
    const stripped = { type: 'i', bytes }
    const sizes = [
      [new Api.PhotoSize({ type: 'x', w: 1, h: 1, size: 5 }), 5],
      [new Api.PhotoStrippedSize(stripped), theirUtils._photoSizeByteCount(new TheirApi.PhotoStrippedSize(stripped))],
      [new Api.PhotoCachedSize({ type: 'i', w: 1, h: 1, bytes }), 3],
      [new Api.PhotoSizeProgressive({ type: 's', w: 1, h: 1, sizes: [1, 7, 3] }), 7],
      [new Api.PhotoSizeEmpty({ type: 's' }), 0],
      [new Api.PhotoPathSize(stripped), undefined],
    ] as const
    for (const [size, count] of sizes) expect(utils._photoSizeByteCount(size)).toBe(count)
  })
})
