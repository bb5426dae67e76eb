/** Numbers of the sockets, each with its reason. */

/** Sending pauses when so many bytes wait to leave: two of the largest packets that servers take (1,044,456 bytes). */
export const HIGH_WATER: number = 2 * 1024 * 1024

/** How long a closed link may go on sending what it still holds and wait for the peer to end its side. */
export const LINGER_MS = 1000

/** The longest WebSocket message that is taken: a frame of 16 MiB and its header. */
export const MAX_WEBSOCKET_MESSAGE: number = 16 * 1024 * 1024 + 64

/** A browser's WebSocket says nothing when its buffer empties, so it is asked. */
export const BROWSER_DRAIN_POLL_MS = 20

/** A new connection that shows nothing of itself for so long is closed by the listener. */
export const FIRST_BYTES_TIMEOUT_MS = 60_000

/** The caller's signal decides; this is the bound behind it, since the SOCKS package keeps its timer, and all it holds, to the end. */
export const SOCKS_TIMEOUT_MS = 60_000
