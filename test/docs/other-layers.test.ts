import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { loadCatalog } from '../../codegen/docs/input.js'
import { siteFiles } from '../../codegen/docs/site.js'

/** Schema texts of other layers and origins: data that the repository does not carry. */
const folder = process.env['RAWGRAM_SCHEMAS'] ?? fileURLToPath(new URL('../../../shared/schemas', import.meta.url))
const texts = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.api.tl')) : []
if (texts.length === 0)
  console.log(`no schema texts of other layers in ${folder}: the tests of other layers are left out`)

describe.skipIf(texts.length === 0)('a schema of another layer or origin', () => {
  it.each(texts)('%s builds a site without a change of code', (name) => {
    const catalog = loadCatalog({ schemaFile: join(folder, name) })
    const [, layer] = /layer(\d+)/.exec(name) ?? []
    expect(String(catalog.layer)).toBe(layer)
    const paths = new Set<string>()
    const faults: string[] = []
    for (const { path, content } of siteFiles(catalog, { packageName: 'rawgram' })) {
      paths.add(path)
      if (/>[^<]*(?:\bundefined\b|\[object |\bNaN\b)/.test(content)) faults.push(path)
    }
    expect(faults).toEqual([])
    expect(paths.has('method/messages.getExportedChatInvites.html')).toBe(true)
    expect(paths.size).toBeGreaterThan(2 * (catalog.index.methods.size + catalog.index.constructors.size))
  })
})
