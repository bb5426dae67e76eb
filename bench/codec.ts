import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../scripts/entries.js'
import type { Figure, Section } from './figure.js'

const PROGRAM = join(root, 'bench/programs/codec.ts')

/** As the program calls them, in the order of the table. */
const FIGURES = ['encodeRequest', 'encodeNativeRequest', 'request', 'nativeRequest', 'decode', 'decodeNative', 'encode', 'encodeNative'] as const
export type CodecFigure = (typeof FIGURES)[number]

function figure(which: CodecFigure): Figure {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...process.execArgv, PROGRAM, which], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the codec's figure ${which} failed: ${stderr}`)
  return JSON.parse(stdout) as Figure
}

/** Requests and answers per second: encoding the request of the reference page, alone and behind building it, and both ways of its answer. */
export const codec: Section = {
  name: 'codec',
  measure: () => Promise.resolve(FIGURES.map(figure)),
}
