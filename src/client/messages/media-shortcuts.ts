import type * as Api from '../../../generated/api/index.js'
import { File } from './message-file.js'

/** What a message carries besides its text: each getter is `undefined` where it carries something else. */
export abstract class MediaShortcuts {
  /** What is shown of a link in the text. */
  get webPreview(): Api.WebPage | undefined {
    const webpage = mediaOf(this, 'MessageMediaWebPage')?.webpage
    return webpage?.className === 'WebPage' ? webpage : undefined
  }

  /** Also the new photo of a chat, and the one that is shown of a link. */
  get photo(): Api.Photo | undefined {
    const { action } = this as unknown as Partial<Api.MessageService>
    const changed = action?.className === 'MessageActionChatEditPhoto' ? action.photo : undefined
    const photo = mediaOf(this, 'MessageMediaPhoto')?.photo ?? changed ?? this.webPreview?.photo
    return photo?.className === 'Photo' ? photo : undefined
  }

  /** Also the one that is shown of a link. */
  get document(): Api.Document | undefined {
    const document = mediaOf(this, 'MessageMediaDocument')?.document ?? this.webPreview?.document
    return document?.className === 'Document' ? document : undefined
  }

  /** The photo or the document, by what there is to say about files. */
  get file(): File | undefined {
    const media = this.photo ?? this.document
    return media && new File(media)
  }

  /** Music and the like; what was spoken is `voice`. */
  get audio(): Api.Document | undefined {
    return documentWith(this, 'DocumentAttributeAudio', ({ voice }) => !voice)
  }

  get voice(): Api.Document | undefined {
    return documentWith(this, 'DocumentAttributeAudio', ({ voice }) => voice)
  }

  /** Films of any kind, `videoNote` and `gif` among them. */
  get video(): Api.Document | undefined {
    return documentWith(this, 'DocumentAttributeVideo')
  }

  /** Round ones. */
  get videoNote(): Api.Document | undefined {
    return documentWith(this, 'DocumentAttributeVideo', ({ roundMessage }) => roundMessage)
  }

  get gif(): Api.Document | undefined {
    return documentWith(this, 'DocumentAttributeAnimated')
  }

  get sticker(): Api.Document | undefined {
    return documentWith(this, 'DocumentAttributeSticker')
  }

  get contact(): Api.MessageMediaContact | undefined {
    return mediaOf(this, 'MessageMediaContact')
  }

  /** A place, also one that moves or has a name. */
  get geo(): Api.TypeGeoPoint | undefined {
    const { media } = this as unknown as Api.Message
    return media !== undefined && 'geo' in media ? media.geo : undefined
  }

  get venue(): Api.MessageMediaVenue | undefined {
    return mediaOf(this, 'MessageMediaVenue')
  }

  get poll(): Api.MessageMediaPoll | undefined {
    return mediaOf(this, 'MessageMediaPoll')
  }

  get game(): Api.Game | undefined {
    return mediaOf(this, 'MessageMediaGame')?.game
  }

  get invoice(): Api.MessageMediaInvoice | undefined {
    return mediaOf(this, 'MessageMediaInvoice')
  }

  get dice(): Api.MessageMediaDice | undefined {
    return mediaOf(this, 'MessageMediaDice')
  }
}

type OfClass<Each, Name extends string> = Extract<Each, { readonly className: Name }>

function mediaOf<Name extends Api.TypeMessageMedia['className']>(
  message: MediaShortcuts,
  className: Name,
): OfClass<Api.TypeMessageMedia, Name> | undefined {
  const { media } = message as unknown as Api.Message
  return media?.className === className ? (media as OfClass<Api.TypeMessageMedia, Name>) : undefined
}

function documentWith<Name extends Api.TypeDocumentAttribute['className']>(
  { document }: MediaShortcuts,
  className: Name,
  test: (attribute: OfClass<Api.TypeDocumentAttribute, Name>) => boolean = () => true,
): Api.Document | undefined {
  const attribute = document?.attributes.find((each) => each.className === className)
  return attribute !== undefined && test(attribute as OfClass<Api.TypeDocumentAttribute, Name>) ? document : undefined
}
