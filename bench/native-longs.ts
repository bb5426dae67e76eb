import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { compileSchema } from '../codegen/compile-schema.js'
import { emitModules } from '../codegen/emit/emit-modules.js'
import { planModules } from '../codegen/modules/plan.js'
import { root } from '../scripts/entries.js'

const folder = join(root, '.cache/native-longs')
/** Where its modules are. */
export const NATIVE_LONGS: string = join(folder, 'flat')

/** Generates the whole API as `long: 'bigint'` in a config does, as flat modules. */
export async function generateNativeLongs(): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  const { schema } = compileSchema([{ name: 'tl/api.tl', text: readFileSync(join(root, 'tl/api.tl'), 'utf8') }])
  const runtime = { folder: '../../../src/tl' } // seen from the folder of the API
  const plan = planModules(schema, { runtime, provenance: '', long: 'bigint', wide: 'integer', entityLike: true })
  for (const [path, text] of emitModules(plan)) {
    const file = join(folder, 'api', path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  await build({
    entryPoints: ['api/index.ts', 'api/registry.ts'].map((path) => join(folder, path)).concat(join(root, 'src/tl/reader.ts')),
    outdir: NATIVE_LONGS,
    entryNames: '[name]',
    bundle: true,
    splitting: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    logLevel: 'error',
  })
}
