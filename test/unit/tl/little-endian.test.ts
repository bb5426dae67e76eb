import { describe, expect, it } from 'vitest'
import { int32At, longAt, setInt32, setLong } from '../../../src/tl/little-endian.js'

const INTS = [0, 1, -1, 0x7f, 0x80, -0x80, 0x1234_5678, -0x1234_5678, 0x7fff_ffff, -0x8000_0000]
const LONGS = INTS.flatMap((low) => INTS.map((high) => (BigInt(high) << 32n) | BigInt(low >>> 0)))

/** As the platform writes it, between bytes that have nothing to do with it. */
function written(write: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(16).fill(0xa5)
  write(new DataView(bytes.buffer))
  return bytes
}

describe('numbers of a packet', () => {
  it.each([0, 1, 3, 4, 8])('are read and written as by a DataView, at byte %i', (offset) => {
    for (const int of [...INTS, 0xffff_ffff, 0x8000_0000]) {
      const bytes = written((view) => view.setInt32(offset, int, true))
      expect(int32At(bytes, offset)).toBe(int | 0)
      const own = new Uint8Array(16).fill(0xa5)
      setInt32(own, offset, int)
      expect(own).toEqual(bytes)
    }
    for (const long of LONGS) {
      const bytes = written((view) => view.setBigInt64(offset, long, true))
      expect(longAt(bytes, offset)).toBe(long)
      const own = new Uint8Array(16).fill(0xa5)
      setLong(own, offset, long)
      expect(own).toEqual(bytes)
      setLong(own, offset, BigInt.asUintN(64, long))
      expect(own).toEqual(bytes)
    }
  })

  it('are read through a view of larger memory', () => {
    const bytes = Uint8Array.of(9, 9, 9, 1, 0, 0, 0, 0, 0, 0, 0x80, 9).subarray(3, 11)
    expect([int32At(bytes, 0), int32At(bytes, 4), longAt(bytes, 0)]).toEqual([1, -0x8000_0000, -(1n << 63n) + 1n])
  })
})
