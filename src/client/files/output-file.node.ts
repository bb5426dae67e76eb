import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { getExtension } from '../compat/file-attributes.js'
import type { FileHolder } from './location.js'

/** Where the path is a folder, a file in it: `document1700000000.pdf`, `photo1700000000.jpg`. */
export async function namedFile<Output>(
  outputFile: Output,
  holder: FileHolder,
  isThumbnail: boolean,
  dateSeconds: number | undefined,
): Promise<Output | string> {
  if (typeof outputFile !== 'string' || !(await isFolder(outputFile))) return outputFile
  const isDocument = holder.className === 'Document' && !isThumbnail
  const date = dateSeconds ?? Date.now()
  const name = isDocument ? `document${date}.${getExtension(holder) || 'bin'}` : `photo${date}.jpg`
  return join(outputFile, name)
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}
