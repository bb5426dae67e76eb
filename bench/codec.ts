import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../scripts/entries.js'
import type { WorkName } from './contestants/contestant.js'
import { median, PEERS, type Figure, type Peer, type Section } from './figure.js'
import { generateNativeLongs } from './native-longs.js'

const PROGRAM = join(root, 'bench/programs/codec.ts')
/** Contestants take turns, so that a machine that slows down slows everybody. */
const TURNS = 3

type Ours = 'rawgram' | 'rawgramNative'

interface Measured {
  readonly rate: number
  readonly answerBytes: number
}

/** The figures in the order of the table. GramJS and its descendant have longs of one kind. */
const FIGURES: readonly { readonly what: string; readonly work: WorkName }[] = [
  { what: 'encode messages.getExportedChatInvites', work: 'encodeRequest' },
  { what: 'build and encode it', work: 'buildAndEncodeRequest' },
  { what: 'decode the answer with 100 invites and 100 users', work: 'decodeAnswer' },
  { what: 'encode that answer', work: 'encodeAnswer' },
]

function measure(contestant: Ours | Peer, work: WorkName): Measured {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...process.execArgv, PROGRAM, contestant, work], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the codec of ${contestant} failed at ${work}: ${stderr}`)
  return JSON.parse(stdout) as Measured
}

/** One work by all: a figure against every peer, and one with native longs against mtcute. */
function race(what: string, work: WorkName): Figure[] {
  const contestants = ['rawgram', 'rawgramNative', ...PEERS] as const
  const rates = new Map(contestants.map((each) => [each, [] as number[]]))
  const sizes = new Map<Ours | Peer, number>()
  for (let turn = 0; turn < TURNS; turn++) {
    for (const each of contestants) {
      const { rate, answerBytes } = measure(each, work)
      rates.get(each)!.push(rate)
      sizes.set(each, answerBytes)
    }
  }
  const size = sizes.get('rawgram')
  for (const each of ['rawgramNative', 'mtcute'] as const)
    if (sizes.get(each) !== size) throw new Error(`${each} encodes another answer: ${sizes.get(each)} bytes, not ${size}`)
  const result = (each: Ours | Peer): number => median(rates.get(each)!)
  const peers = Object.fromEntries(PEERS.map((peer) => [peer, result(peer)]))
  const described = work === 'decodeAnswer' ? `${what}, ${size} bytes` : what
  return [
    { what: described, unit: '/s', ours: result('rawgram'), peers, better: 'higher' },
    { what: 'the same with native longs', unit: '/s', ours: result('rawgramNative'), peers: { mtcute: result('mtcute') }, better: 'higher' },
  ]
}

/** Requests and answers per second: encoding the request of the reference page, alone and behind building it, and both ways of its answer. */
export const codec: Section = {
  name: 'codec',
  async measure() {
    await generateNativeLongs()
    return FIGURES.flatMap(({ what, work }) => race(what, work))
  },
}
