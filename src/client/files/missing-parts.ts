import { isRpcError } from '../../errors/rpc-error.js'
import { MAX_DEPTH } from '../../tl/limits.js'
import type { TlObject } from '../../tl/object.js'
import type { ClientCore } from '../core.js'
import { MAX_PART_REPEATS } from './limits.js'

/** An upload that is done, and whose parts can be read once more. */
export interface RepeatableUpload {
  readonly core: ClientCore
  readonly parts: number
  /** Uploads this part again. */
  sendAgain(part: number): Promise<void>
}

interface Remembered extends RepeatableUpload {
  /** How often each part has been sent again. */
  readonly repeats: Map<number, number>
}

/** By what `uploadFile` returned: an upload is remembered for as long as its caller can still use it. */
const uploads = new WeakMap<object, Remembered>()

export function rememberUpload(file: object, upload: RepeatableUpload): void {
  uploads.set(file, { ...upload, repeats: new Map() })
}

/**
 * A server that has lost a part of an upload says which when the file is used: the part is uploaded again, and the call
 * can be repeated. A stream cannot be read twice: there the error, which names the part, is the caller's.
 * @returns whether the call is worth repeating.
 * @see https://core.telegram.org/api/files#uploading-files
 */
export async function mendMissingPart(core: ClientCore, error: unknown, request: TlObject): Promise<boolean> {
  if (!isRpcError(error, 'FILE_PART_MISSING')) return false
  const { argument: part } = error
  // The error does not say which file, and a thumbnail is one of its own.
  const lacking = uploadsIn(request).filter((upload) => upload.core === core && part < upload.parts)
  let mended = false
  for (const { repeats, sendAgain } of lacking) {
    const repeated = repeats.get(part) ?? 0
    if (repeated === MAX_PART_REPEATS) continue
    repeats.set(part, repeated + 1)
    await sendAgain(part)
    mended = true
  }
  return mended
}

function uploadsIn(value: unknown, depth = 0): Remembered[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array || depth > MAX_DEPTH) return []
  const upload = uploads.get(value)
  return upload === undefined ? Object.values(value).flatMap((inner) => uploadsIn(inner, depth + 1)) : [upload]
}
