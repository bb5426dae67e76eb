/** An auth key, and every number of a key exchange: 2048 bits. https://core.telegram.org/mtproto/auth_key */
export const AUTH_KEY_BYTES = 256
/** What stands in a packet before the ciphertext: auth_key_id, then msg_key, which begins at byte 8. */
export const PACKET_HEADER_BYTES = 24
export const MSG_KEY_AT = 8
/** RSA keys of servers: 2048 bits. */
export const RSA_BYTES = 256
/** The most that RSA_PAD takes: https://core.telegram.org/mtproto/auth_key, 4.1 */
export const RSA_PAD_DATA_BYTES = 144
/** Data and random padding together, in the same place. */
export const RSA_PAD_PADDED_BYTES = 192
/** Rounds of the Miller-Rabin test for a prime that a server chose: a composite passes with a chance of 2^-128. */
export const MILLER_RABIN_ROUNDS = 64
/** How far g_a and g_b stay from both ends, in bits: https://core.telegram.org/mtproto/security_guidelines */
export const DH_MARGIN_BITS = 1984n
/** pq is at most 2^63 - 1: https://core.telegram.org/mtproto/auth_key, 2 */
export const PQ_BYTES = 8
/** Iterations of passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow. */
export const SRP_ITERATIONS = 100_000
