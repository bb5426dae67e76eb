import { bigIntFromBytesBE } from '../bytes/bigint.js'
import { fromHex } from '../bytes/hex.js'

/**
 * The 2048-bit safe prime that Telegram's servers use for key exchanges and passwords. It was shown to be one by the
 * tests of this package, so that it need not be tested at run time; the generators 3, 4 and 7 fit it.
 */
export const KNOWN_PRIME: bigint = bigIntFromBytesBE(
  fromHex(`
    c71caeb9c6b1c904 8e6c522f70f13f73 980d40238e3e21c1 4934d037563d930f 48198a0aa7c14058 229493d22530f4db
    fa336f6e0ac92513 9543aed44cce7c37 20fd51f69458705a c68cd4fe6b6b13ab dc97465129693284 54f18faf8c595f64
    2477fe96bb2a941d 5bcd1d4ac8cc4988 0708fa9b378e3c4f 3a9060bee67cf9a4 a4a6958110519 07e162753b56b0f6b41
    0dba74d8a84b2a14 b3144e0ef1284754 fd17ed950d5965b4 b9dd46582db1178d 169c6bc465b0d6ff 9ca3928fef5b9ae4
    e418fc15e83ebea0 f87fa9ff5eed7005 0ded2849f47bf959 d956850ce929851f 0d8115f635b105ee 2e4e15d04b2454bf
    6f4fadf034b10403 119cd8e3b92fcc5b
  `),
)
