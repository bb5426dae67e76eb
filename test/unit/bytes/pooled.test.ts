import { describe, expect, it } from 'vitest'
import { pooled } from '../../../src/bytes/pooled.js'

describe('memory from a pool', () => {
  it('is zero and nobody else\'s, whatever the lengths', () => {
    const pieces = Array.from({ length: 400 }, (_, i) => pooled((i * 37) % 1_100))
    pieces.forEach((piece, i) => {
      expect(piece.length).toBe((i * 37) % 1_100)
      expect(piece.every((byte) => byte === 0)).toBe(true)
      piece.fill((i % 255) + 1)
    })
    pieces.forEach((piece, i) => expect(piece.every((byte) => byte === (i % 255) + 1)).toBe(true))
  })

  it('is shared by small arrays alone, which begin where words can be read', () => {
    const pieces = Array.from({ length: 20 }, (_, i) => pooled(i))
    for (const { byteOffset } of pieces) expect(byteOffset % 8).toBe(0)
    expect(new Set(pieces.map(({ buffer }) => buffer)).size).toBeLessThanOrEqual(2)
    expect(pooled(1_025).buffer.byteLength).toBe(1_025)
  })
})
