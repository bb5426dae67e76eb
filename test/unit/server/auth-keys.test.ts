import { expect, it } from 'vitest'
import { AuthKeys, type ServerKey } from '../../../src/server/core/auth-keys.js'
import { MAX_STRANGER_KEYS } from '../../../src/server/limits.js'

const keyOf = (id: number, about: Partial<ServerKey> = {}): ServerKey =>
  ({ id: BigInt(id), expiresAtMs: undefined, boundTo: undefined, userId: undefined, ...about }) as ServerKey

const keysWith = (inUse: (key: ServerKey) => boolean = () => false) => {
  const dropped: bigint[] = []
  const keys = new AuthKeys({ isInUse: inUse, dropped: ({ id }) => dropped.push(id) })
  return { keys, dropped }
}

it('of keys that nobody is logged in with, the oldest go, with their temporary keys and sessions', () => {
  const { keys, dropped } = keysWith(({ id }) => id === 3n)
  const login = keyOf(1, { userId: 7n })
  const stranger = keyOf(4)
  keys.add(login, 0)
  keys.add(keyOf(2, { boundTo: login, expiresAtMs: 9e9 }), 0)
  keys.add(keyOf(3), 0) // a connection uses it
  keys.add(stranger, 0)
  keys.add(keyOf(5, { boundTo: stranger, expiresAtMs: 9e9 }), 0)
  for (let id = 6; id <= 3 * MAX_STRANGER_KEYS; id++) keys.add(keyOf(id), 0)
  expect(keys.size).toBeLessThanOrEqual(MAX_STRANGER_KEYS + 3)
  expect([1n, 2n, 3n, 4n, 5n].map((id) => keys.has(id))).toEqual([true, true, true, false, false])
  expect(dropped.slice(0, 3).sort()).toEqual([4n, 5n, 6n])
  expect(new Set(dropped).size).toBe(dropped.length)
  expect(dropped.length + keys.size).toBe(3 * MAX_STRANGER_KEYS)
  expect(keys.has(BigInt(3 * MAX_STRANGER_KEYS))).toBe(true)
})

it('accounts keep all their keys, however many there are', () => {
  const { keys, dropped } = keysWith()
  for (let id = 1; id <= 2 * MAX_STRANGER_KEYS; id++) keys.add(keyOf(id, { userId: 7n }), 0)
  expect(keys.size).toBe(2 * MAX_STRANGER_KEYS)
  expect(dropped).toEqual([])
})

it('a temporary key is dropped when it is asked for after its end', () => {
  const { keys, dropped } = keysWith()
  const temporary = keyOf(1, { expiresAtMs: 1000 })
  keys.add(temporary, 0)
  expect(keys.get(1n, 999)).toBe(temporary)
  expect(keys.get(1n, 1000)).toBeUndefined()
  expect(dropped).toEqual([1n])
  expect(keys.size).toBe(0)
})
