import { gunzipSync } from 'node:zlib'

const BLOCK = 512
/** Far above any schema package (3 MB), far below what would hurt. */
const LARGEST_ARCHIVE = 64 * 1024 * 1024

/** The regular files of a gzipped tar archive, as npm packs them. @throws {Error} on one that is cut or damaged */
export function readTarGz(archive: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const bytes = gunzipSync(archive, { maxOutputLength: LARGEST_ARCHIVE })
  const files = new Map<string, Uint8Array>()
  for (let at = 0; at + BLOCK <= bytes.length && bytes[at] !== 0; ) {
    const text = (from: number, length: number): string =>
      bytes.subarray(at + from, at + from + length).toString('latin1').replace(/\0.*$/s, '')
    const size = Number.parseInt(text(124, 12).trim() || '0', 8)
    const start = at + BLOCK
    if (!Number.isInteger(size) || size < 0 || start + size > bytes.length) throw new Error('the archive is damaged')
    const prefix = text(345, 155)
    const type = text(156, 1)
    const name = prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`
    if (type === '' || type === '0') files.set(name, bytes.subarray(start, start + size))
    at = start + Math.ceil(size / BLOCK) * BLOCK
  }
  return files
}
