import type * as Api from '../../../generated/api/index.js'
import type { BigInteger } from 'big-integer'
import { largestPicture } from '../files/location.js'

/** What the attributes of a document say about it, whichever of them does. */
interface Described {
  readonly fileName?: string | undefined
  readonly w?: number | undefined
  readonly h?: number | undefined
  readonly duration?: number | undefined
  readonly title?: string | undefined
  readonly performer?: string | undefined
  readonly alt?: string | undefined
  readonly stickerset?: Api.TypeInputStickerSet | undefined
}

/** A photo or a document, by what is asked of files; each getter is `undefined` where the file does not say it. */
export class File {
  readonly media: Api.Photo | Api.Document

  constructor(media: Api.Photo | Api.Document) {
    this.media = media
  }

  get name(): string | undefined {
    return this.#described('fileName')
  }

  get mimeType(): string {
    return this.media.className === 'Photo' ? 'image/jpeg' : this.media.mimeType
  }

  /** In bytes; of a photo, that of the largest picture. */
  get size(): BigInteger | number | undefined {
    return this.media.className === 'Photo' ? largestPicture(this.media)?.bytes : this.media.size
  }

  /** In pixels; of a photo, that of the largest picture. */
  get width(): number | undefined {
    return this.#described('w')
  }

  get height(): number | undefined {
    return this.#described('h')
  }

  /** In seconds, of what sounds or moves. */
  get duration(): number | undefined {
    return this.#described('duration')
  }

  /** Of a piece of music. */
  get title(): string | undefined {
    return this.#described('title')
  }

  get performer(): string | undefined {
    return this.#described('performer')
  }

  /** What a sticker stands for. */
  get emoji(): string | undefined {
    return this.#described('alt')
  }

  get stickerSet(): Api.TypeInputStickerSet | undefined {
    return this.#described('stickerset')
  }

  #described<Name extends keyof Described>(name: Name): Described[Name] {
    const { media } = this
    const places = (media.className === 'Photo' ? [largestPicture(media)] : media.attributes) as readonly (Described | undefined)[]
    return places.find((each) => each?.[name] !== undefined)?.[name]
  }
}
