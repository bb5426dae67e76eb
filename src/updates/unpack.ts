import type * as Api from '../../generated/api/index.js'
import { TlObject } from '../tl/object.js'

/** The updates of one container, and its place in the sequence of containers. */
export interface Container {
  /** 0 where the container is in no sequence. */
  readonly seqStart: number
  readonly seq: number
  /** Unix time; 0 where the container has none. */
  readonly date: number
  readonly updates: readonly TlObject[]
}

const CONTAINERS: ReadonlySet<string> = new Set([
  'Updates',
  'UpdatesCombined',
  'UpdateShort',
  'UpdateShortMessage',
  'UpdateShortChatMessage',
  'UpdateShortSentMessage',
  'UpdatesTooLong',
])

export function isUpdates(value: unknown): value is Api.TypeUpdates {
  return value instanceof TlObject && CONTAINERS.has(value.className)
}

/** `undefined` for `updatesTooLong`: so many that the server does not send them. */
export function containedUpdates(updates: Api.TypeUpdates): Container | undefined {
  switch (updates.className) {
    case 'Updates':
      return { seqStart: updates.seq, seq: updates.seq, date: updates.date, updates: updates.updates }
    case 'UpdatesCombined':
      return { seqStart: updates.seqStart, seq: updates.seq, date: updates.date, updates: updates.updates }
    case 'UpdateShort':
      return { seqStart: 0, seq: 0, date: updates.date, updates: [updates.update] }
    case 'UpdatesTooLong':
      return undefined
    default:
      return { seqStart: 0, seq: 0, date: updates.date, updates: [updates] }
  }
}
