import { bigIntFromBytesBE, bigIntToBytesBE } from '../../bytes/bigint.js'
import { reversed } from '../../bytes/bytes.js'
import { modPow } from '../../crypto/mod-pow.js'
import { randomBytes, type Random } from '../../platform/random.js'

const P = 2n ** 255n - 19n
const A = 486_662n // y^2 = x^3 + A x^2 + x (RFC 7748, 4.1)
const LENGTH = 32

/**
 * 32 bytes that cannot be told from an X25519 public key: the coordinate of a random point of the curve's large
 * subgroup, where all public keys are. Nobody knows, or needs, the key that belongs to it; but half of all random bytes
 * would be on no point, which somebody on the path could see.
 */
export function randomCurvePoint(random: Random): Uint8Array {
  for (;;) {
    const bytes = randomBytes(random, LENGTH)
    bytes[LENGTH - 1]! &= 0x7f
    let x = bigIntFromBytesBE(reversed(bytes)) % P
    if (!isOnCurve(x)) continue
    // The subgroup has index 8: three doublings of any point lead into it.
    for (let i = 0; i < 3; i++) x = doubled(x)
    if (x !== 0n) return reversed(bigIntToBytesBE(x, LENGTH))
  }
}

/** Whether x^3 + A x^2 + x is a square, by Euler's criterion. */
function isOnCurve(x: bigint): boolean {
  return modPow(((x * x + A * x + 1n) % P) * x, (P - 1n) / 2n, P) === 1n
}

/** (x^2 - 1)^2 / 4 (x^3 + A x^2 + x): the coordinate of the point added to itself. */
function doubled(x: bigint): bigint {
  const numerator = (x * x - 1n) ** 2n
  const denominator = 4n * x * (x * x + A * x + 1n)
  return (numerator * modPow(denominator, P - 2n, P)) % P
}
