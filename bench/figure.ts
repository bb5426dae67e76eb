import { cpus, totalmem } from 'node:os'

export type Peer = 'mtcute' | 'GramJS' | 'teleproto'
export const PEERS: readonly Peer[] = ['mtcute', 'GramJS', 'teleproto']

/** One measured figure: ours beside the peers', taken in one run on one machine. */
export interface Figure {
  readonly what: string
  readonly unit: string
  readonly ours: number
  /** A peer that cannot do it is absent. */
  readonly peers: Partial<Record<Peer, number>>
  readonly better: 'higher' | 'lower'
}

/** A group of figures that are measured together. */
export interface Section {
  readonly name: string
  measure(): Promise<Figure[]>
}

/** How many times better ours is than a peer's: above 1 is better, whichever way the unit points. */
export function ratio(figure: Figure, peer: Peer): number | undefined {
  const theirs = figure.peers[peer]
  if (theirs === undefined) return undefined
  return figure.better === 'higher' ? figure.ours / theirs : theirs / figure.ours
}

export function describeMachine(): string {
  const processors = cpus()
  return `${processors.length} x ${processors[0]?.model.trim() ?? 'unknown processor'}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.version}, ${process.platform} ${process.arch}`
}

function number(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(2)} M`
  if (value >= 1e4) return `${(value / 1e3).toFixed(1)} k`
  return value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(2)
}

/** The figures as aligned text: ours, then each peer with its ratio in brackets. */
export function renderFigures(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.what,
    `${number(figure.ours)} ${figure.unit}`,
    ...PEERS.map((peer) => {
      const theirs = figure.peers[peer]
      return theirs === undefined ? '-' : `${number(theirs)} (x${ratio(figure, peer)!.toFixed(2)})`
    }),
  ])
  const table = [['', 'rawgram', ...PEERS], ...rows]
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)))
  return table.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  ')).join('\n')
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
