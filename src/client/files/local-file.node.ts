import { createWriteStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ByteSource } from './byte-source.js'

/** A file on this machine; it is open until the upload is done. */
export async function openLocalFile(path: string): Promise<ByteSource> {
  const { size } = await stat(path)
  const handle = await open(path)
  return {
    name: basename(path),
    size,
    async read(offset, length) {
      const buffer = new Uint8Array(length)
      const { bytesRead } = await handle.read(buffer, 0, length, offset)
      return buffer.subarray(0, bytesRead)
    },
    close: () => handle.close(),
  }
}

export interface ByteSink {
  write(bytes: Uint8Array): unknown
  close?(): unknown
}

/** Writes to a file on this machine; each write waits until the last one is taken. */
export function createLocalFile(path: string): ByteSink {
  const stream = createWriteStream(path)
  return {
    write: (bytes) =>
      new Promise<void>((resolve, reject) => stream.write(bytes, (error) => (error ? reject(error) : resolve()))),
    close: () => new Promise<void>((resolve, reject) => stream.once('error', reject).end(() => resolve())),
  }
}
