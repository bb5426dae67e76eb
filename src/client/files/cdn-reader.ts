import * as Api from '../../../generated/api/index.js'
import { equalConstantTime } from '../../bytes/equal.js'
import type { DcConnection } from '../../connection/dc-connection.js'
import { AesCtr } from '../../crypto/aes-ctr.node.js'
import { parseRsaPublicKey } from '../../crypto/rsa.js'
import { sha256 } from '../../crypto/sha.js'
import { RemoteError } from '../../errors/errors.js'
import type { ClientCore } from '../core.js'
import { decodeAnswer, queryOf } from '../raw-query.js'
import type { AbortFamily } from './abort-family.js'
import { MAX_CDN_REUPLOADS } from './limits.js'

const BLOCK_BYTES = 16
const COUNTER_AT = 12

/**
 * Reads a file from a caching data centre, which nobody trusts: it has the file encrypted, and every window is compared
 * with the SHA-256 that the master gave before a byte of it is handed out.
 * @see https://core.telegram.org/cdn
 */
export class CdnReader {
  readonly #core: ClientCore
  readonly #redirect: Api.upload.FileCdnRedirect
  readonly #masterDc: number | undefined
  readonly #abort: AbortFamily
  readonly #hashes = new Map<number, Api.TypeFileHash>()
  #connection: Promise<DcConnection> | undefined

  constructor(
    core: ClientCore,
    redirect: Api.upload.FileCdnRedirect,
    masterDc: number | undefined,
    abort: AbortFamily,
  ) {
    this.#core = core
    this.#redirect = redirect
    this.#masterDc = masterDc
    this.#abort = abort
    this.#learn(redirect.fileHashes)
  }

  /**
   * The plain bytes, verified.
   * @throws {RemoteError} `file`, when they are not what the master hashed.
   * @throws {RpcError} FILE_TOKEN_INVALID and others: the caller turns to the master.
   */
  async read(offset: number, limit: number): Promise<Uint8Array> {
    const bytes = this.#decrypt(await this.#fetch(offset, limit), offset)
    await this.#verify(bytes, offset)
    return bytes
  }

  close(): void {
    this.#connection?.then((connection) => this.#core.closeCdnConnection(connection)).catch(() => undefined)
  }

  async #fetch(offset: number, limit: number): Promise<Uint8Array> {
    const { fileToken } = this.#redirect
    for (let reuploads = 0; ; reuploads++) {
      const connection = await (this.#connection ??= this.#connect())
      const request = new Api.upload.GetCdnFile({ fileToken, offset, limit })
      const { callTimeoutMs: timeoutMs } = this.#core.settings
      const answer = decodeAnswer(
        request,
        await this.#abort.guard((signal) => connection.call(queryOf(request), { signal, timeoutMs })),
      )
      if (answer.className === 'upload.CdnFile') return answer.bytes
      if (reuploads === MAX_CDN_REUPLOADS)
        throw new RemoteError('file', 'the caching data centre forgets the file as often as it gets it')
      const { requestToken } = answer
      this.#learn(await this.#askMaster(new Api.upload.ReuploadCdnFile({ fileToken, requestToken })))
    }
  }

  /** Its RSA key is its own, and comes from the master. */
  async #connect(): Promise<DcConnection> {
    const { dcId } = this.#redirect
    const { publicKeys } = await this.#abort.guard((signal) => this.#core.ask(new Api.help.GetCdnConfig(), { signal }))
    const keys = publicKeys.filter((key) => key.dcId === dcId).map(({ publicKey }) => parseRsaPublicKey(publicKey))
    return this.#core.openCdnConnection(dcId, keys)
  }

  #decrypt(bytes: Uint8Array, offset: number): Uint8Array {
    const { encryptionKey, encryptionIv } = this.#redirect
    if (encryptionIv.length !== BLOCK_BYTES)
      throw new RemoteError('file', `the counter of an encrypted file has ${encryptionIv.length} bytes`)
    const counter = new Uint8Array(encryptionIv)
    new DataView(counter.buffer).setUint32(COUNTER_AT, offset / BLOCK_BYTES)
    return new AesCtr(encryptionKey, counter).update(bytes)
  }

  async #verify(bytes: Uint8Array, start: number): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      const hash = await this.#hashAt(start + at)
      const window = bytes.subarray(at, at + hash.limit)
      // A window that ends behind these bytes cannot be checked, and what cannot be checked is not handed out.
      if (window.length !== hash.limit || !equalConstantTime(sha256(window), hash.hash)) {
        throw new RemoteError('file', `the bytes of a caching data centre at ${start + at} do not match their hash`, {
          offset: start + at,
        })
      }
      at += hash.limit
    }
  }

  async #hashAt(offset: number): Promise<Api.TypeFileHash> {
    if (!this.#hashes.has(offset)) {
      this.#learn(
        await this.#askMaster(new Api.upload.GetCdnFileHashes({ fileToken: this.#redirect.fileToken, offset })),
      )
    }
    const hash = this.#hashes.get(offset)
    if (hash === undefined || hash.limit <= 0)
      throw new RemoteError('file', `the master has no hash of the window at ${offset}`, { offset })
    return hash
  }

  #learn(hashes: readonly Api.TypeFileHash[]): void {
    for (const hash of hashes) this.#hashes.set(Number(hash.offset), hash)
  }

  #askMaster(request: Api.upload.ReuploadCdnFile | Api.upload.GetCdnFileHashes): Promise<Api.TypeFileHash[]> {
    return this.#abort.guard((signal) => this.#core.ask<Api.TypeFileHash[]>(request, { dcId: this.#masterDc, signal }))
  }
}
