import { open, stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { ByteSink } from './byte-sink.js'
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

/** Writes to a file on this machine. @throws what the system says, when it cannot be opened. */
export async function createLocalFile(path: string): Promise<ByteSink> {
  const handle = await open(path, 'w')
  return {
    path,
    write: (bytes) => handle.writeFile(bytes),
    close: () => handle.close(),
  }
}

/** The whole path of the file that is written to, where it is known. */
export function pathOf(sink: ByteSink): string | undefined {
  return typeof sink.path === 'string' ? resolve(sink.path) : undefined
}
