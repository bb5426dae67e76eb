import { spawnSync } from 'node:child_process'
import { median, type Figure, type Section } from './figure.js'

const RUNS = 15
const PROGRAMS = {
  rawgram: `await import('rawgram')`,
  GramJS: `(await import('node:module')).createRequire(import.meta.url)('telegram')`,
  teleproto: `(await import('node:module')).createRequire(import.meta.url)('teleproto')`,
  mtcute: `await import('@mtcute/node')`,
  node: ``,
} as const

function seconds(program: string): number {
  const startedMs = performance.now()
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the program ${JSON.stringify(program)} failed: ${stderr}`)
  return (performance.now() - startedMs) / 1000
}

/** Whole processes from start to exit, in turn, so that a machine that slows down slows all of them. */
export const importTime: Section = {
  name: 'import',
  async measure(): Promise<Figure[]> {
    const names = Object.keys(PROGRAMS) as (keyof typeof PROGRAMS)[]
    const taken = new Map(names.map((name) => [name, [] as number[]]))
    for (const name of names) seconds(PROGRAMS[name])
    for (let run = 0; run < RUNS; run++) for (const name of names) taken.get(name)!.push(seconds(PROGRAMS[name]))
    const of = (name: keyof typeof PROGRAMS): number => median(taken.get(name)!)
    return [
      {
        what: `import the package, with Node's own ${of('node').toFixed(3)} s`,
        unit: 's',
        ours: of('rawgram'),
        peers: { mtcute: of('mtcute'), GramJS: of('GramJS'), teleproto: of('teleproto') },
        better: 'lower',
      },
    ]
  },
}
