/** A process with one library's client in it: `client.ts <contestant>`. Orders and outcomes come and go as messages. */
import { randomBytes } from 'node:crypto'
import { connectCaller, type Caller } from './caller.js'
import type { Contestant, Order, Outcome, ServerFacts } from './messages.js'

const PART_BYTES = 512 * 1024
/** Parts on their way at the same time. */
const WORKERS = 8

const contestant = process.argv[2] as Contestant
const facts = JSON.parse(process.argv[3]!) as ServerFacts
const part = randomBytes(PART_BYTES)
let caller: Caller | undefined
let signedIn = false
/** Closed when the clock has stopped. */
let finished: Caller[] = []

async function inWorkers(count: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < count) await work(next++)
  }
  await Promise.all(Array.from({ length: WORKERS }, worker))
}

async function getPart(index: number): Promise<void> {
  const length = await caller!.getPart((index * PART_BYTES) % facts.file.bytes, PART_BYTES)
  if (length !== PART_BYTES) throw new Error(`a part has ${length} bytes`)
}

async function run({ task, count }: Order): Promise<void> {
  if (task === 'pipelined') await Promise.all(Array.from({ length: count }, () => caller!.small()))
  else if (task === 'sequential') for (let i = 0; i < count; i++) await caller!.small()
  else if (task === 'upload') await inWorkers(count, (index) => caller!.savePart(index, count, part))
  else if (task === 'download') await inWorkers(count, getPart)
  else for (let i = 0; i < count; i++) finished.push(await connectCaller(contestant, facts))
}

async function carryOut(order: Order): Promise<Outcome> {
  try {
    if (order.task !== 'exchange') caller ??= await connectCaller(contestant, facts)
    if ((order.task === 'upload' || order.task === 'download') && !signedIn) {
      await caller!.signIn()
      signedIn = true
    }
    const startedMs = performance.now()
    const before = process.cpuUsage()
    await run(order)
    const { user, system } = process.cpuUsage(before)
    const seconds = (performance.now() - startedMs) / 1000
    await Promise.all(finished.map((each) => each.close()))
    finished = []
    return { seconds, cpuSeconds: (user + system) / 1e6 }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}

process.on('message', (order: Order) => void carryOut(order).then((outcome) => process.send!(outcome)))
process.on('disconnect', () => process.exit(0))
