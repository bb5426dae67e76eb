/** What the codec refuses, each number with its source. */

/** Objects and vectors inside each other, when reading and when writing. Nothing that Telegram sends comes near. */
export const MAX_DEPTH = 64

/** A string's length is written in three bytes (core.telegram.org/type/string), so 2^24 bytes no longer fit. */
export const STRING_LIMIT = 16_777_216

/** Up to this many bytes a string has a one-byte length; 254 announces the three-byte form, 255 means nothing. */
export const SHORT_STRING_MAX = 253
export const LONG_STRING_MARK = 254
