import { randomBytes, type Random } from '../../src/platform/random.js'
import { seededRandom } from '../../src/platform/manual.js'

/** Dice for a fuzz run: everything follows from the seed. */
export class FuzzDice {
  readonly random: Random

  constructor(seed: number) {
    this.random = seededRandom(seed)
  }

  /** 0 up to but without `bound`. */
  below(bound: number): number {
    return new DataView(randomBytes(this.random, 4).buffer).getUint32(0) % bound
  }

  bytes(length: number): Uint8Array {
    return randomBytes(this.random, length)
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!
  }

  long(): bigint {
    return new DataView(this.bytes(8).buffer).getBigInt64(0)
  }
}

const EDGES = [
  0,
  1,
  3,
  4,
  0x7fff_ffff,
  0x8000_0000,
  0xffff_ffff,
  0x1cb5c415,
  0x73f1f8dc,
  0x3072cfa1,
  0xf35c6d01,
  0xfe,
  0xff,
]

/** A damaged copy: flipped bits, edge values for whole words, cuts, repeats, foreign bytes. */
export function mutate(bytes: Uint8Array, dice: FuzzDice): Uint8Array {
  let copy: Uint8Array = new Uint8Array(bytes)
  for (let rounds = 1 + dice.below(3); rounds > 0; rounds--) {
    if (copy.length === 0) return dice.bytes(dice.below(64))
    const at = dice.below(copy.length)
    switch (dice.below(6)) {
      case 0:
        copy[at]! ^= 1 << dice.below(8)
        break
      case 1:
        if (copy.length >= 4) {
          new DataView(copy.buffer).setUint32(Math.min(at & ~3, copy.length - 4), dice.pick(EDGES), true)
        }
        break
      case 2:
        copy = copy.slice(0, at)
        break
      case 3: {
        const longer = new Uint8Array(copy.length + (dice.below(16) + 1) * 4)
        longer.set(copy)
        longer.set(dice.bytes(longer.length - copy.length), copy.length)
        copy = longer
        break
      }
      case 4:
        copy.copyWithin(at, dice.below(copy.length))
        break
      case 5:
        copy.set(dice.bytes(Math.min(8, copy.length - at)), at)
    }
  }
  return copy
}
