import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { emitModules } from '../../../codegen/emit/emit-modules.js'
import { moduleStatements } from '../../../codegen/emit/module-statements.js'
import { printModules } from '../../../codegen/emit/thread/print-modules.js'
import { PrintThread } from '../../../codegen/emit/thread/print-thread.js'
import { planModules } from '../../../codegen/modules/plan.js'
import { api } from '../../roundtrip/schema.js'

const root = join(import.meta.dirname, '../../..')
mkdirSync(join(root, '.cache'), { recursive: true })
const folder = mkdtempSync(join(root, '.cache/print-thread-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The program of the thread as it is written, which is TypeScript, with lines before it. */
function program(name: string, before = ''): string {
  const path = join(folder, `${name}.mjs`)
  const worker = pathToFileURL(join(root, 'codegen/emit/thread/print-worker.ts')).href
  writeFileSync(path, `import { register } from 'tsx/esm/api'\n${before}\nregister()\nawait import('${worker}')\n`)
  return path
}

const PROVENANCE = 'Generated for a test.'
const plan = planModules(api.index.schema, {
  long: 'big-integer',
  wide: 'integer',
  entityLike: true,
  runtime: { entry: 'rawgram/runtime' },
  provenance: PROVENANCE,
})
const expected = [...emitModules(plan)]
const printed = async (thread: PrintThread | undefined): Promise<(readonly [string, string])[]> => [
  ...(await printModules(moduleStatements(plan), PROVENANCE, thread)),
]

describe('the files of a layer', () => {
  it('are the same, in the same order, when a thread prints them', async () => {
    const thread = PrintThread.start(program('sound'), 2)!
    const files = [...moduleStatements(plan)].slice(0, 3)
    expect([...(await thread.print(files))!.keys()]).toEqual(files.map(([path]) => path))
    expect(await printed(thread)).toEqual(expected)
    expect(await printed(thread)).toEqual(expected)
    await thread.close()
  })

  it('are the same without a thread', async () => {
    expect(await printed(undefined)).toEqual(expected)
  })

  it('are the same when the thread does not even start', async () => {
    const thread = PrintThread.start(program('broken', "throw new Error('no')"), 2)!
    expect(await printed(thread)).toEqual(expected)
    expect(await thread.print([])).toBeUndefined()
    await thread.close()
  })

  it('are the same when the thread ends in the middle of its work', async () => {
    const ends = `import { parentPort } from 'node:worker_threads'
let left = 5
const post = parentPort.postMessage.bind(parentPort)
parentPort.postMessage = (texts) => (left-- > 0 ? post(texts) : process.exit(0))`
    const thread = PrintThread.start(program('ending', ends), 2)!
    expect(await printed(thread)).toEqual(expected)
    await thread.close()
  })
})

describe('a thread', () => {
  it('is not had where there is one processor, or where its program is not', () => {
    expect(PrintThread.start(program('unused'), 1)).toBeUndefined()
    expect(PrintThread.start(join(folder, 'missing.mjs'), 2)).toBeUndefined()
  })

  it('ends when it is closed, in the middle of its work, and drops what waits', async () => {
    const thread = PrintThread.start(program('closed'), 2)!
    let isAnswered = false
    void printed(thread).then(() => (isAnswered = true))
    await thread.close()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(isAnswered).toBe(false)
    expect(await thread.print([])).toBeUndefined()
  })
})
