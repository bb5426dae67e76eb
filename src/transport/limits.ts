/** Numbers that bound what the framing accepts, each with its reason. */

/**
 * The longest payload that is accepted or sent: 16 MiB, the largest packet that Telegram's own clients take. Servers
 * close a connection whose packet passes 1,044,456 bytes; their answers can be longer, since file parts may be 1 MiB
 * each and several answers share a container. The bound is checked on the length prefix, before anything is kept.
 */
export const MAX_PAYLOAD: number = 16 * 1024 * 1024

/**
 * The longest payload that a server waits for: twice of what clients may send (above), so that strangers cannot make
 * it keep more.
 */
export const MAX_PAYLOAD_TO_SERVER: number = 2 * 1024 * 1024

/**
 * The shortest message there is: the plaintext header (auth_key_id, msg_id, length: 20 bytes). An encrypted one has
 * at least auth_key_id, msg_key and one cipher block. Only a transport error is shorter.
 * @see https://core.telegram.org/mtproto/description#unencrypted-message
 */
export const MIN_PAYLOAD = 20

/** A transport error is one int32. @see https://core.telegram.org/mtproto/mtproto-transports#transport-errors */
export const TRANSPORT_ERROR_LENGTH = 4

/**
 * The most random bytes behind a payload of the padded intermediate transport.
 * @see https://core.telegram.org/mtproto/mtproto-transports#padded-intermediate
 */
export const MAX_PADDING = 15

/** What servers add: some clients in use tell padding from payload only when it is shorter than one int32. */
export const MAX_SERVER_PADDING = 3

/** Length, sequence number and CRC-32 of a full frame. @see https://core.telegram.org/mtproto/mtproto-transports#full */
export const FULL_OVERHEAD = 12

/** Obfuscation header. @see https://core.telegram.org/mtproto/mtproto-transports#transport-obfuscation */
export const OBFUSCATION_HEADER = 64

/** The random part of an obfuscation header is drawn again at most so often: 1 in 200 draws is forbidden. */
export const MAX_HEADER_DRAWS = 64
