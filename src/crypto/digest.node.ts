import { createHash, createHmac, hash as hashAtOnce, pbkdf2 } from 'node:crypto'

export type HashName = 'sha1' | 'sha256' | 'sha512'

/** A plain view of what Node hands out as a Buffer, whose `slice` would share memory. */
function plain(buffer: Uint8Array): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}

/** Of a string with a character per byte, which the platform makes in half of the time that a Buffer takes it. */
function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}

/** Up to this length joining the parts costs less than an object of the platform that takes them one by one. */
const JOINED_BYTES = 4096
/** Holds no data between two calls. */
const joined = new Uint8Array(JOINED_BYTES)

/** The hash of all `parts`, one after the other. */
export function digest(name: HashName, parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  if (length <= JOINED_BYTES) {
    let offset = 0
    for (const part of parts) {
      joined.set(part, offset)
      offset += part.length
    }
    const text = hashAtOnce(name, joined.subarray(0, length), 'binary')
    joined.fill(0, 0, length)
    return bytesOf(text)
  }
  const hash = createHash(name)
  for (const part of parts) hash.update(part)
  return plain(hash.digest())
}

/** HMAC (RFC 2104) of all `parts`, one after the other. */
export function hmac(name: HashName, key: Uint8Array, parts: readonly Uint8Array[]): Uint8Array {
  const mac = createHmac(name, key)
  for (const part of parts) mac.update(part)
  return plain(mac.digest())
}

/** PBKDF2 (RFC 8018) with HMAC-SHA-512, off the main thread. */
export function pbkdf2Sha512(
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  length: number,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    pbkdf2(password, salt, iterations, length, 'sha512', (error, key) => (error ? reject(error) : resolve(plain(key))))
  })
}
