/** `rawgram/client/telegramBaseClient`: the client without its shortcuts for messages, dialogs and members. */
export { TelegramBaseClient } from '../../client/telegram-base-client.js'
export type { TelegramClientParams } from '../../client/settings.js'
