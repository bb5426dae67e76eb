import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ioFailure, usage } from '../exit-code.js'

/** What `rawgram.lock.json` says: where the schema came from and what it was. */
export interface SchemaLock {
  readonly layer: number | null
  readonly source: string
  /** Day of the pull, in UTC. */
  readonly date: string
  /** SHA-256 by file name. */
  readonly files: Readonly<Record<string, string>>
  /** SHA-256 by address of what was fetched, where it did not come from a package or a file. */
  readonly fetched?: Readonly<Record<string, string>>
}

export const LOCK_FILE = 'rawgram.lock.json'

/** The lock of the pull before; `damaged` stands in nobody's way, for the next one writes it anew. */
export function readLock(folder: string): SchemaLock | 'damaged' | undefined {
  const path = join(folder, LOCK_FILE)
  if (!existsSync(path)) return undefined
  try {
    const lock = JSON.parse(readFileSync(path, 'utf8')) as Partial<SchemaLock> | null
    return typeof lock?.files === 'object' && lock.files !== null ? (lock as SchemaLock) : 'damaged'
  } catch {
    return 'damaged'
  }
}

/** Everything that a pull writes besides the lock. */
const TEXTS = ['api.tl', 'errors.json'] as const
export type PulledTexts = ReadonlyMap<(typeof TEXTS)[number], string>

/**
 * Writes the texts and the lock, and removes what the pull before wrote and this one does not have: errors of another
 * layer would be taken for those of this one.
 * @throws {CliFailure} before anything is written, when a text is there that no pull wrote, unless `force` is given
 */
export function writeSchema(folder: string, texts: PulledTexts, lock: SchemaLock, force: boolean): void {
  const previous = readLock(folder)
  const pulled = previous === undefined || previous === 'damaged' ? {} : previous.files
  const isKept = (name: string): boolean => existsSync(join(folder, name)) && !isPulled(folder, name, [pulled[name], lock.files[name]])
  if (!force && previous !== 'damaged') {
    for (const name of texts.keys()) {
      if (!isKept(name)) continue
      const state = pulled[name] === undefined ? 'did not come from pull' : 'was changed since it was pulled'
      throw usage(`${join(folder, name)} ${state}; --force writes over it`)
    }
  }
  try {
    mkdirSync(folder, { recursive: true })
    for (const [name, text] of texts) writeFileSync(join(folder, name), text)
    for (const name of TEXTS) if (!texts.has(name) && !isKept(name)) rmSync(join(folder, name), { force: true })
    writeFileSync(join(folder, LOCK_FILE), `${JSON.stringify(lock, null, 2)}\n`)
  } catch (error) {
    throw ioFailure(`${folder} could not be written`, error)
  }
}

/** Line breaks do not count: git may turn them into those of the system. */
function isPulled(folder: string, name: string, checksums: readonly (string | undefined)[]): boolean {
  const text = readFileSync(join(folder, name), 'utf8')
  return checksums.includes(sha256(text)) || checksums.includes(sha256(text.replaceAll('\r\n', '\n')))
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
