import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { File } from '../../../src/client/messages/message-file.js'

const held = { id: 1n, accessHash: 2n, fileReference: new Uint8Array(1), date: 1, dcId: 2 }
const documentWith = (...attributes: Api.TypeDocumentAttribute[]): File =>
  new File(new Api.Document({ ...held, mimeType: 'video/mp4', size: 5n, attributes }))

describe('a file', () => {
  it('has the measures of a film, whatever else is said before', () => {
    const name = new Api.DocumentAttributeFilename({ fileName: 'a.mp4' })
    const film = new Api.DocumentAttributeVideo({ duration: 7.5, w: 640, h: 480 })
    const sound = new Api.DocumentAttributeAudio({ duration: 3 })
    for (const order of [[name, film, sound], [film, sound, name]]) {
      expect(documentWith(...order)).toMatchObject({ name: 'a.mp4', mimeType: 'video/mp4', width: 640, height: 480, duration: 7.5 })
    }
  })
  it('has the measures of a picture', () => {
    expect(documentWith(new Api.DocumentAttributeImageSize({ w: 30, h: 40 }))).toMatchObject({ width: 30, height: 40, duration: undefined })
    const sizes = [
      new Api.PhotoStrippedSize({ type: 'i', bytes: new Uint8Array(9) }),
      new Api.PhotoSizeProgressive({ type: 'y', w: 800, h: 600, sizes: [10, 9000] }),
      new Api.PhotoSize({ type: 'm', w: 320, h: 240, size: 500 }),
    ]
    expect(new File(new Api.Photo({ ...held, sizes }))).toMatchObject({ width: 800, height: 600, size: 9000, mimeType: 'image/jpeg' })
  })
  it('says nothing where nothing is known', () => {
    const empty = { name: undefined, width: undefined, height: undefined, duration: undefined, title: undefined, emoji: undefined }
    expect(documentWith()).toMatchObject(empty)
    expect(new File(new Api.Photo({ ...held, sizes: [] }))).toMatchObject({ ...empty, size: undefined })
  })
})
