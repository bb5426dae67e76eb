import type * as Api from '../../../generated/api/index.js'
import type { Bytes } from '../../bytes/bytes.js'
import type { TelegramClient } from '../telegram-client.js'
import { press, type Clicked } from './click.js'

/** A button of a message, and what it does. */
export class MessageButton {
  readonly client: TelegramClient
  readonly button: Api.TypeKeyboardButton
  readonly #message: Api.Message

  constructor(client: TelegramClient, button: Api.TypeKeyboardButton, message: Api.Message) {
    this.client = client
    this.button = button
    this.#message = message
  }

  get text(): string {
    return this.button.text
  }

  /** What the bot is told when it is pressed. */
  get data(): Bytes | undefined {
    return 'data' in this.button ? this.button.data : undefined
  }

  /** What is typed for the bot in the chat that the user chooses. */
  get inlineQuery(): string | undefined {
    return 'query' in this.button ? this.button.query : undefined
  }

  get url(): string | undefined {
    return 'url' in this.button ? this.button.url : undefined
  }

  /**
   * Asks the bot, says the button's text, or returns its link.
   * @throws {LocalError} `argument`, for a button that does something else
   */
  async click(): Promise<Clicked> {
    const { peerId, id } = this.#message
    return press(this.client, await this.client.getInputEntity(peerId), id, this.button)
  }
}
