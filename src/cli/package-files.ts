import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of this package, wherever it is installed and however it was bundled: the one that holds `tl/api.tl`. */
export function packageRoot(): string {
  const start = fileURLToPath(import.meta.url)
  for (let folder = dirname(start); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'tl/api.tl'))) return folder
    if (folder === dirname(folder)) throw new Error(`no folder above ${start} holds tl/api.tl`)
  }
}

export const packageFile = (name: string): string => join(packageRoot(), name)

export function packageVersion(): string {
  return (JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { version: string }).version
}
