import * as Api from '../../../generated/api/index.js'
import bigInt from 'big-integer'
import { asBytes, concat, type Bytes } from '../../bytes/bytes.js'
import { RemoteError } from '../../errors/errors.js'
import { wrongArgument } from '../../errors/wrong-argument.js'
import { toBigInt, type BigInteger, type LongLike } from '../../tl/long.js'
import type { ClientCore } from '../core.js'
import { AbortFamily } from './abort-family.js'
import {
  DEFAULT_WORKERS,
  DOWNLOAD_ALIGN_BYTES,
  DOWNLOAD_FRAGMENT_BYTES,
  MAX_PART_BYTES,
} from './limits.js'
import { writeTo, type ByteSink } from './byte-sink.js'
import { createLocalFile, pathOf } from './local-file.node.js'
import { fileOf, refreshFrom } from './location.js'
import { PartReader } from './part-reader.js'
import { throwIfCancelled, type Cancellable } from './progress.js'
import { workerCount } from './worker-count.js'

export type DownloadProgress = ((downloaded: BigInteger, fullSize: BigInteger) => unknown) & Cancellable

/** Bytes, or the path of the file that has them now, or nothing where that has no path. */
export type Downloaded = Bytes | string | undefined

interface DownloadOptions {
  /** The data centre that stores the file; found out where it is left out. */
  readonly dcId?: number
  /** In bytes, where it is known. */
  readonly fileSize?: LongLike
  /** The chat and the number of the message that the file came with: its reference is refreshed from there. */
  readonly msgData?: readonly [peer: Api.TypeEntityLike, messageId: number]
  /** Or: fetches the location again in some other way. */
  readonly refreshLocation?: () => Promise<Api.TypeInputFileLocation>
  /** Parts under way at the same time, 1 to 16; so many parts are in memory. Default 4. */
  readonly workers?: number
  readonly signal?: AbortSignal
}

export interface DownloadFileParams extends DownloadOptions {
  /** A path, a stream, or anything with `write`, which is waited for. Left out: the bytes are returned. */
  readonly outputFile?: string | ByteSink
  /** A multiple of 4 that divides 1024. Default 512. */
  readonly partSizeKb?: number
  /** Waited for; what it throws ends the download. */
  readonly progressCallback?: DownloadProgress
}

export interface IterDownloadParams extends DownloadOptions {
  /** A location, a document, a photo, or media with one of them. */
  readonly file: unknown
  /** Where to begin, in bytes; any number. */
  readonly offset?: LongLike
  /** At most so many chunks. */
  readonly limit?: number
  /** Bytes in each chunk that is handed out. Default: as requested. */
  readonly chunkSize?: number
  /** Bytes in each request: a multiple of 4096 that divides 1 MB. Default 512 KB. */
  readonly requestSize?: number
}

/**
 * Downloads a file in aligned parts, several at a time.
 * @returns the bytes; the whole path of the file that they were written to; nothing where `outputFile` has no path.
 * @throws {RemoteError} `file`, when the server sends too much, or stops in the middle.
 * @see https://core.telegram.org/api/files#downloading-files
 */
export async function downloadFile(
  core: ClientCore,
  file: unknown,
  params: DownloadFileParams = {},
): Promise<Downloaded> {
  const { outputFile, partSizeKb = MAX_PART_BYTES / 1024, progressCallback, signal, ...options } = params
  const { thumb } = params as { thumb?: unknown }
  if (thumb !== undefined) throw wrongArgument('thumb', 'nothing; downloadMedia() takes it', thumb)
  const fullSize = bigInt(String(params.fileSize ?? fileOf(file).size ?? 0))
  let downloaded = 0
  return collect(outputFile, async (write) => {
    throwIfCancelled('downloadFile', progressCallback, signal)
    const chunks = iterDownload(core, {
      ...options,
      file,
      requestSize: partSizeKb * 1024,
      ...(signal === undefined ? {} : { signal }),
    })
    for await (const chunk of chunks) {
      throwIfCancelled('downloadFile', progressCallback, signal)
      await write(chunk)
      downloaded += chunk.length
      await progressCallback?.(bigInt(downloaded), fullSize)
    }
  })
}

/** Writes what `produce` writes to `outputFile`, which is closed in any case; without one, the bytes are returned. */
export async function collect(
  outputFile: DownloadFileParams['outputFile'],
  produce: (write: (bytes: Uint8Array) => unknown) => Promise<void>,
): Promise<Downloaded> {
  // Existing code says with null, or with a buffer, that it wants the bytes.
  if (!outputFile || outputFile instanceof Uint8Array) {
    const parts: Uint8Array[] = []
    await produce((bytes) => parts.push(bytes))
    return asBytes(concat(...parts))
  }
  const sink = typeof outputFile === 'string' ? await createLocalFile(outputFile) : outputFile
  try {
    await produce((bytes) => writeTo(sink, bytes))
  } finally {
    await sink.close?.()
  }
  return pathOf(sink)
}

/** The bytes of a file, chunk by chunk; the next ones are on their way while one is being used. */
export async function* iterDownload(
  core: ClientCore,
  params: IterDownloadParams,
): AsyncGenerator<Bytes, undefined, undefined> {
  const { chunkSize, limit = Number.POSITIVE_INFINITY } = params
  if (chunkSize !== undefined && (!Number.isInteger(chunkSize) || chunkSize < 1))
    throw wrongArgument('chunkSize', 'a positive whole number', chunkSize)
  let handedOut = 0
  let rest: Uint8Array = new Uint8Array(0)
  for await (const part of partsInOrder(core, params)) {
    if (chunkSize === undefined) {
      if (handedOut++ >= limit) return undefined
      yield asBytes(part)
      continue
    }
    rest = rest.length === 0 ? part : concat(rest, part)
    for (; rest.length >= chunkSize; rest = rest.subarray(chunkSize)) {
      if (handedOut++ >= limit) return undefined
      yield asBytes(rest.subarray(0, chunkSize))
    }
  }
  if (rest.length > 0 && handedOut < limit) yield asBytes(rest)
  return undefined
}

/** Requests run ahead of the reader by `workers` parts, and no further: memory is bounded by them. */
async function* partsInOrder(
  core: ClientCore,
  params: IterDownloadParams,
): AsyncGenerator<Uint8Array, undefined, undefined> {
  const file = fileOf(params.file)
  const partBytes = requestSize(params.requestSize)
  const start = byteCount('offset', params.offset ?? 0)
  const given = params.fileSize ?? file.size
  // 0 is what existing code says when it does not know.
  const size = given === undefined || byteCount('fileSize', given) === 0 ? undefined : byteCount('fileSize', given)
  const first = start - (start % partBytes)
  const workers = workerCount(params.workers ?? Math.max(DEFAULT_WORKERS, core.settings.maxConcurrentDownloads))
  const abort = new AbortFamily(params.signal)
  const reader = new PartReader(core, {
    location: file.location,
    dcId: params.dcId ?? file.dcId,
    refresh:
      params.refreshLocation ?? (params.msgData === undefined ? undefined : refreshFrom(core, params.msgData, file)),
    abort,
  })
  const underWay: Promise<Uint8Array>[] = []
  let nextOffset = first
  const begin = (): void => {
    const part = reader.read(nextOffset, partBytes)
    // It is looked at in its turn; until then a failure is nobody's unhandled rejection.
    part.catch(() => undefined)
    underWay.push(part)
    nextOffset += partBytes
  }
  try {
    for (let offset = first; size === undefined || offset < size; offset += partBytes) {
      while (underWay.length < workers && (size === undefined || nextOffset < size)) begin()
      const part = await underWay.shift()!
      throwIfCancelled('the download', undefined, params.signal) // the part may have been there before
      const whole = part.length === partBytes
      if (!whole && size !== undefined && offset + part.length < size) throw cutShort(offset + part.length, size)
      const wanted = offset < start ? part.subarray(start - offset) : part
      if (wanted.length > 0) yield wanted
      if (!whole) {
        if (size === undefined) await nothingBehind(underWay, offset + part.length)
        return undefined
      }
    }
    return undefined
  } finally {
    abort.release()
    // Whoever stops reading does not want what is under way either.
    abort.abort(new Error('the download has ended'))
    reader.close()
  }
}

/** A part that is shorter than asked for is the last one: whatever lies behind it has to be empty. */
async function nothingBehind(underWay: readonly Promise<Uint8Array>[], end: number): Promise<void> {
  for (const part of underWay) if ((await part).length > 0) throw cutShort(end, undefined)
}

function cutShort(end: number, size: number | undefined): RemoteError {
  const expected = size === undefined ? 'a full part, since more follows' : `a file of ${size} bytes`
  return new RemoteError('file', `the server sent a short part in the middle of a file, at ${end}`, {
    expected,
    got: `its end at ${end}`,
    offset: end,
  })
}

function requestSize(bytes: number = MAX_PART_BYTES): number {
  if (
    !Number.isInteger(bytes) ||
    bytes < DOWNLOAD_ALIGN_BYTES ||
    bytes % DOWNLOAD_ALIGN_BYTES !== 0 ||
    DOWNLOAD_FRAGMENT_BYTES % bytes !== 0
  ) {
    throw wrongArgument('requestSize', 'a multiple of 4096 bytes that divides 1 MB', bytes)
  }
  return bytes
}

function byteCount(path: string, value: LongLike): number {
  const bytes = toBigInt(value)
  if (bytes === undefined || bytes < 0n || bytes > BigInt(Number.MAX_SAFE_INTEGER))
    throw wrongArgument(path, 'a number of bytes', value)
  return Number(bytes)
}
