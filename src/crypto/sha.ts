import { digest, hmac } from './digest.node.js'

/** SHA-1 (FIPS 180-4) of `parts`, one after the other: 20 bytes. */
export function sha1(...parts: readonly Uint8Array[]): Uint8Array {
  return digest('sha1', parts)
}

/** SHA-256 (FIPS 180-4) of `parts`, one after the other: 32 bytes. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  return digest('sha256', parts)
}

/** SHA-512 (FIPS 180-4) of `parts`, one after the other: 64 bytes. */
export function sha512(...parts: readonly Uint8Array[]): Uint8Array {
  return digest('sha512', parts)
}

/** HMAC-SHA-256 (RFC 2104) of `parts`, one after the other: 32 bytes. */
export function hmacSha256(key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  return hmac('sha256', key, parts)
}

/** HMAC-SHA-512 (RFC 2104) of `parts`, one after the other: 64 bytes. */
export function hmacSha512(key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  return hmac('sha512', key, parts)
}
