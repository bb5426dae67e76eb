import * as Api from '../../../generated/api/index.js'
import { Md5 } from '../../crypto/md5.node.js'
import { LocalError } from '../../errors/errors.js'
import { randomUint64 } from '../../platform/random.js'
import type { TlRequest } from '../../tl/object.js'
import { unlessAborted } from '../../connection/sleep.js'
import { describe } from '../../errors/evidence.js'
import type { ClientCore } from '../core.js'
import type { CoreListeners } from '../core-listeners.js'
import { AbortFamily } from './abort-family.js'
import type { ByteSource, ByteStream } from './byte-source.js'
import { inParallel } from './in-parallel.js'
import { BIG_FILE_BYTES, DEFAULT_WORKERS, MAX_PART_BYTES, MAX_PARTS, SMALL_PART_BYTES } from './limits.js'
import { rememberUpload } from './missing-parts.js'
import { throwIfCancelled, type Cancellable } from './progress.js'
import { openSource, type UploadSource } from './source.js'
import { workerCount } from './worker-count.js'

export interface UploadFileParams {
  /** A path, bytes, a `File`, a `CustomFile`, or `{ name, stream }` where the length is unknown. */
  readonly file: UploadSource
  /** Parts on their way at the same time, 1 to 16; each of them is in memory. Default 4. */
  readonly workers?: number
  /**
   * Told the part that is uploaded, from 0 to 1; of a stream, the number of bytes. Waited for; what it throws ends the
   * upload.
   */
  readonly onProgress?: ((progress: number) => unknown) & Cancellable
  readonly signal?: AbortSignal
  /** Has no effect: files are never read whole. */
  readonly maxBufferSize?: number
}

interface Part {
  readonly index: number
  readonly bytes: Uint8Array
  /** -1 while nobody knows. */
  readonly total: number
}

/**
 * Uploads a file in parts, for `InputMediaUploadedDocument` and its relatives.
 * @throws {LocalError} `argument`, when the file is empty, too long, or changes while it is read; `aborted`;
 * `disconnected`.
 * @see https://core.telegram.org/api/files#uploading-files
 */
export async function uploadFile(
  core: ClientCore,
  params: UploadFileParams,
): Promise<Api.InputFile | Api.InputFileBig> {
  const source = await openSource(params.file)
  try {
    return 'stream' in source ? await uploadStream(core, source, params) : await uploadSized(core, source, params)
  } finally {
    if ('close' in source) await source.close()
  }
}

async function uploadSized(
  core: ClientCore,
  source: ByteSource,
  params: UploadFileParams,
): Promise<Api.InputFile | Api.InputFileBig> {
  const { name, size } = source
  const big = size > BIG_FILE_BYTES
  const total = Math.ceil(size / partBytes(size))
  if (size === 0) throw new LocalError('argument', `${name}: an empty file cannot be uploaded`, { path: 'file' })
  checkParts(name, total)
  const md5 = big ? undefined : new Md5()
  let index = 0
  // Parts are read in their order, one at a time, whatever the order in which they arrive.
  const next = async (): Promise<Part | undefined> => {
    if (index === total) return undefined
    const part = await readPart(source, index++)
    md5?.update(part.bytes)
    return part
  }
  const id = randomId(core)
  await send(core, id, big, next, params, (sentBytes) => sentBytes / size)
  const file =
    md5 === undefined
      ? new Api.InputFileBig({ id, parts: total, name })
      : new Api.InputFile({ id, parts: total, name, md5Checksum: md5.hex() })
  const sendAgain = async (part: number): Promise<void> => {
    core.settings.logger.warn(`part ${part} of ${name} is missing at the server, and is uploaded again`)
    await core.ask(savePart(id, big, await readAgain(params.file, size, part)))
  }
  rememberUpload(file, { core, parts: total, sendAgain })
  return file
}

function partBytes(size: number): number {
  return size > BIG_FILE_BYTES ? MAX_PART_BYTES : SMALL_PART_BYTES
}

async function readPart(source: ByteSource, index: number): Promise<Part> {
  const { name, size } = source
  const offset = index * partBytes(size)
  const length = Math.min(partBytes(size), size - offset)
  const bytes = await source.read(offset, length)
  if (bytes.length !== length)
    throw new LocalError('argument', `${name} became shorter while it was uploaded`, { path: 'file' })
  return { index, bytes, total: Math.ceil(size / partBytes(size)) }
}

async function readAgain(file: UploadSource, size: number, part: number): Promise<Part> {
  const source = await openSource(file)
  try {
    if ('stream' in source || source.size !== size)
      throw new LocalError('argument', `${source.name} has changed since it was uploaded`, { path: 'file' })
    return await readPart(source, part)
  } finally {
    if ('close' in source) await source.close()
  }
}

async function uploadStream(
  core: ClientCore,
  { name, stream }: ByteStream,
  params: UploadFileParams,
): Promise<Api.InputFileBig> {
  const parts = partsOf(stream)
  let [index, total] = [0, -1]
  let ahead: IteratorResult<Uint8Array, undefined> | undefined
  const next = async (): Promise<Part | undefined> => {
    ahead ??= await parts.next()
    if (ahead.done === true && index === 0)
      throw new LocalError('argument', `${name}: an empty file cannot be uploaded`, { path: 'file' })
    if (ahead.done === true) return undefined
    const bytes = ahead.value
    ahead = await parts.next()
    if (ahead.done === true) total = index + 1
    checkParts(name, index + 1)
    return { index: index++, bytes, total }
  }
  const id = randomId(core)
  try {
    await send(core, id, true, next, params, (sentBytes) => sentBytes)
  } finally {
    // A stream that is stuck ends when it comes round; nobody waits for that.
    parts.return(undefined).catch(() => undefined)
  }
  return new Api.InputFileBig({ id, parts: total, name })
}

async function send(
  core: ClientCore,
  fileId: bigint,
  big: boolean,
  next: () => Promise<Part | undefined>,
  { workers = DEFAULT_WORKERS, onProgress, signal }: UploadFileParams,
  progress: (sentBytes: number) => number,
): Promise<void> {
  let sentBytes = 0
  const abort = new AbortFamily(signal)
  const disconnected = new LocalError('disconnected', 'uploadFile was ended by disconnect() before it was done')
  let closed = false
  const listener: CoreListeners = {
    onClose: () => {
      closed = true
      abort.abort(disconnected)
    },
  }
  core.listeners.push(listener)
  const work = inParallel(
    workerCount(workers),
    // A source may take for ever, too.
    () => abort.guard((partSignal) => unlessAborted(next(), 'uploadFile', partSignal)),
    async (part) => {
      throwIfCancelled('uploadFile', onProgress, signal)
      await abort.guard((partSignal) => core.ask(savePart(fileId, big, part), { signal: partSignal }))
      sentBytes += part.bytes.length
      throwIfCancelled('uploadFile', onProgress, signal)
      await onProgress?.(progress(sentBytes))
    },
  )
  try {
    await work
  } catch (error) {
    throw closed && error instanceof LocalError && error.failure === 'aborted' ? disconnected : error
  } finally {
    abort.release()
    core.listeners.splice(core.listeners.indexOf(listener), 1)
  }
}

function savePart(fileId: bigint, big: boolean, { index, bytes, total }: Part): TlRequest<boolean> {
  return big
    ? new Api.upload.SaveBigFilePart({ fileId, filePart: index, fileTotalParts: total, bytes })
    : new Api.upload.SaveFilePart({ fileId, filePart: index, bytes })
}

/** A stream cut anew: every part but the last is of the full size. */
async function* partsOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, undefined, undefined> {
  let part = new Uint8Array(MAX_PART_BYTES)
  let filled = 0
  for await (const chunk of stream) {
    if (!(chunk instanceof Uint8Array))
      throw new LocalError('argument', `stream: expected chunks of bytes, got ${describe(chunk)}`, { path: 'file' })
    for (let offset = 0; offset < chunk.length;) {
      const taken = chunk.subarray(offset, offset + MAX_PART_BYTES - filled)
      part.set(taken, filled)
      offset += taken.length
      filled += taken.length
      if (filled < MAX_PART_BYTES) continue
      yield part
      part = new Uint8Array(MAX_PART_BYTES)
      filled = 0
    }
  }
  if (filled > 0) yield part.subarray(0, filled)
  return undefined
}

function checkParts(name: string, parts: number): void {
  if (parts <= MAX_PARTS) return
  throw new LocalError(
    'argument',
    `${name} is too long: a file has at most ${MAX_PARTS} parts of ${MAX_PART_BYTES / 1024} KB`,
    { path: 'file' },
  )
}

function randomId(core: ClientCore): bigint {
  return BigInt.asIntN(64, randomUint64(core.settings.platform.random))
}
