/**
 * `npx tsx scripts/layers.ts`: writes tl/layers.json, the ids that each definition had in every layer that the registry
 * still holds. Run by hand when a new layer is imported; it packs the old schema packages into a temporary folder.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

interface Entry {
  readonly name: string
  readonly id: number
}
interface Published {
  readonly layer: number
  readonly entries: readonly Entry[]
}

/** One version per layer; the numbers before the first dot are the layers. */
const OLD_SCHEMAS = [
  '167.0.0',
  '179.0.0',
  '181.0.0',
  '185.1.0',
  '189.0.0',
  '204.0.0',
  '216.0.0',
  '218.0.1',
  '220.0.0',
  '221.0.0',
  '223.0.0',
]
const CURRENT = 'mtcute-schema/tl/api-schema.json'
/** Entries of the packages' own, which no server knows. */
const FOREIGN = /^mtcute\.|^inputPeerPhotoFileLocationLegacy$|^inputStickerSetThumbLegacy$/

const root = fileURLToPath(new URL('..', import.meta.url))

function readPublished(path: string): Published {
  const file = JSON.parse(readFileSync(path, 'utf8')) as { l: number; e: Entry[] }
  return { layer: file.l, entries: file.e.filter(({ name }) => !FOREIGN.test(name)) }
}

function unpack(version: string, folder: string): string {
  execFileSync('npm', ['pack', `@mtcute/tl@${version}`, '--silent', '--pack-destination', folder], { stdio: 'ignore' })
  const target = mkdtempSync(join(folder, `${version}-`))
  execFileSync('tar', ['xzf', join(folder, `mtcute-tl-${version}.tgz`), '-C', target])
  return join(target, 'package', 'api-schema.json')
}

/** `167:3c6edb26 223:-` says: had this id from layer 167 (or earlier) on, was gone in layer 223. */
function histories(published: readonly Published[]): Map<string, string> {
  const result = new Map<string, string[]>()
  const last = new Map<string, string>()
  for (const { layer, entries } of published) {
    const present = new Map(entries.map(({ name, id }) => [name, id.toString(16).padStart(8, '0')]))
    for (const name of new Set([...last.keys(), ...present.keys()])) {
      const id = present.get(name) ?? '-'
      if (last.get(name) === id) continue
      const steps = result.get(name) ?? []
      steps.push(`${layer}:${id}`)
      result.set(name, steps)
      last.set(name, id)
    }
  }
  return new Map([...result].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, steps]) => [name, steps.join(' ')]))
}

const folder = mkdtempSync(join(tmpdir(), 'rawgram-layers-'))
try {
  const published = OLD_SCHEMAS.map((version) => readPublished(unpack(version, folder)))
  published.push(readPublished(createRequire(import.meta.url).resolve(CURRENT)))
  const all = histories(published)
  const lines = [...all].map(([name, history]) => `    ${JSON.stringify(name)}: ${JSON.stringify(history)}`)
  const text = [
    '{',
    '  "source": "Ids of every definition, from npm: @mtcute/tl (one version per layer) and @mtcute/core@0.31.0.",',
    `  "layers": [${published.map(({ layer }) => layer).join(', ')}],`,
    '  "history": {',
    lines.join(',\n'),
    '  }',
    '}',
    '',
  ].join('\n')
  writeFileSync(join(root, 'tl/layers.json'), text)
  console.log(`tl/layers.json: ${all.size} definitions in ${published.length} layers`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
