import { LocalError } from '../../errors/errors.js'
import type { ByteSink } from './byte-sink.js'
import type { ByteSource } from './byte-source.js'

/** Browsers have no paths: pass a `File`. */
export async function openLocalFile(_path: string): Promise<ByteSource> {
  throw new LocalError('state', 'a browser cannot read a path; pass a File or bytes')
}

export async function createLocalFile(_path: string): Promise<ByteSink> {
  throw new LocalError(
    'state',
    'a browser cannot write to a path; leave outputFile out, or pass an object with write()',
  )
}

/** What a page writes to has no path. */
export function pathOf(_sink: ByteSink): string | undefined {
  return undefined
}
