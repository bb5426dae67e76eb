/** Text by name, as `localStorage` keeps it: what a stored session is built on. */
export interface KeyValueStore {
  get(key: string): string | undefined
  set(key: string, value: string): void
  remove(key: string): void
  keys(): string[]
}
