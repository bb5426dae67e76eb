import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A program as one file, which goes away with the test. */
export interface BundledProgram extends Disposable {
  readonly path: string
}

/**
 * A program for a process of its own. Node reads 1,500 small files of TypeScript for as long as a slow machine takes;
 * one file of JavaScript is there at once.
 * @param text TypeScript that stands in the project's own folder: `import './src/...'`
 */
export async function bundled(text: string): Promise<BundledProgram> {
  const cache = join(root, '.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'program-'))
  const path = join(folder, 'program.mjs')
  await build({
    stdin: { contents: text, resolveDir: root, loader: 'ts' },
    outfile: path,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    ignoreAnnotations: true, // the package says that no file of it does anything when it is loaded; a program does
    logLevel: 'error',
  })
  return { path, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) }
}
