import { TransportError } from '../../errors/errors.js'
import type { Platform } from '../../platform/platform.js'

/** Runs one step of a machine; `false` when it threw, after `broken` has been told. */
export function guarded(step: () => void, broken: (error: TransportError) => void): boolean {
  try {
    step()
    return true
  } catch (error) {
    if (!(error instanceof TransportError)) throw error
    broken(error)
    return false
  }
}

export function unixSeconds(platform: Platform): number {
  return Math.floor(platform.clock.now().wallMs / 1000)
}
