import * as Api from '../../../generated/api/index.js'
import { RemoteError } from '../../errors/errors.js'
import { isRpcError } from '../../errors/rpc-error.js'
import type { ClientCore } from '../core.js'
import type { AbortFamily } from './abort-family.js'
import { CdnReader } from './cdn-reader.js'
import { MAX_REFERENCE_REFRESHES } from './limits.js'

export interface PartReaderOptions {
  readonly location: Api.TypeInputFileLocation
  /** Where the file is stored, if that is known: saves a round trip. */
  readonly dcId: number | undefined
  /** Fetches the message, or whatever the file came with, again: its location has a fresh reference. */
  readonly refresh: (() => Promise<Api.TypeInputFileLocation>) | undefined
  readonly abort: AbortFamily
}

/**
 * Reads parts of one file, wherever it is: follows it to its data centre, refreshes its reference, and takes it from a
 * caching data centre where the server says so.
 */
export class PartReader {
  readonly #core: ClientCore
  readonly #options: PartReaderOptions
  #location: Api.TypeInputFileLocation
  #dcId: number | undefined
  #refreshing: Promise<void> | undefined
  #cdn: CdnReader | undefined
  #withoutCdn = false

  constructor(core: ClientCore, options: PartReaderOptions) {
    this.#core = core
    this.#options = options
    this.#location = options.location
    this.#dcId = options.dcId
  }

  /**
   * At most `limit` bytes from `offset` on; fewer at the end of the file, none behind it.
   * @throws {RemoteError} `file`, when the server sends more than it was asked for.
   */
  async read(offset: number, limit: number): Promise<Uint8Array> {
    const bytes = await this.#read(offset, limit)
    if (bytes.length > limit) {
      throw new RemoteError('file', `the server sent ${bytes.length} bytes of a file where ${limit} were asked for`, {
        expected: `at most ${limit} bytes`,
        got: `${bytes.length} bytes`,
        offset,
      })
    }
    return bytes
  }

  close(): void {
    this.#cdn?.close()
  }

  async #read(offset: number, limit: number): Promise<Uint8Array> {
    const cdn = this.#cdn
    if (cdn !== undefined) {
      try {
        return await cdn.read(offset, limit)
      } catch (error) {
        this.#leaveCdn(cdn, error as Error)
      }
    }
    const answer = await this.#ask(offset, limit)
    switch (answer.className) {
      case 'upload.File':
        return answer.bytes
      case 'upload.FileCdnRedirect':
        if (this.#withoutCdn)
          throw new RemoteError('file', 'the server redirects to a caching data centre, which was not offered')
        this.#cdn ??= new CdnReader(this.#core, answer, this.#dcId, this.#options.abort)
        return this.#read(offset, limit)
    }
  }

  /** What a caching data centre sends is checked, and it may be gone: the master has the file as well. */
  #leaveCdn(cdn: CdnReader, error: Error): void {
    if (this.#options.abort.aborted || !this.#core.running) throw error
    if (this.#cdn !== cdn) return
    this.#core.settings.logger.warn(`a caching data centre is left for the master: ${error.message}`)
    this.#cdn = undefined
    this.#withoutCdn = true
    cdn.close()
  }

  async #ask(offset: number, limit: number): Promise<Api.upload.TypeFile> {
    for (let attempt = 0; ; attempt++) {
      const location = this.#location
      const request = new Api.upload.GetFile({ location, offset, limit, cdnSupported: !this.#withoutCdn })
      try {
        return await this.#options.abort.guard((signal) =>
          this.#core.ask(request, {
            dcId: this.#dcId,
            signal,
            onMigrate: (dcId) => {
              this.#dcId = dcId
            },
          }),
        )
      } catch (error) {
        if (!isStaleReference(error) || attempt === MAX_REFERENCE_REFRESHES) throw error
        // Another part may have had it refreshed in the meantime.
        if (this.#location === location) await this.#refresh(error as Error)
      }
    }
  }

  #refresh(cause: Error): Promise<void> {
    const { refresh } = this.#options
    if (refresh === undefined) throw cause
    this.#refreshing ??= refresh()
      .then((location) => {
        this.#location = location
      })
      .finally(() => {
        this.#refreshing = undefined
      })
    return this.#refreshing
  }
}

/** @see https://core.telegram.org/api/file_reference */
function isStaleReference(error: unknown): boolean {
  return isRpcError(error) && (error.type.startsWith('FILE_REFERENCE_') || error.type === 'FILEREF_UPGRADE_NEEDED')
}
