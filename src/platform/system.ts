import type { Instant } from './clock.js'
import type { Platform } from './platform.js'

const MAX_CHUNK = 65_536 // the most that one call of crypto.getRandomValues fills (Web Cryptography API, 10.1.1)

/** The real clocks, timers and cryptographic randomness of Node and of browsers. */
export const systemPlatform: Platform = {
  clock: {
    now(): Instant {
      return { wallMs: Date.now(), monotonicMs: performance.now() }
    },
  },
  timers: {
    set(delayMs: number, callback: () => void): () => void {
      const timer = setTimeout(callback, delayMs)
      return () => clearTimeout(timer)
    },
  },
  random: {
    fill(target: Uint8Array): Uint8Array {
      for (let i = 0; i < target.length; i += MAX_CHUNK) {
        globalThis.crypto.getRandomValues(target.subarray(i, i + MAX_CHUNK) as Uint8Array<ArrayBuffer>)
      }
      return target
    },
  },
}
