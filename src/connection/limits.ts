/** After a healthy link was lost, the next one is dialled within this time: at once, but not all clients in step. */
export const FIRST_RETRY_SPREAD_MS = 200
/** The second attempt waits about this long, and each further one twice as long as the one before. */
export const RETRY_BASE_MS = 1_000
export const RETRY_CAP_MS = 60_000
/** A link that lasted this long was healthy, whatever ended it. */
export const HEALTHY_LINK_MS = 30_000
/** -429 counts as so many failures in a row: at most eight connections are made in the minute that follows. */
export const FLOODED_FAILURES = 4
/** How long the operating system and the proxy may take to open one connection. */
export const DIAL_TIMEOUT_MS = 10_000
/** Unless the caller says otherwise, how long `connect()` may take in all... */
export const CONNECT_TIMEOUT_MS = 30_000
/** ...and how long one attempt of a call may stay without an answer. */
export const CALL_TIMEOUT_MS = 60_000
/** Calls that the server failed to carry out (500, -503) are tried so many times in all. */
export const REQUEST_RETRIES = 5
/** Waits up to this many seconds are slept through; longer ones are the caller's to decide about. */
export const FLOOD_SLEEP_THRESHOLD_SECONDS = 60
export const FLOOD_SLEEP_CAP_SECONDS = 86_400
/** A call follows so many 303 answers; a server that sends it in circles is refused. */
export const MAX_MIGRATIONS = 2
/** Times that one call may be told CONNECTION_NOT_INITED or MSG_WAIT_*. */
export const MAX_REPAIRS = 3
