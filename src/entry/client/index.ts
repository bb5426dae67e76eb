/** The namespace `client` of the package's root. */
export * as uploads from './uploads.js'
export * as tgClient from './TelegramClient.js'
