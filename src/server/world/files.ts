import type * as Api from '../../../generated/api/index.js'
import { dispose } from '../../bytes/dispose.node.js'
import { Md5 } from '../../crypto/md5.node.js'
import { FILE_PARTS_MAX, FILE_PART_MAX_BYTES, MAX_UNFINISHED_UPLOAD_BYTES } from '../limits.js'

/** A picture that a file comes with. */
export interface WorldThumb {
  /** The letter of its size: `s`, `m`, `x`, ..., or `i` for a stripped one, which is inside what describes the file. */
  readonly type: string
  readonly bytes: Uint8Array
}

/** What a test or a script says about a new file; the rest is made up. */
export interface FileSeed {
  readonly bytes: Uint8Array
  readonly name?: string
  readonly mimeType?: string
  readonly dcId?: number
  /** Served by a caching data centre, if the server has one and the client can. */
  readonly cdn?: boolean
  /** Messages show it as a photo, and its bytes are the largest size. */
  readonly photo?: boolean
  readonly thumbs?: readonly WorldThumb[]
  /** What a document says about itself: its measures, whether it is music or a video note, another name than `name`. */
  readonly attributes?: readonly Api.TypeDocumentAttribute[]
}

/** A file that an upload has completed or that a test has put into the world. */
export interface WorldFile {
  readonly id: bigint
  readonly accessHash: bigint
  /** When it came into being, in unix seconds. */
  readonly date: number
  /** Changes when the world lets references expire; a download must present the current one. */
  reference: Uint8Array
  readonly bytes: Uint8Array
  readonly name: string
  readonly mimeType: string
  /** The data centre that stores it; others answer FILE_MIGRATE_X. */
  readonly dcId: number
  /** Served by a caching data centre, if the server has one and the client can. */
  readonly cdn: boolean
  readonly photo: boolean
  readonly thumbs: readonly WorldThumb[]
  readonly attributes: readonly Api.TypeDocumentAttribute[]
}

interface Upload {
  readonly owner: AccountUploads
  readonly fileId: bigint
  readonly parts: Map<number, Uint8Array>
  bytes: number
  totalParts: number | undefined
}

export type PartFailure =
  | 'FILE_PART_INVALID'
  | 'FILE_PART_EMPTY'
  | 'FILE_PART_TOO_BIG'
  | 'FILE_PART_SIZE_INVALID'
  | 'FILE_PART_SIZE_CHANGED'
  | 'FILE_PARTS_INVALID'
  | 'MD5_CHECKSUM_INVALID'

/** All uploads that nobody has made a file of yet, by the account that sends them. */
export class Uploads {
  readonly #mostBytes: number
  readonly #accounts = new Map<bigint, AccountUploads>()
  /** What a part came for last is last. */
  readonly #waiting = new Set<Upload>()
  #bytes = 0

  /** @param mostBytes beyond it, the upload that has waited longest for a part is forgotten. */
  constructor(mostBytes: number = MAX_UNFINISHED_UPLOAD_BYTES) {
    this.#mostBytes = mostBytes
  }

  /** Those of one account: clients choose the ids of their files without asking, and two may choose the same. */
  of(userId: bigint): AccountUploads {
    let account = this.#accounts.get(userId)
    if (!account) this.#accounts.set(userId, (account = new AccountUploads(this)))
    return account
  }

  /** A part of this upload came: what waits longer than it may have to go. */
  touch(upload: Upload, bytes: number): void {
    this.#waiting.delete(upload)
    this.#waiting.add(upload)
    this.#bytes += bytes
    for (const oldest of this.#waiting) {
      if (this.#bytes <= this.#mostBytes || oldest === upload) break
      oldest.owner.forget(oldest)
    }
  }

  /** Parts of this upload are gone; all of them where the upload is. */
  release(upload: Upload, bytes: number, isOver: boolean): void {
    this.#bytes -= bytes
    if (isOver) this.#waiting.delete(upload)
  }
}

/**
 * Parts that an account is uploading, by the file id that the client chose. Part size must divide 512 KB and be a
 * multiple of 1 KB, and only the last part may be shorter.
 * @see https://core.telegram.org/api/files#uploading-files
 */
export class AccountUploads {
  readonly #all: Uploads
  readonly #uploads = new Map<bigint, Upload>()

  constructor(all: Uploads) {
    this.#all = all
  }

  /**
   * Keeps one part, which nobody may change afterwards, and frees it when it is of no use any more, if its memory is
   * marked as disposable. `totalParts` is -1 or absent while a stream's length is unknown.
   */
  save(fileId: bigint, part: number, bytes: Uint8Array, totalParts?: number): PartFailure | undefined {
    if (part < 0 || part >= FILE_PARTS_MAX) return 'FILE_PART_INVALID'
    if (bytes.length === 0) return 'FILE_PART_EMPTY'
    if (bytes.length > FILE_PART_MAX_BYTES) return 'FILE_PART_TOO_BIG'
    if (totalParts !== undefined && totalParts !== -1 && (totalParts < 1 || totalParts > FILE_PARTS_MAX)) {
      return 'FILE_PARTS_INVALID'
    }
    const upload = this.#uploads.get(fileId) ?? this.#begin(fileId)
    if (totalParts !== undefined && totalParts !== -1) upload.totalParts = totalParts
    const before = upload.parts.get(part)
    upload.parts.set(part, bytes)
    const growth = bytes.length - (before?.length ?? 0)
    upload.bytes += growth
    if (before && before !== bytes) dispose(before)
    this.#all.touch(upload, growth)
    return undefined
  }

  /**
   * Joins the parts of a finished upload and forgets them.
   * Returns the error that `messages.uploadMedia` and its relatives raise where a part is missing or of a wrong size, or
   * the whole does not have the checksum that the client gave; the parts stay then, to be sent again.
   * @param md5Checksum in hex; `''` where the client gives none, as it may.
   */
  finish(fileId: bigint, parts: number, md5Checksum = ''): Uint8Array | PartFailure | `FILE_PART_${number}_MISSING` {
    const upload = this.#uploads.get(fileId)
    if (!upload || parts < 1 || parts > FILE_PARTS_MAX) return 'FILE_PARTS_INVALID'
    if (upload.totalParts !== undefined && upload.totalParts !== parts) return 'FILE_PARTS_INVALID'
    const size = upload.parts.get(0)?.length ?? 0
    let total = 0
    for (let part = 0; part < parts; part++) {
      const bytes = upload.parts.get(part)
      if (!bytes) return `FILE_PART_${part}_MISSING`
      if (part < parts - 1) {
        if (bytes.length !== size) return 'FILE_PART_SIZE_CHANGED'
        if (size % 1024 !== 0 || FILE_PART_MAX_BYTES % size !== 0) return 'FILE_PART_SIZE_INVALID'
      } else if (parts > 1 && bytes.length > size) return 'FILE_PART_SIZE_CHANGED'
      total += bytes.length
    }
    const joined = new Uint8Array(total)
    let offset = 0
    for (let part = 0; part < parts; part++) {
      const bytes = upload.parts.get(part)!
      joined.set(bytes, offset)
      offset += bytes.length
    }
    if (md5Checksum !== '' && md5Checksum.toLowerCase() !== md5Of(joined)) return 'MD5_CHECKSUM_INVALID'
    this.forget(upload)
    return joined
  }

  /** Loses one part, as storage may: whoever uses the file is told so. */
  lose(fileId: bigint, part: number): boolean {
    const upload = this.#uploads.get(fileId)
    const bytes = upload?.parts.get(part)
    if (!upload || !bytes) return false
    upload.bytes -= bytes.length
    this.#all.release(upload, bytes.length, false)
    return upload.parts.delete(part)
  }

  /** Whether any part of this file has arrived. */
  has(fileId: bigint): boolean {
    return this.#uploads.has(fileId)
  }

  /** Forgets an upload, and frees its parts. */
  forget(upload: Upload): void {
    this.#uploads.delete(upload.fileId)
    this.#all.release(upload, upload.bytes, true)
    for (const bytes of upload.parts.values()) dispose(bytes)
  }

  #begin(fileId: bigint): Upload {
    const upload: Upload = { owner: this, fileId, parts: new Map(), bytes: 0, totalParts: undefined }
    this.#uploads.set(fileId, upload)
    return upload
  }
}

function md5Of(bytes: Uint8Array): string {
  const md5 = new Md5()
  md5.update(bytes)
  return md5.hex()
}
