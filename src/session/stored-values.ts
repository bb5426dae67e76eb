import { MAX_PORT } from './limits.js'
import type { EntityRow } from './entity-row.js'
import type { UpdateState } from './update-state.js'

/** Tells whether a value that was read from a store has the form in which it is written there. */
export type IsStored<T> = (value: unknown) => value is T

/** A key as `JSON.stringify` writes a Buffer; its length is for `AuthKey` to judge. */
export interface StoredKey {
  readonly data: readonly number[]
}

const MAX_INT = 2 ** 31 - 1
const KINDS: ReadonlySet<unknown> = new Set(['user', 'chat', 'channel'])

export const isStoredDcId = (value: unknown): value is number => isInt(value) && value >= 0

export const isStoredPort = (value: unknown): value is number => isInt(value) && value >= 1 && value <= MAX_PORT

export const isStoredAddress = (value: unknown): value is string => typeof value === 'string' && value !== ''

export const isStoredKey = (value: unknown): value is StoredKey =>
  isRecord(value) && Array.isArray(value['data']) && value['data'].every((byte) => isInt(byte) && byte >= 0 && byte < 256)

export const isStoredState = (value: unknown): value is UpdateState =>
  isRecord(value) &&
  [value['pts'], value['qts'], value['date'], value['seq']].every(isInt) &&
  isRecord(value['channels']) &&
  Object.values(value['channels']).every(isInt)

export const isStoredRows = (value: unknown): value is EntityRow[] => Array.isArray(value) && value.every(isRow)

function isRow(value: unknown): boolean {
  if (!isRecord(value)) return false
  const { kind, id, accessHash, usernames, phone } = value
  return (
    KINDS.has(kind) &&
    isDecimal(id) &&
    (accessHash === undefined || isDecimal(accessHash)) &&
    Array.isArray(usernames) &&
    usernames.every((name) => typeof name === 'string') &&
    (phone === undefined || typeof phone === 'string')
  )
}

const isDecimal = (value: unknown): boolean => typeof value === 'string' && /^-?\d+$/.test(value)

const isInt = (value: unknown): value is number => Number.isInteger(value) && Math.abs(value as number) <= MAX_INT

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
