import type { Instant } from './clock.js'
import type { Platform } from './platform.js'

const MAX_CHUNK = 65_536 // the most that one call of crypto.getRandomValues fills (Web Cryptography API, 10.1.1)

/** Requests up to this length are served from a pool: a call of the platform costs as much for 8 bytes as for 1 kB. */
const POOLED_BYTES = 256
const POOL_BYTES = 4096
const pool = /* @__PURE__ */ new Uint8Array(POOL_BYTES)
let poolUsed = POOL_BYTES

/**
 * A platform counts whole milliseconds and calls up to one too early: who then compares clocks would wait for ever. Who
 * is called earlier than that has timers that somebody else moves, as tests do.
 */
const EARLY_MS = 1

/** Platforms count timers in 32 bits, and call at once what is further away than this: about 24 days. */
const MAX_DELAY_MS = 0x7fff_ffff

/** Every byte is handed out once and then forgotten. */
function fromPool(target: Uint8Array): Uint8Array {
  if (poolUsed + target.length > POOL_BYTES) {
    globalThis.crypto.getRandomValues(pool)
    poolUsed = 0
  }
  const taken = pool.subarray(poolUsed, poolUsed + target.length)
  poolUsed += target.length
  target.set(taken)
  taken.fill(0)
  return target
}

/** The real clocks, timers and cryptographic randomness of Node and of browsers. */
export const systemPlatform: Platform = {
  clock: {
    now(): Instant {
      return { wallMs: Date.now(), monotonicMs: performance.now() }
    },
  },
  timers: {
    set(delayMs: number, callback: () => void): () => void {
      const dueMs = performance.now() + delayMs
      const fire = (): void => {
        const leftMs = dueMs - performance.now()
        if (leftMs > 0 && (leftMs <= EARLY_MS || delayMs > MAX_DELAY_MS)) timer = start(leftMs)
        else callback()
      }
      const start = (ms: number): ReturnType<typeof setTimeout> => setTimeout(fire, Math.min(ms, MAX_DELAY_MS))
      let timer = start(delayMs)
      return () => clearTimeout(timer)
    },
  },
  random: {
    fill(target: Uint8Array): Uint8Array {
      if (target.length <= POOLED_BYTES) return fromPool(target)
      for (let i = 0; i < target.length; i += MAX_CHUNK) {
        globalThis.crypto.getRandomValues(target.subarray(i, i + MAX_CHUNK) as Uint8Array<ArrayBuffer>)
      }
      return target
    },
  },
}
