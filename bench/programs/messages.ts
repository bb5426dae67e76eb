import type { Peer } from '../figure.js'

export type Contestant = 'rawgram' | Peer

/** What the server's process says once it listens. */
export interface ServerFacts {
  readonly port: number
  readonly publicKey: string
  /** A document to download. */
  readonly file: { readonly id: string; readonly accessHash: string; readonly reference: string; readonly bytes: number }
}

export const TASKS = ['exchange', 'pipelined', 'sequential', 'upload', 'download'] as const
/**
 * What a client's process can be asked for: new sessions up to their first answer; small calls at once, or each after
 * the last one's answer; 512 kB parts of a file.
 */
export type Task = (typeof TASKS)[number]

export interface Order {
  readonly task: Task
  readonly count: number
}

export type Outcome = { readonly seconds: number; readonly cpuSeconds: number } | { readonly error: string }
