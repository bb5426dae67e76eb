import { dirname, resolve } from 'node:path'
import type { Plugin, ViteUserConfig } from 'vitest/config'
import { flatFile, flatGenerated } from './scripts/flat-generated.js'

// RAWGRAM_FORM=described: the same tests of the classes that the browser build has.
const flatFolder = await flatGenerated(process.env['RAWGRAM_FORM'] === 'described' ? 'described' : 'spelled')

/** Imports of generated/ and the rooms below it load the flat build: the same classes, in a tenth of the time. */
const flatGeneratedCode: Plugin = {
  name: 'flat-generated-code',
  enforce: 'pre',
  resolveId(source, importer) {
    if (importer === undefined || !/^\..*\.js$/.test(source) || importer.startsWith(flatFolder)) return null
    const id = flatFile(flatFolder, resolve(dirname(importer), source).replace(/\.js$/, '.ts'))
    return id === undefined ? null : { id, external: true }
  },
}

const config: ViteUserConfig = {
  plugins: [flatGeneratedCode],
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    server: { deps: { external: [/\.cache\/flat-/] } },
    reporters: ['default'],
  },
}

export default config
