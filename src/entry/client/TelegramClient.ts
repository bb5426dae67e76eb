/** `rawgram/client/TelegramClient` */
export { TelegramClient } from '../../client/client-with-events.js'
