/** Browsers have no native modular power: `undefined` says so, and BigInt does the work. */
export function nativeModPow(_base: bigint, _exponent: bigint, _modulus: bigint): bigint | undefined {
  return undefined
}
