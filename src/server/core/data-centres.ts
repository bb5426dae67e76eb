/** Where one data centre listens. The address is known once it does. */
export interface DataCentre {
  readonly id: number
  host: string
  port: number
  /** Serves files for others and takes no logins. */
  readonly mediaOnly: boolean
  /** A caching data centre: strangers run it, so it serves encrypted files and nothing else. */
  readonly cdn: boolean
  /** PEM (PKCS#1) of the key that it proves itself with. */
  readonly publicKey: string
}
