/** Numbers of fake TLS, each with its reason. */

/** The most application bytes in one record (RFC 8446, 5.1). */
export const MAX_PLAIN_RECORD = 16_384

/** The longest record that is taken: a protected one may be 256 bytes longer than its content (RFC 8446, 5.2). */
export const MAX_RECORD: number = MAX_PLAIN_RECORD + 256

/** Proxies know a ClientHello by its first 11 bytes, the lengths among them: it is padded to exactly this. */
export const CLIENT_HELLO_LENGTH = 517

/** The longest name that fits into a ClientHello of that length. */
export const MAX_DOMAIN = 224

/** The longest ClientHello that the far end takes: newer clients send key shares of more than 1 kB. */
export const MAX_CLIENT_HELLO = 4096

/** How far a client's clock may be from the proxy's, as the proxies in use have it: it may be 10 minutes fast, 20 slow. */
export const MAX_SECONDS_FAST = 600
export const MAX_SECONDS_SLOW = 1200

/** The random bytes that stand for the encrypted certificate in the far end's answer. */
export const MIN_CERTIFICATE = 1024
export const MAX_CERTIFICATE = 4096
