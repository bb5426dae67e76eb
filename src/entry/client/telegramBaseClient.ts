/** `rawgram/client/telegramBaseClient`: here there is one class of clients. */
export { TelegramClient as TelegramBaseClient } from '../../client/client-with-events.js'
export type { TelegramClientParams } from '../../client/settings.js'
