import { equalConstantTime } from '../../bytes/equal.js'
import { toHex } from '../../bytes/hex.js'
import { AesCtr } from '../../crypto/aes-ctr.node.js'
import { sha256 } from '../../crypto/sha.js'
import { randomBytes, type Random } from '../../platform/random.js'
import type { WorldFile } from './files.js'

/** Bytes that one hash covers (the last window may be shorter). */
const WINDOW_BYTES = 131_072
/** Hashes that one answer carries. */
const HASHES_PER_ANSWER = 10
const BLOCK = 16

/** A file as the caching data centres know it: encrypted, under a token. */
export interface CdnFile {
  readonly file: WorldFile
  readonly token: Uint8Array
  readonly key: Uint8Array
  readonly iv: Uint8Array
  /** What a caching data centre asks the master to upload the file with; absent once it has it. */
  requestToken: Uint8Array | undefined
}

export interface CdnHash {
  readonly offset: number
  readonly limit: number
  readonly hash: Uint8Array
}

/**
 * Files on caching data centres. These are not trusted: what they store is encrypted, and the master gives out the
 * SHA-256 of every window of the plain file.
 * @see https://core.telegram.org/cdn
 */
export class CdnFiles {
  readonly #random: Random
  readonly #byToken = new Map<string, CdnFile>()
  readonly #byFile = new Map<bigint, CdnFile>()

  constructor(random: Random) {
    this.#random = random
  }

  /** Where to send a client that asks the master for this file. */
  redirect(file: WorldFile): CdnFile {
    const known = this.#byFile.get(file.id)
    if (known) return known
    const iv = randomBytes(this.#random, BLOCK)
    iv.fill(0, 12)
    const fresh: CdnFile = {
      file,
      token: randomBytes(this.#random, 32),
      key: randomBytes(this.#random, 32),
      iv,
      requestToken: randomBytes(this.#random, 16),
    }
    this.#byFile.set(file.id, fresh)
    this.#byToken.set(toHex(fresh.token), fresh)
    return fresh
  }

  find(token: Uint8Array): CdnFile | undefined {
    return this.#byToken.get(toHex(token))
  }

  /** The master uploads the file to the caching data centre that asked for it. */
  upload(cdn: CdnFile, requestToken: Uint8Array): boolean {
    if (cdn.requestToken === undefined) return true
    if (!equalConstantTime(cdn.requestToken, requestToken)) return false
    cdn.requestToken = undefined
    return true
  }

  /** The caching data centre forgets the file, and will ask for it again. */
  evict(cdn: CdnFile): void {
    cdn.requestToken = randomBytes(this.#random, 16)
  }
}

/** Part of a file as a caching data centre has it: AES-256-CTR whose counter is the number of the block. */
export function encryptedPart({ file, key, iv }: CdnFile, offset: number, limit: number): Uint8Array {
  const counter = iv.slice()
  new DataView(counter.buffer).setUint32(12, offset / BLOCK)
  return new AesCtr(key, counter).update(file.bytes.subarray(offset, offset + limit))
}

/** Hashes of the windows from the one that holds `offset` on. */
export function hashesFrom({ file: { bytes } }: CdnFile, offset: number): CdnHash[] {
  const hashes: CdnHash[] = []
  const first = offset - (offset % WINDOW_BYTES)
  const end = Math.min(bytes.length, first + HASHES_PER_ANSWER * WINDOW_BYTES)
  for (let start = first; start < end; start += WINDOW_BYTES) {
    const window = bytes.subarray(start, start + WINDOW_BYTES)
    hashes.push({ offset: start, limit: window.length, hash: sha256(window) })
  }
  return hashes
}
