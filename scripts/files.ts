import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Paths of all files under `folder` whose name ends in `ending`, relative to `root`, sorted. A missing folder is empty. */
export function listFiles(root: string, folder: string, ending: string): string[] {
  const start = join(root, folder)
  if (!statSync(start, { throwIfNoEntry: false })?.isDirectory()) return []
  return readdirSync(start, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replace(/^\//, ''))
    .sort()
}
