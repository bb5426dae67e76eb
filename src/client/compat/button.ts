import * as Api from '../../../generated/api/index.js'
import type { TypeEntityLike } from '../../../generated/api/entity-like.js'
import { LocalError } from '../../errors/errors.js'

/** Makes buttons for messages: static methods return what `ReplyInlineMarkup` and `ReplyKeyboardMarkup` hold. */
export class Button {
  readonly button: Api.TypeKeyboardButton
  readonly resize: boolean | undefined
  readonly singleUse: boolean | undefined
  readonly selective: boolean | undefined

  /** @param resize of the keyboard that the button is in, as are `singleUse` and `selective` */
  constructor(button: Api.TypeKeyboardButton, resize?: boolean, singleUse?: boolean, selective?: boolean) {
    this.button = button
    this.resize = resize
    this.singleUse = singleUse
    this.selective = selective
  }

  /**
   * Sends `data` (at most 64 bytes) to the bot; without it, the text.
   * @throws {LocalError} `argument`, for more bytes: the server refuses them.
   */
  static inline(text: string, data: Uint8Array = new TextEncoder().encode(text)): Api.KeyboardButtonCallback {
    if (data.length > 64) throw new LocalError('argument', `expected at most 64 bytes of data, got ${data.length}`)
    return new Api.KeyboardButtonCallback({ text, data })
  }

  static switchInline(text: string, query: string = '', samePeer: boolean = false): Api.KeyboardButtonSwitchInline {
    return new Api.KeyboardButtonSwitchInline({ text, query, samePeer })
  }

  static url(text: string, url: string = text): Api.KeyboardButtonUrl {
    return new Api.KeyboardButtonUrl({ text, url })
  }

  static auth(
    text: string,
    url: string = text,
    bot: TypeEntityLike = 'me',
    writeAccess: boolean = false,
    forwardText?: string,
  ): Api.InputKeyboardButtonUrlAuth {
    return new Api.InputKeyboardButtonUrlAuth({
      text,
      url,
      bot: bot as Api.TypeInputUser,
      requestWriteAccess: writeAccess,
      fwdText: forwardText,
    })
  }

  static text(text: string, resize?: boolean, singleUse?: boolean, selective?: boolean): Button {
    return new Button(new Api.KeyboardButton({ text }), resize, singleUse, selective)
  }

  static requestLocation(text: string, resize?: boolean, singleUse?: boolean, selective?: boolean): Button {
    return new Button(new Api.KeyboardButtonRequestGeoLocation({ text }), resize, singleUse, selective)
  }

  static requestPhone(text: string, resize?: boolean, singleUse?: boolean, selective?: boolean): Button {
    return new Button(new Api.KeyboardButtonRequestPhone({ text }), resize, singleUse, selective)
  }

  static requestPoll(text: string, resize?: boolean, singleUse?: boolean, selective?: boolean): Button {
    return new Button(new Api.KeyboardButtonRequestPoll({ text }), resize, singleUse, selective)
  }

  /** Takes the keyboard away. */
  static clear(): Api.ReplyKeyboardHide {
    return new Api.ReplyKeyboardHide({})
  }

  /** Asks the user for a reply. */
  static forceReply(): Api.ReplyKeyboardForceReply {
    return new Api.ReplyKeyboardForceReply({})
  }
}
