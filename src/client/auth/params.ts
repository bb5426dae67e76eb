/** What the application is, as my.telegram.org gave it out. */
export interface ApiCredentials {
  readonly apiId: number
  readonly apiHash: string
}

/** Called with each failure; `true` (or a promise of it) stops the login, anything else asks again. */
export type OnLoginError = (error: Error) => unknown

export interface PhoneAuthParams {
  readonly phoneNumber: string | (() => string | Promise<string>)
  /** Asked for the code; `isCodeViaApp` says that it came as a message of Telegram instead of an SMS. */
  readonly phoneCode: (isCodeViaApp?: boolean) => string | Promise<string>
  readonly password?: (hint?: string) => string | Promise<string>
  /** Needed for numbers without an account. */
  readonly firstAndLastNames?: () => readonly [string, string?] | Promise<readonly [string, string?]>
  readonly onError: OnLoginError
  readonly forceSMS?: boolean
}

export interface BotAuthParams {
  readonly botAuthToken: string
}

export interface QrCodeAuthParams {
  /** Shows the code: a QR picture of `tg://login?token=` and the token in base64url. `expires` is unix time. */
  readonly qrCode: (code: { readonly token: Uint8Array; readonly expires: number }) => unknown
  readonly password?: (hint?: string) => string | Promise<string>
  readonly onError: OnLoginError
}
