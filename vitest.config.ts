import { dirname, resolve } from 'node:path'
import type { Plugin, ViteUserConfig } from 'vitest/config'
import type { Form } from './scripts/api-forms.js'
import { flatFile, flatGenerated } from './scripts/flat-generated.js'

// RAWGRAM_FORM=described or compact: the same tests of the classes that builds for browsers have.
const flatFolder = await flatGenerated((process.env['RAWGRAM_FORM'] ?? 'spelled') as Form)

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
    // A slow and busy machine takes ten times as long as a quick one. Only what never ends reaches these.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { interval: 10, timeout: 60_000 } },
    pool: 'forks',
    server: { deps: { external: [/\.cache\/flat-/] } },
    reporters: ['default'],
  },
}

export default config
