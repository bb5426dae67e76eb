/** `rawgram/client/TelegramClient` */
export { TelegramClient } from '../../client/telegram-client.js'
