import type { Link } from '../../src/net/link.js'
import type { Dice } from './dice.js'
import type { WriteFaults } from './fault-plan.js'
import type { Ledger } from './ledger.js'

export interface Weather {
  /** Faults happen at present. */
  readonly stormy: boolean
}

export interface FaultyHost {
  readonly direction: 'up' | 'down'
  /** The connection ends after so many bytes, if the weather is still stormy then; so much later that some of them may be lost. */
  readonly stop: { readonly how: 'reset' | 'dark'; readonly afterBytes: number; readonly delayMs: number } | undefined
  goDark(): void
  /** Breaks the connection, soon. */
  reset(): void
  /** A whole write is lost or late, and the connection goes on, as no TCP connection would. */
  outOfStep(): void
  /** A write travels twice. */
  duplicated(): void
  later(delayMs: number, action: () => void): void
}

/** A write that was overtaken follows by itself after this time. */
const HELD_MS = 1_000

/** A link that loses, repeats, reorders, cuts and damages single writes. Each write of either side is one frame. */
export function faultyLink(link: Link, faults: WriteFaults, weather: Weather, dice: Dice, ledger: Ledger, host: FaultyHost): Link {
  const { counts } = ledger
  const { direction } = host
  let held: Uint8Array | undefined
  const pass = (bytes: Uint8Array): boolean => {
    const going = link.send(bytes)
    if (held === undefined) return going
    const late = held
    held = undefined
    return link.send(late)
  }
  const { stop } = host
  let sent = 0
  return {
    close: () => link.close(),
    send(bytes) {
      if (!weather.stormy) return pass(bytes)
      sent += bytes.length
      if (stop && sent > stop.afterBytes && sent - bytes.length <= stop.afterBytes) {
        if (stop.how === 'reset') counts.resets++
        else counts.blackHoles++
        ledger.note(`the connection ends: ${stop.how} after ${stop.afterBytes} bytes`)
        host.later(stop.delayMs, () => (stop.how === 'reset' ? host.reset() : host.goDark()))
        return pass(bytes.subarray(0, bytes.length - (sent - stop.afterBytes)))
      }
      if (dice.chance(faults.drop)) {
        counts.dropped++
        ledger.note(`dropped: a write of ${bytes.length} bytes ${direction}`)
        host.outOfStep()
        return true
      }
      if (dice.chance(faults.reset)) {
        counts.resets++
        ledger.note(`resets: a write of ${bytes.length} bytes ${direction}`)
        host.reset()
        return true
      }
      if (held === undefined && dice.chance(faults.swap)) {
        counts.swapped++
        ledger.note(`swapped: a write of ${bytes.length} bytes ${direction}`)
        host.outOfStep()
        const late = (held = bytes.slice())
        host.later(HELD_MS, () => {
          if (held === late) pass(new Uint8Array(0))
        })
        return true
      }
      if (dice.chance(faults.truncate)) {
        counts.truncated++
        ledger.note(`truncated: a write of ${bytes.length} bytes ${direction}`)
        return pass(bytes.subarray(0, dice.between(0, bytes.length - 1)))
      }
      if (dice.chance(faults.flip)) {
        counts.flipped++
        ledger.note(`flipped: a write of ${bytes.length} bytes ${direction}`)
        const damaged = bytes.slice()
        damaged[dice.between(0, bytes.length - 1)]! ^= 1 << dice.between(0, 7)
        return pass(damaged)
      }
      if (dice.chance(faults.duplicate)) {
        counts.duplicated++
        ledger.note(`duplicated: a write of ${bytes.length} bytes ${direction}`)
        host.duplicated()
        pass(bytes)
      }
      return pass(bytes)
    },
  }
}
