import type { Figure, Section } from './figure.js'
import { median } from './figure.js'
import { CONTESTANTS, Loopback, type Measured } from './loopback.js'
import type { Contestant, Task } from './programs/messages.js'

const EXCHANGES = 10
const EXCHANGE_ROUNDS = 3
const PIPELINED = 3000
const SEQUENTIAL = 1000
const CALL_ROUNDS = 9
/** One round of calls lasts a tenth of a second, in which little is compiled yet. */
const CALL_WARM_UPS = 4
/** 128 parts of 512 kB are 64 MB. */
const PARTS = 128
const PART_MB = (512 * 1024) / 1e6
/** Whoever encrypts in JavaScript transfers less: 128 parts would take half a minute. */
const FEWER_PARTS: Partial<Record<Contestant, number>> = { GramJS: 16, teleproto: 8 }
const FILE_ROUNDS = 3

/** One figure of what each contestant's rounds came to. */
function figure(
  what: string,
  unit: string,
  better: Figure['better'],
  taken: ReadonlyMap<Contestant, readonly Measured[]>,
  of: (measured: Measured) => number,
): Figure {
  const values = Object.fromEntries([...taken].map(([name, rounds]) => [name, median(rounds.map(of))])) as Partial<Record<Contestant, number>>
  const { rawgram, ...peers } = values
  if (rawgram === undefined) throw new Error(`rawgram failed: ${what}`)
  return { what, unit, ours: rawgram, peers, better }
}

function each(count: number, exceptions: Partial<Record<Contestant, number>> = {}): Map<Contestant, number> {
  return new Map(CONTESTANTS.map((contestant) => [contestant, exceptions[contestant] ?? count]))
}

async function calls(loopback: Loopback, task: Task, count: number, what: string): Promise<Figure[]> {
  const taken = await loopback.race(task, each(count), CALL_ROUNDS, CALL_WARM_UPS)
  return [
    figure(`${what}, calls`, '/s', 'higher', taken, ({ seconds }) => count / seconds),
    figure(`${what}, the client's CPU per call`, 'us', 'lower', taken, ({ cpuSeconds }) => (cpuSeconds * 1e6) / count),
  ]
}

async function transfer(loopback: Loopback, task: 'upload' | 'download'): Promise<Figure[]> {
  const taken = await loopback.race(task, each(PARTS, FEWER_PARTS), FILE_ROUNDS)
  const what = `${task} 64 MB in 512 kB parts, 8 at once`
  return [
    figure(what, 'MB/s', 'higher', taken, ({ seconds, count }) => (count * PART_MB) / seconds),
    figure(`${what}, the client's CPU`, 's', 'lower', taken, ({ cpuSeconds, count }) => (cpuSeconds * PARTS) / count),
  ]
}

async function onLoopback(work: (loopback: Loopback) => Promise<Figure[]>): Promise<Figure[]> {
  const loopback = await Loopback.open()
  try {
    return await work(loopback)
  } finally {
    loopback.close()
  }
}

/** New sessions against the embedded server: connection, key exchange, introduction, and the first answer. */
export const handshake: Section = {
  name: 'handshake',
  measure: () =>
    onLoopback(async (loopback) => {
      const taken = await loopback.race('exchange', each(EXCHANGES), EXCHANGE_ROUNDS)
      return [
        figure("a new session up to its first answer, the client's CPU", 'ms', 'lower', taken, ({ cpuSeconds }) => (cpuSeconds * 1000) / EXCHANGES),
        figure('a new session up to its first answer', 'ms', 'lower', taken, ({ seconds }) => (seconds * 1000) / EXCHANGES),
      ]
    }),
}

/** Small calls and parts of files (of fewer of them where a contestant is slow) on one connection to the embedded server, which has a process of its own. */
export const throughput: Section = {
  name: 'throughput',
  measure: () =>
    onLoopback(async (loopback) => [
      // Calls one at a time come first: a client that has run for a while is what takes thousands at once.
      ...(await calls(loopback, 'sequential', SEQUENTIAL, 'small calls, one at a time')),
      ...(await calls(loopback, 'pipelined', PIPELINED, `${PIPELINED} small calls at once`)),
      ...(await transfer(loopback, 'upload')),
      ...(await transfer(loopback, 'download')),
    ]),
}
