import { describe, expect, it } from 'vitest'
import { concat } from '../../../src/bytes/bytes.js'
import { toHex } from '../../../src/bytes/hex.js'
import { gzip } from '../../../src/crypto/gzip.node.js'
import { TlDecodeError } from '../../../src/errors/codec.js'
import { RemoteError } from '../../../src/errors/errors.js'
import { ID_GZIP_PACKED } from '../../../src/mtproto/constructors.js'
import { MAX_UNPACKED_BYTES } from '../../../src/mtproto/limits.js'
import { gzipPacked, pack, unpack } from '../../../src/mtproto/packed.js'
import { costOf } from '../../support/cost.js'

function refusalOf(action: () => unknown): unknown {
  try {
    action()
  } catch (error) {
    return error
  }
  throw new Error('it was accepted')
}

const object = new Uint8Array(4_000).fill(7)

describe('gzip_packed#3072cfa1 packed_data:string = Object;', () => {
  it('is undone, and made only where it saves bytes', () => {
    expect(Buffer.compare(unpack(pack(object)), object)).toBe(0)
    expect(pack(object).length).toBeLessThan(100)
    const short = Uint8Array.of(1, 2, 3, 4)
    expect(pack(short)).toBe(short)
  })

  it('inside another one is refused at gzip_packed', () => {
    const error = refusalOf(() => unpack(gzipPacked(gzip(gzipPacked(gzip(object)))))) as RemoteError
    expect(error).toBeInstanceOf(RemoteError)
    expect(error.failure).toBe('decode')
    expect(error.message).toContain('a gzip_packed holds another one')
    expect(error).toMatchObject({ path: 'gzip_packed', constructorId: ID_GZIP_PACKED })
  })

  it('of 1 MB that unfolds to 1 GB is refused at 16 MB, at once and in little memory', () => {
    const member = gzip(new Uint8Array(64 * 2 ** 20))
    const bomb = gzipPacked(concat(...Array.from({ length: 16 }, () => member)))
    expect(bomb.length).toBeLessThan(1.1 * 2 ** 20)
    const beforeBytes = process.memoryUsage().rss
    let error!: RemoteError
    expect(costOf(() => (error = refusalOf(() => unpack(bomb)) as RemoteError), 2_000)).toBeLessThan(2_000)
    expect(process.memoryUsage().rss - beforeBytes).toBeLessThan(4 * MAX_UNPACKED_BYTES)
    expect(error).toBeInstanceOf(RemoteError)
    expect(error.message).toContain(`compressed data unfolds to more than ${MAX_UNPACKED_BYTES} bytes`)
    expect(error).toMatchObject({ failure: 'decode', expected: 'at most 16777216 bytes' })
  })

  it('that is damaged or cut off is refused, and the next one is undone', () => {
    const whole = gzipPacked(gzip(object))
    for (let length = 4; length < whole.length; length++) {
      const error = refusalOf(() => unpack(whole.subarray(0, length)))
      const typed = error instanceof TlDecodeError || error instanceof RemoteError
      expect(typed, `${length} of ${toHex(whole)}`).toBe(true)
    }
    expect(Buffer.compare(unpack(whole), object)).toBe(0)
  })
})
