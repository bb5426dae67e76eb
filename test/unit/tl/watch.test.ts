import { describe, expect, it } from 'vitest'
import type { PathStep } from '../../../src/tl/encode-refusal.js'
import { watch } from '../../../src/tl/watch.js'

const OWN = Symbol('own')

class Leaf {
  length: unknown
  constructor(length: unknown) {
    this.length = length
  }
  write(): void {}
  get kind(): string {
    return 'leaf'
  }
}

function watching<T extends object>(value: T): { watched: T; path: PathStep[]; asked: PathStep[] } {
  const path: PathStep[] = []
  const asked: PathStep[] = []
  return { watched: watch(value, path, asked), path, asked }
}

const root = (): { leaf: Leaf; items: unknown[]; plain: object; none: null; missing: undefined; write: () => void } =>
  Object.freeze({
    leaf: Object.freeze(new Leaf(7)),
    items: [[1, new Leaf('x')]],
    plain: { deep: 1 },
    none: null,
    missing: undefined,
    write: () => {},
  })

describe('an object that is watched', () => {
  it('answers as itself, though it is frozen', () => {
    const { watched } = watching(root())
    expect(watched.leaf).toBeInstanceOf(Leaf)
    expect(watched.leaf.length).toBe(7)
    expect(watched.leaf.kind).toBe('leaf')
    expect(Array.isArray(watched.items)).toBe(true)
    expect(watched.items.length).toBe(1)
    expect(watched.none).toBeNull()
    expect(watched.missing).toBeUndefined()
  })

  it('keeps the way to what it was asked for last', () => {
    const { watched, path } = watching(root())
    expect(path).toEqual([])
    void watched.leaf.length
    expect(path).toEqual(['leaf', 'length'])
    void (watched.items as Leaf[][])[0]![1]!.length
    expect(path).toEqual(['items', 0, 1, 'length'])
    void watched.none
    expect(path).toEqual(['none'])
  })

  it('looks into what writes itself and into arrays, not into other objects', () => {
    const given = root()
    const { watched, path } = watching(given)
    expect(watched.plain).toBe(given.plain)
    expect(watched.leaf).not.toBe(given.leaf)
    expect(path).toEqual(['leaf'])
  })

  it('takes what the class has, symbols and the length of an array for no field', () => {
    const given = Object.assign(root().items, { [OWN]: 5 }) as unknown[] & { [OWN]: number }
    const { watched, path, asked } = watching(given)
    expect(watched.length).toBe(1)
    expect(watched[OWN]).toBe(5)
    expect(path).toEqual([])
    expect([...watched]).toHaveLength(1)
    expect(path).toEqual([0])
    expect(asked).toEqual([0])
    const leaf = watching(new Leaf(1))
    expect(leaf.watched.kind).toBe('leaf')
    leaf.watched.write()
    expect(leaf.asked).toEqual([])
    void leaf.watched.length
    expect(leaf.asked).toEqual(['length'])
  })

  it('remembers what it was asked for in the order of asking', () => {
    const { watched, asked } = watching(Array.from({ length: 40 }, (_, i) => i))
    for (let i = 0; i < 40; i++) void watched[i]
    expect(asked).toEqual(Array.from({ length: 40 }, (_, i) => i))
  })
})
