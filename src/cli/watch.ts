import { watch } from 'node:fs'
import type { FSWatcher } from 'node:fs'
import { basename, dirname } from 'node:path'

/** Editors write a file in several steps; what happens within this time is one change. */
const QUIET_MS = 80

/**
 * Calls `changed` after each change of one of the files that it follows, one call at a time: what changes during a call
 * brings another one. Folders are watched instead of files, because many editors replace a file rather than write it.
 */
export class FileWatch {
  readonly #changed: () => Promise<void>
  readonly #folders = new Map<string, FSWatcher>()
  #files: readonly string[] = []
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> = Promise.resolve()

  constructor(changed: () => Promise<void>) {
    this.#changed = changed
  }

  /** From now on these files (absolute paths), and no others. */
  follow(files: readonly string[]): void {
    this.#files = files
    const wanted = new Set(files.map((file) => dirname(file)))
    for (const [folder, watcher] of this.#folders) {
      if (wanted.has(folder)) continue
      watcher.close()
      this.#folders.delete(folder)
    }
    for (const folder of wanted) {
      if (!this.#folders.has(folder)) this.#folders.set(folder, watch(folder, (_, name) => this.#onEvent(folder, name)))
    }
  }

  /** Calls `changed` without a change, after the calls that are under way. */
  now(): Promise<void> {
    return (this.#running = this.#running.then(this.#changed))
  }

  /** Follows nothing any more, and waits for the last call. */
  async close(): Promise<void> {
    this.follow([])
    clearTimeout(this.#timer)
    await this.#running
  }

  #onEvent(folder: string, name: string | null): void {
    if (!this.#files.some((file) => dirname(file) === folder && basename(file) === name)) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.now(), QUIET_MS)
  }
}
