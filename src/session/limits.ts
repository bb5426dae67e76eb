/** An authorisation key is 2048 bits (core.telegram.org/mtproto/auth_key, step 7). */
export const AUTH_KEY_LENGTH = 256
/** The longest DNS name in text form is 253 characters (RFC 1035, 2.3.4); an IPv6 address with a zone is shorter. */
export const MAX_ADDRESS_LENGTH = 253
export const MAX_PORT = 65_535
/** A session string keeps the data centre's number in one byte. */
export const MAX_STORED_DC = 255
/** Peers that a session remembers at once; the one that was not seen for the longest time goes first. */
export const MAX_CACHED_ENTITIES = 50_000
