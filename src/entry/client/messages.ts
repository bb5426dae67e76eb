/** `rawgram/client/messages`: what a client does with messages, as functions. */
import type { TelegramClient } from '../../client/telegram-client.js'

export type { ForwardMessagesParams } from '../../client/messages/forward-messages.js'
export type { IterMessagesParams } from '../../client/messages/iter-messages.js'
export type { MarkAsReadParams } from '../../client/messages/mark-as-read.js'
export type { EditMessageParams, SendMessageParams } from '../../client/messages/params.js'
export type { PinMessageParams as UpdatePinMessageParams } from '../../client/messages/pin-message.js'

type Parameters<Name extends keyof TelegramClient> = TelegramClient[Name] extends (...args: infer Args) => unknown ? Args : never
type Result<Name extends keyof TelegramClient> = TelegramClient[Name] extends (...args: never) => infer R ? R : never

export function sendMessage(client: TelegramClient, ...args: Parameters<'sendMessage'>): Result<'sendMessage'> {
  return client.sendMessage(...args)
}

export function editMessage(client: TelegramClient, ...args: Parameters<'editMessage'>): Result<'editMessage'> {
  return client.editMessage(...args)
}

export function deleteMessages(client: TelegramClient, ...args: Parameters<'deleteMessages'>): Result<'deleteMessages'> {
  return client.deleteMessages(...args)
}

export function forwardMessages(client: TelegramClient, ...args: Parameters<'forwardMessages'>): Result<'forwardMessages'> {
  return client.forwardMessages(...args)
}

export function pinMessage(client: TelegramClient, ...args: Parameters<'pinMessage'>): Result<'pinMessage'> {
  return client.pinMessage(...args)
}

export function unpinMessage(client: TelegramClient, ...args: Parameters<'unpinMessage'>): Result<'unpinMessage'> {
  return client.unpinMessage(...args)
}

export function markAsRead(client: TelegramClient, ...args: Parameters<'markAsRead'>): Result<'markAsRead'> {
  return client.markAsRead(...args)
}

export function iterMessages(client: TelegramClient, ...args: Parameters<'iterMessages'>): Result<'iterMessages'> {
  return client.iterMessages(...args)
}

export function getMessages(client: TelegramClient, ...args: Parameters<'getMessages'>): Result<'getMessages'> {
  return client.getMessages(...args)
}
