/** `rawgram/client/2fa` */
import type { TwoFaParams } from '../../client/auth/two-step.js'
import type { TelegramClient } from '../../client/telegram-client.js'

export type { TwoFaParams } from '../../client/auth/two-step.js'

/** `client.updateTwoFaSettings(params)` */
export function updateTwoFaSettings(client: TelegramClient, params: TwoFaParams): Promise<void> {
  return client.updateTwoFaSettings(params)
}
