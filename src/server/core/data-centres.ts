/** Where one data centre listens. The address is known once it does. */
export interface DataCentre {
  readonly id: number
  host: string
  port: number
  /** Serves files for others and takes no logins. */
  readonly mediaOnly: boolean
}
