/**
 * Schemas of other layers and origins: each is parsed, checked, generated and type-checked; what a new layer breaks is
 * counted. Without RAWGRAM_LAYERS only the oldest and the newest that are there are type-checked, because each takes
 * seconds. `RAWGRAM_LAYERS=all` takes every layer that the registry has.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { compileSchema } from '../../codegen/compile-schema.js'
import type { CompileOptions } from '../../codegen/compile-schema.js'
import type { Change } from '../../codegen/diff/change.js'
import { diffSchemas } from '../../codegen/diff/diff-schemas.js'
import { runPipeline } from '../../codegen/pipeline.js'
import type { PipelineResult } from '../../codegen/pipeline.js'
import { importTdlib } from '../../codegen/schema-import/import-tdlib.js'
import { definitionsOf } from '../../codegen/text/ast.js'
import type { DefinitionNode } from '../../codegen/text/ast.js'
import { DiagnosticList } from '../../codegen/text/diagnostic.js'
import { parseSchema } from '../../codegen/text/parser.js'
import { printSchema } from '../../codegen/text/printer.js'
import { layerPackage, packagedSchema } from '../../src/cli/schema/npm-package.js'
import { typeCheck } from './type-check.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = process.env['RAWGRAM_SCHEMAS'] ?? join(root, '../shared/schemas')
const cache = join(root, '.cache/layers')
const EVERY_LAYER = [167, 179, 181, 185, 189, 204, 216, 218, 220, 221, 223]
const asked = process.env['RAWGRAM_LAYERS']
/** Older layers that are taken from the npm registry once and kept: RAWGRAM_LAYERS=167,179,223 takes more of them. */
const layers = asked === 'all' ? EVERY_LAYER : (asked ?? '223').split(',').map(Number)

interface Text {
  readonly name: string
  readonly text: string
}

const given: Text[] = !existsSync(folder)
  ? []
  : readdirSync(folder)
      .filter((name) => name.endsWith('.tl'))
      .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
if (given.length === 0) console.log(`no schema texts in ${folder}: other origins are left out`)

async function older(layer: number): Promise<Text[]> {
  const file = join(cache, `${layer}.tl`)
  if (!existsSync(file)) {
    process.env['npm_config_fetch_retries'] = '0'
    try {
      const { api } = await packagedSchema(layerPackage(layer), root)
      mkdirSync(cache, { recursive: true })
      writeFileSync(file, api)
    } catch (error) {
      console.log(`layer ${layer} is left out: ${(error as Error).message}`)
      return []
    }
  }
  return [{ name: `layer ${layer}`, text: readFileSync(file, 'utf8') }]
}

const published = (await Promise.all(layers.map(older))).flat()
const current: Text = { name: 'tl/api.tl', text: readFileSync(join(root, 'tl/api.tl'), 'utf8') }

/** Lines that these projects changed and left under the number of the original; all other numbers are checked. */
const RENAMED: Readonly<Record<string, readonly string[]>> = {
  'tdesktop.mtproto.tl': ['ipPortSecret', 'accessPointRule', 'help.configSimple'],
  'tdlib.mtproto.tl': ['gzip_packed'],
  'tdlib-layer228.api.tl': [
    'ipPortSecret',
    'accessPointRule',
    'help.configSimple',
    'inputPeerPhotoFileLocationLegacy',
    'inputStickerSetThumbLegacy',
    'invokeWithBusinessConnectionPrefix',
    'invokeWithGooglePlayIntegrityPrefix',
    'invokeWithApnsSecretPrefix',
    'invokeWithReCaptchaPrefix',
  ],
}

/** A prefix of a call as a constructor of its own, under the number of the call: two definitions with one number. */
const PREFIX = /^invokeWith\w+Prefix#.*\n/gm

/** What `sourceLine` defines, without its number. */
const nameIn = (sourceLine: string): string => sourceLine.split('#')[0]!

const countsOf = (changes: readonly Change[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { kind } of changes) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

/** Oldest first: the layer of a text, where it or its name says so. */
const layerIn = ({ name, text }: Text): number => Number(/layer ?(\d+)/.exec(name)?.[1] ?? /LAYER (\d+)/.exec(text)?.[1])
const dated = [...given, ...published].filter((each) => layerIn(each) > 0).sort((a, b) => layerIn(a) - layerIn(b))
const typeChecked = asked === undefined ? [dated[0], dated.at(-1)] : [...dated, ...given, current]
if (asked === undefined) {
  const names = typeChecked.map((each) => each?.name ?? 'none').join(' and ')
  console.log(`type-checked: ${names}; RAWGRAM_LAYERS=all type-checks all`)
}

/** As `rawgram gen` does it. */
const generate = ({ name, text }: Text, compile: CompileOptions): PipelineResult =>
  runPipeline([{ name, text: text.replace(PREFIX, '') }], {
    compile,
    modules: {
      long: 'big-integer',
      wide: 'integer',
      entityLike: false,
      runtime: { entry: 'rawgram/runtime' },
      provenance: '',
    },
  })

describe('a schema of any layer and origin', () => {
  const own = [...given.filter(({ name }) => name !== 'tdlib.secret.tl'), ...published, current]

  it.each(own)('$name has the numbers that its lines give, and printing loses nothing', ({ name, text }) => {
    const findings = compileSchema([{ name, text }]).diagnostics
    const wrong = findings.filter(({ code }) => code === 'wrong-crc').map(({ sourceLine }) => nameIn(sourceLine))
    expect(wrong).toEqual(RENAMED[name] ?? [])
    const twice = findings.filter(({ code }) => code === 'duplicate-id').map(({ sourceLine }) => nameIn(sourceLine))
    expect(twice.map((each) => `${each}Prefix`)).toEqual(wrong.filter((each) => each.endsWith('Prefix')))
    expect(findings).toHaveLength(wrong.length + twice.length)

    const list = new DiagnosticList()
    const parsed = parseSchema({ name, text }, list)
    const printed = printSchema(parsed)
    const again = parseSchema({ name, text: printed }, list)
    expect(list.sorted()).toEqual([])
    expect(printSchema(again)).toBe(printed)
    expect(definitionsOf(again)).toHaveLength(definitionsOf(parsed).length)
  })

  it.each(own)('$name is generated, and compiles', async (each) => {
    const startedMs = performance.now()
    const { schema, files: printed } = generate(each, { acceptedNumbers: RENAMED[each.name] ?? [] })
    const files = await printed
    expect(files).toBeDefined()
    const classes = [...files!.values()].join('\n').match(/^export class /gm)!.length
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
    const figures = `${schema.combinators.length} definitions, ${classes} classes in ${files!.size} files`
    console.log(`${each.name}: ${figures}, ${seconds} s`)
    expect(files!.size).toBeGreaterThan(20)
    expect(classes).toBe(schema.combinators.length)
    if (typeChecked.includes(each)) expect(typeCheck(files!)).toBe('')
  })
})

const tdlib = given.find(({ name }) => name === 'tdlib-layer228.api.tl')
describe.runIf(tdlib !== undefined)("tdlib's text, as it is pulled", () => {
  it('is the layer, sound and without anything of its own', () => {
    const { text } = importTdlib(parseSchema(tdlib!, new DiagnosticList()), 228)
    const { schema, diagnostics } = compileSchema([{ name: 'tdlib', text }])
    expect(diagnostics).toEqual([])
    const own = compileSchema([current]).schema
    expect(diffSchemas(own, schema).changes).toEqual([])
    expect(schema.combinators).toHaveLength(own.combinators.length)
  })
})

const secret = given.find(({ name }) => name === 'tdlib.secret.tl')
describe.runIf(secret !== undefined)('the schema of secret chats', () => {
  it('keeps the numbers of older layers under new names, which are found, each at its line', () => {
    const { diagnostics } = compileSchema([secret!])
    expect(new Set(diagnostics.map(({ code }) => code))).toEqual(new Set(['wrong-crc']))
    expect(diagnostics).toHaveLength(15)
    expect(compileSchema([secret!], { crcMismatch: 'warning' }).ok).toBe(true)
  })

  it('is generated with these numbers, and compiles', async () => {
    const { schema, files: printed } = generate(secret!, { crcMismatch: 'warning' })
    const files = await printed
    expect([...files!.values()].join('\n').match(/^export class /gm)).toHaveLength(schema.combinators.length)
    expect(typeCheck(files!)).toBe('')
  })
})

describe('what a layer breaks', () => {
  const load = ({ name, text }: Text) => compileSchema([{ name, text }], { crcMismatch: 'warning' }).schema
  const compared = [...dated.filter((each) => layerIn(each) < 228), current]

  /** Each section of a text backwards: the lines say the same in any order. */
  const reordered = ({ name, text }: Text): Text => {
    const ast = parseSchema({ name, text }, new DiagnosticList())
    const comments = ast.items.filter(({ kind }) => kind === 'comment')
    const [types, functions] = (['types', 'functions'] as const).map((section) =>
      definitionsOf(ast).filter((each) => each.section === section).reverse(),
    ) as [DefinitionNode[], DefinitionNode[]]
    const divider = { kind: 'section', section: 'functions', span: { start: 0, end: 0 } } as const
    return { name, text: printSchema({ items: [...comments, ...types, divider, ...functions] }) }
  }

  it.runIf(compared.length > 1)('is the same each time, and what one way adds is what the other removes', () => {
    for (const [index, newer] of compared.entries()) {
      const older = compared[index - 1]
      if (older === undefined) continue
      const [before, after] = [load(older), load(newer)]
      const forward = diffSchemas(before, after).changes
      expect(diffSchemas(before, after).changes).toEqual(forward)
      expect(diffSchemas(load(reordered(older)), load(reordered(newer))).changes).toEqual(forward)
      const there = countsOf(forward)
      const back = countsOf(diffSchemas(after, before).changes)
      expect([back['METHOD_ADDED'], back['CTOR_ADDED']]).toEqual([there['METHOD_REMOVED'], there['CTOR_REMOVED']])
      expect([back['METHOD_REMOVED'], back['CTOR_REMOVED']]).toEqual([there['METHOD_ADDED'], there['CTOR_ADDED']])
      expect(back['ID_CHANGED']).toBe(there['ID_CHANGED'])
      const source = forward.filter(({ breaks }) => breaks.includes('SOURCE')).length
      console.log(`layer ${before.layer} -> ${after.layer}: ${source} break source, ${JSON.stringify(there)}`)
    }
  })

  const layer223 = published.find(({ name }) => name === 'layer 223')
  it.runIf(layer223 !== undefined)('from 223 to 228 is known', () => {
    expect(countsOf(diffSchemas(load(layer223!), load(current)).changes)).toEqual({
      METHOD_REMOVED: 9,
      CTOR_REMOVED: 2,
      ARG_ADDED_REQUIRED: 7,
      ARG_TIED: 1,
      ARG_TYPE_CHANGED: 1,
      REQUIRED_TO_OPTIONAL: 4,
      RESULT_CHANGED: 2,
      ID_CHANGED: 49,
      FLAGS_ADDED: 12,
      ARG_ADDED_OPTIONAL: 86,
      METHOD_ADDED: 50,
      CTOR_ADDED: 98,
    })
  })
})
