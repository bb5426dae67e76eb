import { LocalError } from '../../errors/errors.js'
import { describe } from '../../errors/evidence.js'
import type { ByteSource, ByteStream } from './byte-source.js'
import { openLocalFile } from './local-file.node.js'

/** What a browser's `File` and `Blob` have in common. */
interface BlobLike {
  readonly name?: string
  readonly size: number
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> }
}

/** A file as existing code describes it: by its path, or by its bytes. */
export class CustomFile {
  readonly name: string
  readonly size: number
  readonly path: string
  readonly buffer: Uint8Array | undefined

  constructor(name: string, size: number, path: string, buffer?: Uint8Array) {
    this.name = name
    this.size = size
    this.path = path
    this.buffer = buffer
  }
}

export type UploadSource = CustomFile | BlobLike | Uint8Array | string | ByteStream

/** @throws {LocalError} `argument`, when nothing can be read from the value. */
export async function openSource(file: UploadSource): Promise<ByteSource | ByteStream> {
  if (typeof file === 'string') return openLocalFile(file)
  if (file instanceof Uint8Array) return bytesSource((file as { name?: string }).name ?? 'unnamed', file)
  if (file instanceof CustomFile) {
    if (file.buffer !== undefined) return bytesSource(file.name, file.buffer)
    return { ...(await openLocalFile(file.path)), name: file.name }
  }
  if (typeof file === 'object' && file !== null) {
    if ('stream' in file && typeof (file as ByteStream).stream === 'object') return file as ByteStream
    if ('slice' in file && typeof file.size === 'number') return blobSource(file)
  }
  throw new LocalError(
    'argument',
    `file: expected a path, bytes, a File, a CustomFile or { name, stream }, got ${describe(file)}`,
    {
      path: 'file',
      got: describe(file),
    },
  )
}

function bytesSource(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    size: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
    close() {},
  }
}

function blobSource(blob: BlobLike): ByteSource {
  return {
    name: blob.name ?? 'unnamed',
    size: blob.size,
    read: async (offset, length) => new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()),
    close() {},
  }
}
