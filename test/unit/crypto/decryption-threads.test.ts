import { afterEach, describe, expect, it } from 'vitest'
import type { CipherKeys } from '../../../src/crypto/auth-key.js'
import { igeScript } from '../../../src/crypto/ige-script.js'
import { DecryptionThreads } from '../../../src/crypto/threads/decryption-threads.node.js'
import { randomBytes } from '../../../src/platform/random.js'
import { systemPlatform } from '../../../src/platform/system.js'

const LONGEST = 1_048_576
const LARGE = 524_288

const bytes = (length: number): Uint8Array => randomBytes(systemPlatform.random, length)
const keys = (): CipherKeys => ({ key: bytes(32), iv: bytes(32) })

describe('threads that decrypt', () => {
  const threads = new DecryptionThreads(LONGEST, 2)
  afterEach(() => threads.close())

  it('give what the cipher gives, several at once, again after they were ended', async () => {
    for (let round = 0; round < 2; round++) {
      const jobs = [16, 200_000, LARGE, LONGEST, 4096, LARGE + 16].map((length) => {
        const data = bytes(length)
        const used = keys()
        return { data, used, expected: igeScript('decrypt', data, used.key, used.iv) }
      })
      const done = await Promise.all(jobs.map(({ data, used }) => threads.decrypt(data, used)))
      expect(done).toEqual(jobs.map(() => true))
      for (const { data, expected } of jobs) expect(Buffer.compare(data, expected)).toBe(0)
      await threads.close()
    }
  })

  it('leave the data as it was when they are ended in the middle', async () => {
    const data = Array.from({ length: 4 }, () => bytes(LONGEST))
    const before = data.map((piece) => piece.slice())
    const done = Promise.all(data.map((piece) => threads.decrypt(piece, keys())))
    await new Promise((resolve) => setImmediate(resolve))
    await threads.close()
    expect(await done).toEqual([false, false, false, false])
    data.forEach((piece, i) => expect(Buffer.compare(piece, before[i]!)).toBe(0))
  })

  it('are wanted for large data, once there was enough of it', () => {
    const fresh = new DecryptionThreads(LONGEST, 2)
    expect(fresh.wants(LARGE)).toBe(false)
    for (let i = 0; i < 8; i++) fresh.wants(LARGE)
    expect(fresh.wants(LARGE)).toBe(true)
    expect(fresh.wants(4096)).toBe(false)
    expect(fresh.wants(LONGEST + 16)).toBe(false)
    const none = new DecryptionThreads(LONGEST, 0)
    for (let i = 0; i < 20; i++) expect(none.wants(LARGE)).toBe(false)
  })
  it('are not asked for any more where none can be had', async () => {
    const impossible = new DecryptionThreads(Number.MAX_SAFE_INTEGER, 2) // there is no such memory
    for (let i = 0; i < 9; i++) impossible.wants(LARGE)
    expect(impossible.wants(LARGE)).toBe(true)
    expect(await impossible.decrypt(bytes(LARGE), keys())).toBe(false)
    expect(impossible.wants(LARGE)).toBe(false)
  })
})
