/** `rawgram/client/auth`: the logins of a client as functions. */
import type * as Api from '../../../generated/api/index.js'
import type { ApiCredentials, BotAuthParams, PhoneAuthParams, QrCodeAuthParams } from '../../client/auth/params.js'
import type { PasswordParams } from '../../client/auth/password.js'
import type { SentCode } from '../../client/auth/phone.js'
import type { StartParams } from '../../client/auth/start.js'
import type { TelegramClient } from '../../client/telegram-client.js'

export type {
  ApiCredentials,
  BotAuthParams,
  PhoneAuthParams as UserAuthParams,
  QrCodeAuthParams,
} from '../../client/auth/params.js'
export type { PasswordParams as UserPasswordAuthParams } from '../../client/auth/password.js'

export function start(client: TelegramClient, params: StartParams): Promise<void> {
  return client.start(params)
}

export function checkAuthorization(client: TelegramClient): Promise<boolean> {
  return client.checkAuthorization()
}

export function sendCode(
  client: TelegramClient,
  credentials: ApiCredentials,
  phoneNumber: string,
  forceSMS: boolean = false,
): Promise<SentCode> {
  return client.sendCode(credentials, phoneNumber, forceSMS)
}

export function signInUser(
  client: TelegramClient,
  credentials: ApiCredentials,
  params: PhoneAuthParams,
): Promise<Api.User> {
  return client.signInUser(credentials, params)
}

export function signInUserWithQrCode(
  client: TelegramClient,
  credentials: ApiCredentials,
  params: QrCodeAuthParams,
): Promise<Api.User> {
  return client.signInUserWithQrCode(credentials, params)
}

export function signInWithPassword(
  client: TelegramClient,
  credentials: ApiCredentials,
  params: PasswordParams,
): Promise<Api.User> {
  return client.signInWithPassword(credentials, params)
}

export function signInBot(
  client: TelegramClient,
  credentials: ApiCredentials,
  params: BotAuthParams,
): Promise<Api.User> {
  return client.signInBot(credentials, params)
}
