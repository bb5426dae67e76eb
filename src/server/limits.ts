/** Numbers that bound the server, each with its source. Times are milliseconds or, where the name says so, seconds. */

/** A larger payload is answered by closing the connection without a word (mtproto/service_messages: containers). */
export const MAX_PAYLOAD_BYTES = 1_044_456
/** Packets of one connection that wait for a large one to be decrypted; then the peer is held up. */
export const MOST_WAITING_PACKETS = 8
/** The most messages of one container (mtproto/service_messages#simple-container). */
export const MAX_CONTAINER_MESSAGES = 1024
/** How many messages this side puts into one container: a little under the limit, as clients do. */
export const CONTAINER_MESSAGES = 1020
/** Answers are grouped into one container up to this size; what is larger travels alone. */
export const CONTAINER_BYTES = 65_536
/** The most ids of one msgs_ack, msgs_state_req or msg_resend_req (mtproto/service_messages_about_messages). */
export const MAX_SERVICE_IDS = 8192

/** A connection ends when more than this waits for a client that does not read: 128 answers of the largest file part. */
export const MAX_UNSENT_BYTES = 67_108_864

/** A connection on which nothing valid has come by then is ended: clients make a key in a second or two. */
export const STRANGER_MS = 60_000
/** A connection that is silent for so long is ended: clients ping once a minute (mtproto/service_messages#deferred-connection-closure--ping). */
export const SILENT_MS = 300_000

/** A client's msg_id may lie this far in the past and in the future of the server's clock (mtproto/description). */
export const MESSAGE_PAST_SECONDS = 300
export const MESSAGE_FUTURE_SECONDS = 30

/** Received msg_ids that a session remembers; what is older than all of them counts as a duplicate. */
export const RECEIVED_WINDOW = 16_384
/** Un-acknowledged messages are forgotten after this time (mtproto/service_messages_about_messages). */
export const UNACKNOWLEDGED_MS = 600_000
/** Un-acknowledged messages that a session keeps at most; the oldest go first. */
export const MAX_KEPT_MESSAGES = 16_384
/** And so many bytes of them. */
export const MAX_KEPT_BYTES = 67_108_864
/** When a session comes back, un-acknowledged messages count as lost after this time even if their link seems open. */
export const HALF_OPEN_MS = 10_000
/** A message is sent again up to this size, and announced by msg_detailed_info above it. */
export const RESEND_BYTES = 32_768
/** Sessions of one key that are kept; the one that was idle longest is dropped first. */
export const SESSIONS_PER_KEY = 128

/** A salt is current for an hour, and accepted for half an hour more (mtproto/description#server-salt). */
export const SALT_PERIOD_MS = 3_600_000
export const SALT_OVERLAP_MS = 1_800_000
/** The most salts of one future_salts (mtproto/service_messages#request-for-several-future-salts). */
export const MAX_FUTURE_SALTS = 64
/** Clients that ask for one salt get two: some take the first for the current one and need another. */
export const MIN_FUTURE_SALTS = 2

/** State of an unfinished key exchange is kept for ten minutes (mtproto/auth_key). */
export const HANDSHAKE_MS = 600_000
/** Key exchanges under way at once; the oldest is dropped first. */
export const MAX_HANDSHAKES = 1024
/** Keys of a data centre that nobody is logged in with and no connection uses; beyond it the oldest are dropped. */
export const MAX_STRANGER_KEYS = 16_384
/** Logins of one kind that are under way: codes, tokens or questions for a password. The oldest is dropped first. */
export const MAX_LOGINS_UNDER_WAY = 4096
/** The `random_id`s of sent messages by which a repetition is known. */
export const REMEMBERED_RANDOM_IDS = 10_000
/** Violations that the list of strict mode holds. A listener hears of all. */
export const MAX_VIOLATIONS = 10_000

/** A query that waits for another (invokeAfterMsg) gives up when that has not been seen so long (api/invoking). */
export const WAIT_FOR_MESSAGE_MS = 500

/** A bot has so long to answer the press of a button (api/bots/buttons#callback-queries names the error, and no number). */
export const BOT_RESPONSE_MS = 15_000

/** Answers to inline queries whose results can still be sent, and messages of which bots know that they were. */
export const MAX_INLINE_ANSWERS = 1024
export const MAX_INLINE_MESSAGES = 4096

/** An exported authorisation is valid for a minute, once (auth.exportAuthorization). */
export const EXPORTED_AUTHORIZATION_MS = 60_000

/** gzip_packed may not grow beyond this, nor beyond this ratio. */
export const MAX_UNPACKED_BYTES = 16_777_216

/** Nesting of wrappers (invokeWithLayer, initConnection, ...) around one query. */
export const MAX_WRAPPERS = 16

/** File rules (core.telegram.org/api/files). */
export const FILE_PART_MAX_BYTES = 524_288
/** All uploads together that nobody has made a file of; the longest legal file has as many. */
export const MAX_UNFINISHED_UPLOAD_BYTES = 4_194_304_000
export const FILE_PARTS_MAX = 8000
export const DOWNLOAD_ALIGN_BYTES = 1024
export const DOWNLOAD_WINDOW_BYTES = 1_048_576
