import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KeyValueStore } from './key-value-store.js'

const OWNER_ONLY_FOLDER = 0o700
const OWNER_ONLY_FILE = 0o600

/**
 * One file per key in the folder `./<name>`, readable by its owner alone. A file is written beside its final name and
 * then moved, so that a crash leaves either the old or the new text.
 */
export function platformStore(name: string): KeyValueStore {
  const folder = join('.', name)
  const path = (key: string): string => join(folder, fileName(key))
  return {
    get(key) {
      try {
        return readFileSync(path(key), 'utf8')
      } catch (error) {
        if ((error as { code?: string }).code === 'ENOENT') return undefined
        throw error
      }
    },
    set(key, value) {
      mkdirSync(folder, { recursive: true, mode: OWNER_ONLY_FOLDER })
      writeFileSync(`${path(key)}.new`, value, { mode: OWNER_ONLY_FILE })
      renameSync(`${path(key)}.new`, path(key))
    },
    remove(key) {
      rmSync(path(key), { force: true })
    },
    keys() {
      try {
        return readdirSync(folder)
          .filter((file) => !file.endsWith('.new'))
          .flatMap(keyOf)
      } catch (error) {
        if ((error as { code?: string }).code === 'ENOENT') return []
        throw error
      }
    },
  }
}

/** Nothing for a file that somebody else has put there. */
function keyOf(file: string): string[] {
  try {
    return [decodeURIComponent(file)]
  } catch {
    return []
  }
}

function fileName(key: string): string {
  return encodeURIComponent(key).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}
