import type { KeyValueStore } from './key-value-store.js'

/** The page's `localStorage`; keys already carry the session's name. */
export function platformStore(_name: string): KeyValueStore {
  const storage = globalThis.localStorage
  return {
    get: (key) => storage.getItem(key) ?? undefined,
    set: (key, value) => storage.setItem(key, value),
    remove: (key) => storage.removeItem(key),
    keys: () => Array.from({ length: storage.length }, (_, i) => storage.key(i)!),
  }
}
