import { Dice } from './dice.js'

export type Framing = 'abridged' | 'intermediate' | 'padded' | 'full' | 'obfuscated'

/** What may happen to one write on its way: the chance of each, per write and direction. */
export interface WriteFaults {
  readonly drop: number
  readonly duplicate: number
  readonly swap: number
  readonly truncate: number
  readonly flip: number
  readonly reset: number
}

/** Everything that goes wrong in one run, as a plain object that can be printed and replayed. Times are virtual. */
export interface FaultPlan {
  readonly framing: Framing
  readonly temporaryKeys: boolean
  /** The client begins with a key that the server knows; otherwise the run begins with a key exchange. */
  readonly knownKey: boolean
  readonly temporaryKeySeconds: number
  readonly up: WriteFaults
  readonly down: WriteFaults
  readonly latencyMs: number
  readonly jitterMs: number
  readonly pieces: 'whole' | 'random' | 1
  /** The chance that a connection carries 100 bytes a second, is refused, is never answered, is cut at some byte, or goes dark. */
  readonly slow: number
  readonly refuse: number
  readonly hang: number
  readonly cut: number
  readonly blackHole: number
  /** A packet of the server, seen by somebody on the path, arrives once more up to two minutes later. */
  readonly replay: number
  /** Mean minutes between such events; 0: never. */
  readonly restartEvery: number
  readonly forgetSessionsEvery: number
  readonly replaceSaltsEvery: number
  readonly loseTemporaryKeysEvery: number
  readonly clockStepEvery: number
  /** Minutes for which every connection is met with -429. */
  readonly floodEvery: number
  readonly skewMs: number
  readonly saltPeriodMs: number
  /** The chance that a query is answered with FLOOD_WAIT_2, 500, or another data centre's number, before it runs. */
  readonly refusals: number
  readonly migrations: number
}

const NONE: WriteFaults = { drop: 0, duplicate: 0, swap: 0, truncate: 0, flip: 0, reset: 0 }

/** A network and a server without fault. */
export const CALM: FaultPlan = {
  framing: 'intermediate',
  temporaryKeys: true,
  knownKey: true,
  temporaryKeySeconds: 86_400,
  up: NONE,
  down: NONE,
  latencyMs: 40,
  jitterMs: 0,
  pieces: 'whole',
  slow: 0,
  refuse: 0,
  hang: 0,
  cut: 0,
  blackHole: 0,
  replay: 0,
  restartEvery: 0,
  forgetSessionsEvery: 0,
  replaceSaltsEvery: 0,
  loseTemporaryKeysEvery: 0,
  clockStepEvery: 0,
  floodEvery: 0,
  skewMs: 0,
  saltPeriodMs: 3_600_000,
  refusals: 0,
  migrations: 0,
}

const DAY_MS = 86_400_000

/** Which kinds of fault a plan has: each in about half of all runs, so that none hides another for ever, or all in every run. */
export type Kinds = 'swarm' | 'all'

export function drawPlan(seed: number, kinds: Kinds = 'swarm'): FaultPlan {
  const dice = new Dice(seed ^ 0x706c616e)
  const share = kinds === 'all' ? 1 : 0.5
  const maybe = <Value>(value: () => Value, otherwise: Value): Value => (dice.chance(share) ? value() : otherwise)
  const rate = (most: number): number => maybe(() => dice.unit() * most, 0)
  const minutes = (least: number, most: number): number => maybe(() => dice.between(least, most), 0)
  const writes = (): WriteFaults => ({
    drop: rate(0.06),
    duplicate: rate(0.06),
    swap: rate(0.06),
    truncate: rate(0.01),
    flip: rate(0.01),
    reset: rate(0.02),
  })
  return {
    framing: dice.pick(['abridged', 'intermediate', 'padded', 'full', 'obfuscated']),
    temporaryKeys: dice.chance(0.6),
    knownKey: dice.chance(0.7),
    temporaryKeySeconds: dice.pick([3_600, 20_000, 86_400]),
    up: writes(),
    down: writes(),
    latencyMs: dice.pick([1, 20, 80, 400]),
    jitterMs: dice.pick([0, 10, 500]),
    pieces: dice.pick(['whole', 'whole', 'random', 1]),
    slow: rate(0.1),
    refuse: rate(0.3),
    hang: rate(0.2),
    cut: rate(0.3),
    blackHole: rate(0.2),
    replay: rate(0.05),
    restartEvery: minutes(10, 60),
    forgetSessionsEvery: minutes(10, 60),
    replaceSaltsEvery: minutes(5, 60),
    loseTemporaryKeysEvery: minutes(20, 120),
    clockStepEvery: minutes(10, 60),
    floodEvery: minutes(60, 180),
    skewMs: dice.pick([0, 0, 1_000, -600_000, 600_000, -DAY_MS, DAY_MS]),
    saltPeriodMs: dice.pick([3_600_000, 600_000, 60_000]),
    refusals: rate(0.1),
    migrations: rate(0.1),
  }
}
