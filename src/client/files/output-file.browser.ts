import type { FileHolder } from './location.js'

/** A page has no folders. */
export async function namedFile<Output>(
  outputFile: Output,
  _holder: FileHolder,
  _isThumbnail: boolean,
  _dateSeconds: number | undefined,
): Promise<Output | string> {
  return outputFile
}
