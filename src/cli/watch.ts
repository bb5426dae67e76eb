import { watch } from 'node:fs'
import { basename, dirname } from 'node:path'

/** Editors write a file in several steps; what happens within this time is one change. */
const QUIET_MS = 80

/**
 * Calls `changed` after each change of one of the files, one call at a time, until `signal` is aborted. Folders are
 * watched instead of files, because many editors replace a file rather than write it.
 */
export async function watchFiles(
  files: readonly string[],
  signal: AbortSignal,
  changed: () => Promise<void>,
): Promise<void> {
  if (signal.aborted) return
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  const onEvent = (folder: string, name: string | null): void => {
    if (!files.some((file) => dirname(file) === folder && basename(file) === name)) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      running = running.then(changed)
    }, QUIET_MS)
  }
  const folders = [...new Set(files.map((file) => dirname(file)))]
  const watchers = folders.map((folder) => watch(folder, (_, name) => onEvent(folder, name)))
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
  clearTimeout(timer)
  for (const watcher of watchers) watcher.close()
  await running
}
