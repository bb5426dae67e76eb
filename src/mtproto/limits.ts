/** Numbers that bound what the protocol code accepts, keeps and sends, each with its reason. Times are milliseconds. */

/** Most messages in a container: documentation says 1024, servers in use refuse more than 1020. */
export const MAX_CONTAINER_MESSAGES = 1020
/**
 * What the documentation allows a peer to put into one container.
 * @see https://core.telegram.org/mtproto/service_messages#containers
 */
export const MAX_RECEIVED_CONTAINER_MESSAGES = 1024
/** Small messages are grouped up to this many bytes (2^15); a single larger message goes by itself. */
export const SOFT_CONTAINER_BYTES = 32_768
/** A server closes the connection on an encrypted payload above this. */
export const MAX_PAYLOAD_BYTES = 1_044_456
/**
 * The largest body that fits such a payload: less auth_key_id, msg_key, the inner header, a container around it and the
 * longest padding.
 */
export const MAX_BODY_BYTES: number = MAX_PAYLOAD_BYTES - 24 - 32 - 24 - 1024
/**
 * Most ids in one msgs_ack, msgs_state_req or msg_resend_req.
 * @see https://core.telegram.org/mtproto/service_messages_about_messages
 */
export const MAX_SERVICE_IDS = 8192

/**
 * Padding of an encrypted message.
 * @see https://core.telegram.org/mtproto/description#defining-aes-key-and-initialization-vector
 */
export const MIN_PADDING = 12
export const MAX_PADDING = 1024

/** Received msg_ids that are remembered; the documentation asks for N >= 500, a burst of 3,000 answers must fit. */
export const REMEMBERED_MSG_IDS = 4096
/**
 * A received msg_id may be this old, or lie this far ahead.
 * @see https://core.telegram.org/mtproto/security_guidelines#checking-msg-id
 */
export const MSG_ID_PAST_SECONDS = 300
export const MSG_ID_FUTURE_SECONDS = 30

/**
 * Acknowledgements go out by themselves at this many, or when the oldest is this old (documentation: 16, 60 to 120 s).
 */
export const MAX_WAITING_ACKS = 16
export const MAX_ACK_AGE_MS = 30_000
/**
 * They ride along with a call at this many, or when the oldest is this old: one call right after the other would else be
 * a container of two each time.
 */
export const RIDING_ACKS = 8
export const RIDING_ACK_AGE_MS = 20

/** Most bytes that one gzip_packed may unfold to: what the largest transport frame may carry. */
export const MAX_UNPACKED_BYTES = 16_777_216
/**
 * Bodies from this length on are packed, when that makes them shorter. Beyond the upper limit they are parts of files,
 * for which compressing would take ten times as long as encrypting.
 */
export const MIN_PACKED_BYTES = 512
export const MAX_PACKABLE_BYTES = 65_536

/** A step of the key exchange may take this long before the link is given up. */
export const HANDSHAKE_STEP_MS = 20_000
/** dh_gen_retry is followed this often. */
export const MAX_DH_RETRIES = 5
/** Iterations of the factoring of pq per slice: a few milliseconds, so that a forged pq blocks nobody. */
export const FACTORING_SLICE = 100_000

/**
 * A ping goes out this often; the server is asked to close the link when the next one is overdue by so many seconds.
 */
export const PING_INTERVAL_MS = 45_000
export const DISCONNECT_DELAY_SECONDS = 75
/** The link counts as dead when a ping and everything else stays unanswered this long. */
export const PONG_TIMEOUT_MS = 20_000
/** ... and when its own pong stays away this long, whatever else arrives. */
export const PONG_HARD_TIMEOUT_MS = 60_000

/** The state of a call that the server has not acknowledged is asked for after this long, again and again. */
export const STATE_CHECK_MS = 10_000
/** The same for a call that the server has acknowledged but not answered. */
export const ACKNOWLEDGED_CHECK_MS = 60_000
/**
 * A call is sent again at most this often because of notices that refuse it: a server that refuses for ever ends the
 * call.
 */
export const MAX_REFUSALS = 8
/** An abandoned session still gets its answers for this long. */
export const DRAIN_MS = 60_000
/**
 * Records of service messages and containers, to understand notices about them, are kept this long, and at most so
 * many.
 */
export const SENT_RECORD_MS = 300_000
export const MAX_SENT_RECORDS = 2048
/** Over which link a message left is known of so many links. */
export const MAX_LINKS = 64

/**
 * get_future_salts asks for this many (documentation: 1 to 64) when fewer than so many are left, at most this often.
 */
export const FUTURE_SALTS = 32
export const MIN_FUTURE_SALTS = 3
export const SALTS_INTERVAL_MS = 20_000

/** How long a temporary key lives; a new one is bound when less than the given part of that is left. */
export const TEMPORARY_KEY_SECONDS = 86_400
export const RENEWAL_PART = 0.1
/** An unauthenticated -404 for a temporary key is believed the second time in a row. */
export const MAX_TEMPORARY_KEY_DENIALS = 2
/** Binding is refused this often, each time with a new temporary key, before the permanent key is checked. */
export const MAX_BIND_REFUSALS = 2
