import { describe, expect, it } from 'vitest'
import { isDisposable, markDisposable } from '../../../src/bytes/disposable.js'
import { dispose } from '../../../src/bytes/dispose.node.js'

const LONG = 32_768

describe('disposing of memory', () => {
  it('empties what is marked, and everything else that lies in it', () => {
    const bytes = new Uint8Array(new ArrayBuffer(LONG + 32), 16, LONG)
    const other = new Uint8Array(bytes.buffer, 0, 8)
    expect(isDisposable(bytes)).toBe(false)
    markDisposable(bytes)
    expect(isDisposable(bytes)).toBe(true)
    dispose(bytes)
    expect([bytes.length, other.length, bytes.buffer.byteLength]).toEqual([0, 0, 0])
    expect(isDisposable(bytes)).toBe(false)
    dispose(bytes)
  })

  it('leaves alone what is not marked, or not long', () => {
    const kept = new Uint8Array(LONG)
    dispose(kept)
    const short = new Uint8Array(LONG - 1)
    markDisposable(short)
    expect(isDisposable(short)).toBe(false)
    dispose(short)
    expect([kept.length, short.length]).toEqual([LONG, LONG - 1])
  })

  it('gives megabytes back without the garbage collector', () => {
    const before = process.memoryUsage().arrayBuffers
    for (let i = 0; i < 64; i++) {
      const bytes = new Uint8Array(8 << 20)
      markDisposable(bytes)
      dispose(bytes)
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(9 << 20)
  })

  it('keeps no handle open', async () => {
    await expect.poll(() => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort')).toEqual([])
  })
})
