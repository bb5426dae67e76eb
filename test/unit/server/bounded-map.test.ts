import { expect, it } from 'vitest'
import { BoundedMap } from '../../../src/server/bounded-map.js'

it('a new entry takes the place of the oldest, and one that is there already its own', () => {
  const map = new BoundedMap<string, number>(2)
  map.set('a', 1).set('b', 2).set('a', 3)
  expect([...map]).toEqual([['a', 3], ['b', 2]])
  map.set('c', 4)
  expect([...map]).toEqual([['b', 2], ['c', 4]])
})
