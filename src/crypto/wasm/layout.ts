/** Where things lie in the memory that the modules share, in bytes. What comes before {@link SECRETS} never changes. */

/** The tables of AES have 256 entries of so many bytes. */
export const ENTRY = 8
export const TABLE: number = 256 * ENTRY
/** The place in its entry of a byte of an S-box. */
export const BYTE_AT = 3

/**
 * Four tables for each direction, whose entries are columns in lanes, and an S-box for each, whose entries have one byte
 * that is not zero. There is a zero entry before and behind the S-boxes.
 */
export const FORWARD = 0
export const INVERSE = 8192
export const SBOX = 16_392
export const INVERSE_SBOX = 18_440
/** The 64 constants of SHA-256. */
export const SHA256_CONSTANTS = 20_496

/** From here on everything is cleared after each call. */
export const SECRETS = 20_752
/** 13 inner round keys of AES, in lanes: 32 bytes each, in the order of their use. */
export const INNER_KEYS: number = SECRETS
/** 64 words: the AES key, which is the first two of 15 round keys, the others, and 4 words of rest. */
export const KEYS: number = INNER_KEYS + 13 * 32
/** 8 words: the ciphertext before, then the plaintext before. An initialization vector is the chain to begin with. */
export const CHAIN: number = KEYS + 256
/** 32 bytes: what a round of AES has made so far. */
export const ROUND: number = CHAIN + 32
/** 64 words: the message schedule of SHA-256. */
export const SCHEDULE: number = ROUND + 32
/** 8 words: the hash so far, and in the end, as 32 bytes. */
export const HASH: number = SCHEDULE + 256
export const AUTH_KEY: number = HASH + 32
/** One block, for the hashes that the AES key is made of. */
export const BLOCK: number = AUTH_KEY + 256
/** 32 bytes of the auth key that are hashed in front of the data. */
export const HASHED: number = BLOCK + 64
/** Where the 16 bytes of msg_key stand in front of the data, as they do in a packet. */
export const MSG_KEY: number = HASHED + 16
export const DATA: number = HASHED + 32

export const PAGES = 2
/** How much one call of the cipher works on. */
export const DATA_BYTES: number = PAGES * 65_536 - DATA
/** What SHA-256 writes behind the data at most. */
export const HASH_PADDING = 72
