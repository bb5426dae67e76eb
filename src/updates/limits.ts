/**
 * How long a missing update may still come by itself before it is fetched
 * (core.telegram.org/api/updates#recovering-gaps).
 */
export const GAP_WAIT_MS = 500
/** Without any update for this long, one asks (core.telegram.org/api/updates#subscribing-to-updates). */
export const SILENCE_MS: number = 15 * 60_000
/** Updates in one channel difference: bots may ask for more (core.telegram.org/method/updates.getChannelDifference). */
export const CHANNEL_LIMIT = 100
export const CHANNEL_LIMIT_BOT = 100_000
/** Before a difference that failed is asked for again; doubled each time. */
export const RETRY_MS = 1_000
export const RETRY_CAP_MS = 60_000
