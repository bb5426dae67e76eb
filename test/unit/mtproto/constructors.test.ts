import { expect, it } from 'vitest'
import * as ids from '../../../src/mtproto/constructors.js'
import * as Mt from '../../../generated/mtproto/index.js'

const HAND_READ = ['ID_VECTOR', 'ID_MSG_CONTAINER', 'ID_MSG_COPY', 'ID_GZIP_PACKED', 'ID_RPC_RESULT', 'ID_BOOL_TRUE']

it('the ids that the dispatch switches over are those of the generated classes', () => {
  const generated = new Map<string, number>()
  for (const [name, type] of Object.entries(Mt)) {
    const id = (type as { CONSTRUCTOR_ID?: number }).CONSTRUCTOR_ID
    if (id !== undefined) generated.set(name.toUpperCase(), id)
  }
  const checked = Object.entries(ids).filter(([name]) => name.startsWith('ID_') && !HAND_READ.includes(name))
  expect(checked.length).toBeGreaterThan(20)
  for (const [name, id] of checked) expect(generated.get(name.slice(3).replaceAll('_', '')), name).toBe(id)
})

it('a body of fewer than four bytes has no constructor', () => {
  expect(ids.constructorId(Uint8Array.of(1, 2, 3))).toBe(0)
  expect(ids.constructorId(Uint8Array.of(0x15, 0xc4, 0xb5, 0x1c, 9))).toBe(ids.ID_VECTOR)
})
